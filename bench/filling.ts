/** Fills the forge with what is measured on, and makes the same repositories for those it is held against. */
import { join } from "node:path";
import { startForge, wit } from "../tools/testing/forge-process.ts";
import type { History } from "./histories.ts";
import { git } from "./programs.ts";
import { quiet } from "./processes.ts";

export const owner = "bench";

/** Room for any load: what is measured is the work, not the refusal of it. */
export const limits = { WIT_REQUESTS_PER_HOUR: "100000000", WIT_ANONYMOUS_REQUESTS_PER_HOUR: "100000000" };

/** How long the forge took to take a whole repository, in ms. */
export interface Taken {
  readonly name: string;
  readonly wit: number;
}

/**
 * Pushes everything to a forge on that data folder, waits until it has done all it does after a push, and ends it: a server
 * that has just been filled has caches that nobody warmed on purpose.
 */
export async function fill(options: {
  readonly dataDir: string;
  /** Where the bare repositories are. */
  readonly repositories: string;
  readonly histories: readonly History[];
  /** Opened in the large repository. */
  readonly issues: number;
  /** Gets what ends the forge, in case that the run is broken off. */
  readonly opened: (() => Promise<unknown>)[];
}): Promise<{ token: string; taken: Taken[] }> {
  const { dataDir, repositories, histories } = options;
  const forge = await startForge({ dataDir, variables: limits });
  options.opened.push(() => forge.stop());
  try {
    const token = await makeOwner(dataDir);
    const taken: Taken[] = [];
    for (const { name } of histories) {
      await call(forge.url, token, "/user/repos", { name });
      const from = join(repositories, `${name}.git`);
      const wit = await mirror(from, `${authorized(forge.url, token)}/${owner}/${name}.git`);
      taken.push({ name, wit });
      process.stderr.write(`  ${name}: pushed in ${Math.round(wit)} ms\n`);
    }
    for (let n = 0; n < options.issues; n += 1)
      await call(forge.url, token, `/repos/${owner}/large/issues`, {
        title: `Something to do about part ${n}`,
        body: `It happens in \`${n}\`, **always**.`,
      });
    const took = await quiet(forge.pid);
    process.stderr.write(`  quiet after ${Math.round(took)} ms\n`);
    return { token, taken };
  } finally {
    await forge.stop();
  }
}

/** The forge's address with the token in it. */
export const authorized = (url: string, token: string) => url.replace("://", `://${owner}:${token}@`);

async function mirror(from: string, to: string): Promise<number> {
  const began = performance.now();
  await git("-C", from, "push", "-q", "--mirror", to);
  return performance.now() - began;
}

async function makeOwner(dataDir: string): Promise<string> {
  const who = ["--username", owner, "--email", `${owner}@example.test`, "--password", "only for measuring"];
  await wit(dataDir, "admin", "user", "create", ...who, "--admin");
  const scopes = "repo:read,repo:write,user:read";
  return wit(dataDir, "admin", "token", "create", "--user", owner, "--scopes", scopes);
}

async function call(url: string, token: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${url}/api/v3${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201)
    throw new Error(`POST ${path} answered ${answer.status}: ${await answer.text()}`);
  await answer.arrayBuffer();
}
