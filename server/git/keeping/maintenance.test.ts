import { existsSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readCommit } from "../commits.ts";
import { maintain } from "./maintenance.ts";
import { readObject } from "../objects.ts";
import { gitText } from "../process.ts";
import { readRef, updateRefs } from "../refs.ts";
import { ann, TestRepository } from "../test-repository.ts";
import { commitChanges } from "../write.ts";

let repo: TestRepository;
beforeEach(() => {
  repo = new TestRepository();
});
afterEach(() => repo.remove());

const packs = async () =>
  (await readdir(path.join(repo.dir, "objects", "pack"))).filter((name) => name.endsWith(".pack")).length;

/** A commit on main, written as the product writes one. */
async function step(base: string | null, n: number): Promise<string> {
  const { commit } = await commitChanges(repo, {
    base,
    changes: [{ kind: "put", path: `files/${n}.txt`, content: { bytes: Buffer.from(`${n}\n`) } }],
    message: `Step ${n}`,
    author: ann,
    committer: ann,
  });
  const writer = { identity: ann, reason: "test" };
  await updateRefs(repo, [{ ref: "refs/heads/main", old: base, new: commit }], writer);
  return commit;
}

async function history(steps: number): Promise<string> {
  let head: string | null = null;
  for (let n = 0; n < steps; n += 1) head = await step(head, n);
  return head ?? "";
}

/** Every loose object in a pack of its own, as many small pushes leave them. */
async function scatter(): Promise<void> {
  const objects = await gitText(repo.dir, ["rev-list", "--objects", "--all"]);
  for (const line of objects.trim().split("\n").slice(0, 12))
    await gitText(repo.dir, ["pack-objects", "--quiet", path.join(repo.dir, "objects/pack/pack")], {
      input: `${line.split(" ")[0]}\n`,
    });
}

test("many packs become few, and every object is still there, also those that nothing reaches", async () => {
  const head = await history(6);
  const { commit: unreached } = await commitChanges(repo, {
    base: head,
    changes: [{ kind: "put", path: "lost.txt", content: { bytes: Buffer.from("lost") } }],
    message: "Nobody points here",
    author: ann,
    committer: ann,
  });
  await scatter();
  expect(await packs()).toBe(12);
  await maintain(repo);
  expect(await packs()).toBeLessThanOrEqual(2);
  expect(existsSync(path.join(repo.dir, "objects/pack/multi-pack-index"))).toBe(true);
  expect((await readCommit(repo, unreached))?.subject).toBe("Nobody points here");
  expect((await readRef(repo, "refs/heads/main"))?.oid).toBe(head);
  expect(await gitText(repo.dir, ["fsck", "--full", "--strict", "--no-dangling"])).toBe("");
});

test("one large pack, as a first push leaves it, gets a bitmap, and is left alone from then on", async () => {
  const { commit } = await commitChanges(repo, {
    base: null,
    changes: [{ kind: "put", path: "large.bin", content: { bytes: randomBytes(600_000) } }],
    message: "Much at once",
    author: ann,
    committer: ann,
  });
  await updateRefs(repo, [{ ref: "refs/heads/main", old: null, new: commit }], {
    identity: ann,
    reason: "test",
  });
  await gitText(repo.dir, ["repack", "-adq", "--no-write-bitmap-index"]);
  const bitmaps = async () =>
    (await readdir(path.join(repo.dir, "objects", "pack"))).filter((name) => name.endsWith(".bitmap"));
  expect(await bitmaps()).toEqual([]);
  await maintain(repo);
  const [made] = await bitmaps();
  expect(made).toBeDefined();
  const file = path.join(repo.dir, "objects", "pack", made ?? "");
  const before = (await stat(file)).ino;
  await maintain(repo);
  expect([await bitmaps(), (await stat(file)).ino]).toEqual([[made], before]);
});

test("the commit-graph knows changed paths, and the next one adds to it", async () => {
  const head = await history(3);
  await maintain(repo);
  await step(head, 3);
  await maintain(repo);
  const chain = await readdir(path.join(repo.dir, "objects/info/commit-graphs"));
  expect(chain).toContain("commit-graph-chain");
  expect(await gitText(repo.dir, ["commit-graph", "verify"])).toBe("");
});

test("a repository without a commit is left alone", async () => {
  await maintain(repo);
  expect(existsSync(path.join(repo.dir, "objects/info/commit-graphs"))).toBe(false);
});

test("commits written while packs are rewritten are all kept, and readers never miss an object", async () => {
  let head = await history(6);
  const first = head;
  for (let round = 0; round < 3; round += 1) {
    await scatter();
    const working = maintain(repo);
    for (let n = 0; n < 5; n += 1) {
      head = await step(head, 100 * round + n + 10);
      expect(await readObject(repo, first)).not.toBeNull();
    }
    await working;
  }
  expect(await gitText(repo.dir, ["rev-list", "--count", head])).toBe("21\n");
  expect(await gitText(repo.dir, ["fsck", "--full", "--no-dangling"])).toBe("");
});
