/** How long it takes after a push to the base until every open pull request knows whether it can still be merged. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { connect } from "../server/kernel/db/client.ts";
import { wit } from "../tools/testing/forge-process.ts";
import { owner } from "./filling.ts";
import { quiet } from "./processes.ts";
import { git, gitEnvironment, median } from "./programs.ts";
import { attempt, type Benchmark, type Scene } from "./scene.ts";
import { line, wanted } from "./table.ts";

const pulls = 200;
const seconds = 5;

export const measurePullSweep: Benchmark = async function* (scene) {
  const name = `mergeability of ${pulls} pull requests after a push to their base, by rebase too`;
  yield await attempt(scene, name, async () => {
    const folder = join(scene.folder, "sweep.git");
    await git("clone", "--quiet", "--bare", join(scene.repositories, "small.git"), folder);
    await feed(folder, branches());
    const to = `${scene.authorizedUrl}/${owner}/small.git`;
    await git("-C", folder, "push", "--quiet", to, "refs/heads/*:refs/heads/*");
    for (let n = 0; n < pulls; n += 1) await open(scene, n);
    await quiet(scene.forge.pid);
    await feed(folder, change("refs/heads/main", "Change the base", "sweep/shared.txt", "ours\n"));
    const base = await git("-C", folder, "rev-parse", "refs/heads/main");
    const url = await wit(scene.dataDir, "db", "url");
    const database = connect({ url, poolSize: 1, applicationName: "wit bench" });
    try {
      await git("-C", folder, "push", "--quiet", to, "refs/heads/main");
      const began = performance.now();
      const known = async () => {
        const [row] = await database.db.execute<{ known: number }>(
          sql`select count(*)::int as known from pull_requests where merge_checked_base_sha = ${base}
            and (not is_mergeable or rebase_verdict = 'clean')`,
        );
        return row?.known ?? 0;
      };
      while ((await known()) < pulls) {
        if (performance.now() - began > 60_000) throw new Error(`${await known()} are known after a minute`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const took = performance.now() - began;
      const floor = await median(3, () => mergeAll(folder, base));
      return line(name, "ms", took, [wanted(seconds * 1000), { of: "git merge-tree --stdin", value: floor }]);
    } finally {
      await database.close(500);
    }
  });
};

/** The language of git-fast-import(1). Every second branch rewrites the line that the base will rewrite; each has two commits. */
function branches(): string {
  const main = change("refs/heads/main", "Begin", "sweep/shared.txt", "start\n");
  const topics = Array.from({ length: pulls }, (_, n) => {
    const ref = `refs/heads/sweep-${n}`;
    const path = n % 2 === 0 ? `sweep/part-${n}.txt` : "sweep/shared.txt";
    return (
      change(ref, `Part ${n}`, path, `part ${n}\n`, "refs/heads/main") +
      change(ref, `More of ${n}`, `sweep/more-${n}.txt`, `more ${n}\n`, null)
    );
  });
  return [main, ...topics].join("");
}

/** @param from a branch that is there before the import; null goes on with what the import has made of `ref` */
function change(
  ref: string,
  message: string,
  path: string,
  content: string,
  from: string | null = ref,
): string {
  return [
    `commit ${ref}`,
    "committer Bench <bench@example.test> 1700000000 +0000",
    `data ${message.length}`,
    message,
    ...(from === null ? [] : [`from ${from}^0`]),
    `M 100644 inline ${path}`,
    `data ${content.length}`,
    content,
    "",
  ].join("\n");
}

const feed = (folder: string, stream: string): Promise<unknown> =>
  speak(folder, ["fast-import", "--quiet"], stream);

async function mergeAll(folder: string, base: string): Promise<void> {
  const heads = (
    await git("-C", folder, "for-each-ref", "--format=%(objectname)", "refs/heads/sweep-*")
  ).split("\n");
  const pairs = heads.map((head) => `${base} ${head}\n`).join("");
  await speak(folder, ["merge-tree", "--write-tree", "--stdin", "--no-messages"], pairs);
}

async function speak(folder: string, words: readonly string[], input: string): Promise<void> {
  const child = spawn("git", ["-C", folder, ...words], { env: gitEnvironment, stdio: "pipe" });
  child.stdout.resume();
  child.stdin.end(input);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`git ${words[0]} ended with ${code}: ${said.slice(0, 300)}`);
}

async function open(scene: Scene, n: number): Promise<void> {
  const { username, password } = new URL(scene.authorizedUrl);
  const answer = await fetch(`${scene.forge.url}/api/v3/repos/${owner}/small/pulls`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ title: `Part ${n}`, head: `sweep-${n}`, base: "main" }),
  });
  if (answer.status !== 201) throw new Error(`a pull request was refused: ${await answer.text()}`);
  await answer.arrayBuffer();
}
