/**
 * The forge on a throwaway data folder, with people, repositories, issues and pull requests in it.
 *
 *   npm run demo        PORT (3000) and SSH_PORT (2222) as for npm start
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configFromEnvironment } from "../../server/environment.ts";
import { createLog } from "../../server/kernel/log.ts";
import { prepareDatabase } from "../../server/prepare.ts";
import { serveForge } from "../../server/serve.ts";
import { people, type PersonName } from "../testing/people.ts";
import { buildDemo } from "./build.ts";

const dataDir = await mkdtemp(join(tmpdir(), "wit-demo-"));
const stops: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
let stopping: Promise<void> | undefined;

/** Stops once, and leaves nothing behind. */
function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    for (const one of stops.toReversed()) await one();
    process.exit(code);
  })();
  return stopping;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));

try {
  const began = performance.now();
  const environment = configFromEnvironment({
    ...process.env,
    WIT_DATA: dataDir,
    DATABASE_URL: "",
    WIT_SMTP_URL: "",
  });
  // Six people sign up from one address at once, with passwords that anybody may read.
  const config = { ...environment.config, limits: { ...environment.config.limits, signInTries: 1000 } };
  const log = createLog(process.env["WIT_LOG_LEVEL"] ?? "warn");
  const database = prepareDatabase({ config, databaseUrl: undefined, log });
  const forge = await serveForge({ config, database, secretKey: undefined, log });
  stops.push(() => forge.stop());
  await buildDemo(`http://127.0.0.1:${forge.port}`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${greeting(config.url)}\n\nMade in ${seconds} s. Everything is deleted when you stop it with Ctrl-C.\n`,
  );
} catch (error) {
  process.stderr.write(`The demo cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  await stop(1);
}

function greeting(url: string): string {
  const logins = (Object.keys(people) as PersonName[]).map(
    (name) => `  ${name.padEnd(8)} ${people[name].password.padEnd(28)} ${people[name].part}`,
  );
  return `wit is ready at ${url}\n\nLook at ${url}/alice/demo, or sign in as\n${logins.join("\n")}`;
}
