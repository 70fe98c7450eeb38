import { existsSync } from "node:fs";
import { readFile, rm, utimes, writeFile, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gitText } from "../process.ts";
import { readRefs } from "../ref-cache.ts";
import { readRef, updateRefs } from "../refs.ts";
import { ann, TestRepository } from "../test-repository.ts";
import { leftBehindAfterMs, removeLeftovers } from "./leftovers.ts";
import { packRefs } from "./loose-refs.ts";

let repo: TestRepository;
let [one, two]: [string, string] = ["", ""];
beforeEach(() => {
  repo = new TestRepository();
  one = repo.commit({ files: { a: "1" }, branch: "main" });
  two = repo.commit({ files: { a: "2" }, parents: [one], branch: "other" });
});
afterEach(() => repo.remove());

const writer = { identity: ann, reason: "test", atomic: false };
const move = (ref: string, old: string | null, next: string | null) =>
  updateRefs(repo, [{ ref: `refs/heads/${ref}`, old, new: next }], writer);
const names = (count: number) => Array.from({ length: count }, (_, n) => `many/${n % 7}/b${n}`);
const create = (count: number) =>
  updateRefs(
    repo,
    names(count).map((name) => ({ ref: `refs/heads/${name}`, old: null, new: one })),
    writer,
  );

test("few references are left as they are, and many are packed with none lost", async () => {
  await create(50);
  expect(await packRefs(repo, {})).toBe(false);
  await create(120);
  const before = new Map([...(await readRefs(repo)).refs].map(([name, { oid }]) => [name, oid]));
  expect(await packRefs(repo, {})).toBe(true);
  expect(new Map([...(await readRefs(repo)).refs].map(([name, { oid }]) => [name, oid]))).toEqual(before);
  expect(existsSync(path.join(repo.dir, "refs/heads/many"))).toBe(false);
});

test("while references are packed every write succeeds, and is seen by whoever reads after it", async () => {
  await create(200);
  const written = new AbortController();
  const packed = (async () => {
    while (!written.signal.aborted) await gitText(repo.dir, ["pack-refs", "--all", "--prune"]);
  })();
  const writeOn = async (branch: string) => {
    let at: string | null = null;
    for (const next of [one, two, one, two, null, one, two, null, two]) {
      const [result] = await move(branch, at, next);
      expect(result?.failure, `${branch} to ${next}`).toBeNull();
      at = next;
      expect((await readRef(repo, `refs/heads/${branch}`))?.oid ?? null).toBe(at);
    }
  };
  await Promise.all(["x", "y", "many/1/x", "many/8/y"].map(writeOn));
  written.abort();
  await packed;
  expect([...(await readRefs(repo)).refs.keys()].filter((name) => /\/b\d+$/.test(name))).toHaveLength(200);
});

test("what was left behind a day ago goes, and what may be in use stays", async () => {
  const objects = path.join(repo.dir, "objects");
  await mkdir(path.join(objects, "tmp_objdir-incoming-old", "pack"), { recursive: true });
  await mkdir(path.join(objects, "pack"), { recursive: true });
  const old = [
    "packed-refs.lock",
    "refs/heads/main.lock",
    "objects/pack/tmp_pack_AbCd",
    "objects/pack/.tmp-12-pack-1.idx",
    "objects/pack/multi-pack-index.lock",
    "objects/tmp_obj_x",
  ].map((name) => path.join(repo.dir, name));
  for (const file of old) await writeFile(file, "");
  const fresh = path.join(objects, "pack/tmp_pack_New");
  await writeFile(fresh, "");
  const then = new Date(Date.now() - leftBehindAfterMs - 1_000);
  for (const file of [...old, path.join(objects, "tmp_objdir-incoming-old")]) await utimes(file, then, then);
  expect(await removeLeftovers(repo)).toBe(old.length + 1);
  for (const file of old) expect(existsSync(file), file).toBe(false);
  expect(await readdir(objects)).not.toContain("tmp_objdir-incoming-old");
  expect(existsSync(fresh)).toBe(true);
  expect(await readFile(path.join(repo.dir, "HEAD"), "utf8")).toContain("refs/heads/");
  await rm(fresh);
});
