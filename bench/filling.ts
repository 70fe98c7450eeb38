/** Fills the forge with what is measured on, and makes the same repositories for those it is held against. */
import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { startForge, wit } from "../tools/testing/forge-process.ts";
import type { History } from "./histories.ts";
import { packet } from "./packets.ts";
import { git } from "./programs.ts";
import { quiet } from "./processes.ts";

export const owner = "bench";
export const password = "only for measuring";

/** Room for any load: what is measured is the work, not the refusal of it. */
export const limits = { WIT_REQUESTS_PER_HOUR: "100000000", WIT_ANONYMOUS_REQUESTS_PER_HOUR: "100000000" };

/** So many refs are pushed. */
const few = 100;

/**
 * Pushes everything to a forge on that data folder, waits until it has done all it does after a push, and ends it: a server
 * that has just been filled has caches that nobody warmed on purpose. Answers the owner's token.
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
}): Promise<string> {
  const { dataDir, repositories, histories } = options;
  const forge = await startForge({ dataDir, variables: limits });
  options.opened.push(() => forge.stop());
  let token: string;
  try {
    token = await makeOwner(dataDir);
    for (const { name } of histories) {
      await call(forge.url, token, "/user/repos", { name });
      const from = join(repositories, `${name}.git`);
      await push(from, `${forge.url}/${owner}/${name}.git`, token);
    }
    for (let n = 0; n < options.issues; n += 1)
      await call(forge.url, token, `/repos/${owner}/large/issues`, {
        title: `Something to do about part ${n}`,
        body: `It happens in \`${n}\`, **always**.`,
      });
    const took = await quiet(forge.pid);
    process.stderr.write(`  quiet after ${Math.round(took)} ms\n`);
  } finally {
    await forge.stop();
  }
  for (const { name } of histories)
    if (name === "wide") await addRefs(dataDir, join(repositories, `${name}.git`));
  return token;
}

/** The forge's address with the token in it. */
export const authorized = (url: string, token: string) => url.replace("://", `://${owner}:${token}@`);

/**
 * Pushes all objects of a repository that is one pack, and its refs when they are few (gitprotocol-pack(5)). Very many refs are
 * put beneath the forge afterwards: a push of them takes minutes, and `git push` alone looks for each of them among all others.
 */
async function push(from: string, to: string, token: string): Promise<void> {
  const all = (await git("-C", from, "for-each-ref", "--format=%(objectname) %(refname)")).split("\n");
  const refs = all.length > few ? all.filter((ref) => ref.endsWith(" refs/heads/main")) : all;
  const packs = (await readdir(join(from, "objects/pack"))).filter((name) => name.endsWith(".pack"));
  if (packs.length !== 1) throw new Error(`${from} has ${packs.length} packs`);
  await pushOnce(to, token, refs, await readFile(join(from, "objects/pack", packs[0] ?? "")));
}

/** Gives a repository of the forge, which does not run now, all refs of the one that it was pushed from. */
async function addRefs(dataDir: string, from: string): Promise<void> {
  const tip = await git("-C", from, "rev-parse", "refs/heads/main");
  const root = join(dataDir, "repositories");
  for (const path of await readdir(root, { recursive: true })) {
    if (!path.endsWith(".git")) continue;
    const head = await git("-C", join(root, path), "rev-parse", "refs/heads/main").catch(() => "");
    if (head !== tip) continue;
    await cp(join(from, "packed-refs"), join(root, path, "packed-refs"));
    return;
  }
  throw new Error(`the forge has no repository with the commit ${tip}`);
}

/** @param refs ids and names, all of them new. @throws Error with what the forge said when it did not take all */
async function pushOnce(to: string, token: string, refs: readonly string[], pack: Buffer): Promise<void> {
  const capabilities = "\0report-status object-format=sha1";
  const commands = refs.map((ref, index) =>
    packet(`${"0".repeat(40)} ${ref}${index === 0 ? capabilities : ""}\n`),
  );
  const answer = await fetch(`${to}/git-receive-pack`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${owner}:${token}`).toString("base64")}`,
      "content-type": "application/x-git-receive-pack-request",
    },
    body: Buffer.concat([Buffer.from(`${commands.join("")}0000`), pack]),
    signal: AbortSignal.timeout(300_000),
  });
  const told = await answer.text();
  if (!told.includes("unpack ok\n") || /^.{4}ng /m.test(told))
    throw new Error(`the forge took not all refs: ${answer.status} ${told.slice(0, 500)}`);
}

async function makeOwner(dataDir: string): Promise<string> {
  const who = ["--username", owner, "--email", `${owner}@example.test`, "--password", password];
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
