/**
 * Measures the forge beside its floors, on this machine, over loopback, one thing after the other. Prints a table and writes
 * it as JSON into bench/results/.
 *
 *   npm run bench [-- --seconds 3 --commits 10000]
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureGitClients } from "./git-clients.ts";
import { measureGitRequests } from "./git-requests.ts";
import { connections } from "./load.ts";
import { measureMemory } from "./memory.ts";
import { measurePages } from "./pages.ts";
import { git } from "./programs.ts";
import { setTheScene, type Scene } from "./scene.ts";
import { measureStarts } from "./starting.ts";
import { table, type Outcome } from "./table.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "3" },
    commits: { type: "string", default: "10000" },
  },
});
const seconds = Number(values.seconds);
const commits = Number(values.commits);
if (!(seconds > 0) || !Number.isInteger(commits) || commits < 2) {
  process.stderr.write("bench: --seconds is a number above 0, --commits a whole number above 1\n");
  process.exit(2);
}

/** After so long, counted from the filled forge on, no further line is begun. */
const longestRunMs = 240_000;

const began = new Date();
const loadBefore = loadavg()[0] ?? 0;
const folder = await mkdtemp(join(tmpdir(), "wit-bench-"));
const outcomes: Outcome[] = [];
let scene: Scene | undefined;
let ending: Promise<void> | undefined;

/** Leaves no process and no file behind, however the run ends. */
const end = () =>
  (ending ??= (async () => {
    await scene?.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  })());

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => void end().then(() => process.exit(1)));

async function take(lines: AsyncGenerator<Outcome>): Promise<void> {
  for await (const outcome of lines) {
    outcomes.push(outcome);
    process.stderr.write(`  ${outcome.name}${"why" in outcome ? `: ${outcome.why}` : ""}\n`);
  }
}

try {
  process.stderr.write(`Measuring for some minutes; ${connections} connections, ${seconds} s each.\n`);
  const dataDir = join(folder, "data");
  await mkdir(dataDir);
  await take(measureStarts(folder, dataDir, 3));
  scene = await setTheScene({
    folder,
    dataDir,
    seconds,
    until: performance.now() + longestRunMs,
    histories: [
      { name: "small", commits: 50, files: 40 },
      { name: "large", commits, files: 1200 },
    ],
    issues: 60,
  });
  if (typeof scene.rival === "string") process.stderr.write(`Without nginx and cgit: ${scene.rival}\n`);
  await take(measureMemory(scene, "idle"));
  await take(measureGitRequests(scene));
  await take(measureGitClients(scene));
  await take(measurePages(scene));
  await take(measureMemory(scene, "after load"));
  process.stdout.write(
    `\n${table(outcomes)}\n\nCost: what wit costs over what the other costs; below 1 wit is cheaper.\n`,
  );
  if (loadBefore > cpus().length / 2)
    process.stdout.write(
      `The machine was busy with other work (load ${loadBefore.toFixed(1)}): compare with nothing.\n`,
    );
  process.stdout.write(`Written to ${await keep()}\n`);
} finally {
  await end();
}

/** Writes the results with what they depend on. Answers the file. */
async function keep(): Promise<string> {
  const results = fileURLToPath(new URL("./results/", import.meta.url));
  await mkdir(results, { recursive: true });
  const commit = await git("-C", results, "rev-parse", "--short", "HEAD").catch(() => "unknown");
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    loadBefore,
    node: process.version,
    git: await git("--version"),
  };
  const file = join(results, `${began.toISOString().slice(0, 16).replace(":", "")}-${commit}.json`);
  const run = { began, seconds, commits, connections, commit, machine, outcomes };
  await writeFile(file, `${JSON.stringify(run, undefined, 2)}\n`);
  return file;
}
