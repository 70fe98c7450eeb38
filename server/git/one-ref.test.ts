import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { link, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Repository } from "./object-ids.ts";
import { openScratch, type Scratch } from "./protocol/testing.ts";
import { updateRefs } from "./ref-updates.ts";

const ref = "refs/heads/main";
let scratch: Scratch;
let repository: Repository;
let commits: string[];

beforeEach(async () => {
  scratch = await openScratch();
  repository = await scratch.repository();
  const tree = await git("mktree");
  commits = [];
  for (let n = 0; n < 60; n += 1) {
    const parent = commits.at(-1);
    commits.push(await git("commit-tree", tree, ...(parent ? ["-p", parent] : []), "-m", `commit ${n}`));
  }
  await git("update-ref", "--create-reflog", ref, at(0));
});
afterEach(() => scratch.remove());

const git = (...args: string[]) => scratch.git(repository.dir, args);
const at = (index: number) => commits[index] ?? "";
const move = (old: string, end: string, name = ref) =>
  updateRefs(repository, [{ ref: name, old, new: end, isWalked: true }], {
    identity: { name: "Alice <x>", email: "alice@example.com" },
    reason: "push\nof one",
  });
const locks = async () =>
  (await readdir(repository.dir, { recursive: true })).filter((name) => name.endsWith(".lock"));
const notes = () => readdir(path.join(repository.dir, "wit-moves")).catch(() => []);

test("git finds the branch where it was moved, and the log as it would have written it", async () => {
  expect(await move(at(0), at(1))).toEqual([{ ref, failure: null }]);
  expect(await git("rev-parse", ref)).toBe(at(1));
  const lines = await git("log", "-g", "--format=%H %gn %ge %gs", ref);
  expect(lines.split("\n")[0]).toBe(`${at(1)} Alice x alice@example.com push of one`);
  expect((await git("log", "-g", "--format=%H", "HEAD")).split("\n")[0]).toBe(at(1));
  expect(await readFile(path.join(repository.dir, "logs", ref), "utf8")).toMatch(
    new RegExp(`^${at(0)} ${at(1)} Alice x <alice@example.com> \\d{10} \\+0000\tpush of one\n$`, "m"),
  );
  await git("fsck", "--strict");
  expect([...(await locks()), ...(await notes())]).toEqual([]);
});

test("a branch that is only packed is moved too", async () => {
  await git("pack-refs", "--all", "--prune");
  expect(await move(at(0), at(1))).toEqual([{ ref, failure: null }]);
  expect(await git("rev-parse", ref)).toBe(at(1));
  await git("update-ref", "refs/heads/deep/er", at(0));
  await git("pack-refs", "--all", "--prune");
  expect(await move(at(0), at(1), "refs/heads/deep/er")).toEqual([
    { ref: "refs/heads/deep/er", failure: null },
  ]);
  expect(await git("rev-parse", "refs/heads/deep/er")).toBe(at(1));
});

test("a branch that is elsewhere stays there, and a link to another one is git's", async () => {
  const [result] = await move(at(5), at(6));
  expect(result?.failure?.kind).toBe("stale");
  expect(await git("rev-parse", ref)).toBe(at(0));
  await git("symbolic-ref", "refs/heads/alias", ref);
  expect(await move(at(0), at(1), "refs/heads/alias")).toEqual([{ ref: "refs/heads/alias", failure: null }]);
  expect(await git("rev-parse", ref)).toBe(at(1));
  expect([...(await locks()), ...(await notes())]).toEqual([]);
});

test("of many who move a branch from one place at once, among them git, one wins", async () => {
  for (let round = 0; round < 5; round += 1) {
    const from = await git("rev-parse", ref);
    const ends = commits.slice(1, 26).map((_, index) => commits[(index + 1 + round * 3) % 60] ?? "");
    const wanted = [...new Set(ends.filter((end) => end !== from))];
    const [mine, theirs] = await Promise.all([
      Promise.all(wanted.map((end) => move(from, end))),
      Promise.all(
        wanted.slice(0, 5).map((end) => scratch.tryGit(repository.dir, ["update-ref", ref, end, from])),
      ),
    ]);
    const won = mine.flatMap(([result], index) => (result?.failure === null ? [wanted[index]] : []));
    const gits = theirs.flatMap(({ code }, index) => (code === 0 ? [wanted[index]] : []));
    const now = await git("rev-parse", ref);
    expect([...won, ...gits]).toEqual([now]);
  }
  expect([...(await locks()), ...(await notes())]).toEqual([]);
});

test("moves go on while references are packed", async () => {
  const packing = new AbortController();
  const packed = (async () => {
    while (!packing.signal.aborted) await scratch.tryGit(repository.dir, ["pack-refs", "--all", "--prune"]);
  })();
  for (let index = 1; index < 40; index += 1) {
    const results = await move(at(index - 1), at(index));
    expect(results, String(index)).toEqual([{ ref, failure: null }]);
  }
  packing.abort();
  await packed;
  expect(await git("rev-parse", ref)).toBe(at(39));
});

test("the lock of a process that was killed holds nobody up, that of a living one does", async () => {
  const folder = path.join(repository.dir, "wit-moves");
  const lock = path.join(repository.dir, `${ref}.lock`);
  const ended = spawn("true");
  await once(ended, "close");
  await mkdir(folder, { recursive: true });
  const dead = path.join(folder, `${ended.pid}.1.1`);
  await writeFile(dead, `${at(9)}\n`);
  await link(dead, lock);
  expect(await move(at(0), at(1))).toEqual([{ ref, failure: null }]);
  expect([...(await locks()), ...(await notes())]).toEqual([]);
  // Its process id is in use again, by one that started at another time.
  const reused = path.join(folder, `${process.pid}.1.1`);
  await writeFile(reused, `${at(9)}\n`);
  await link(reused, lock);
  expect(await move(at(1), at(2))).toEqual([{ ref, failure: null }]);
  const start = (await readFile(`/proc/${process.pid}/stat`, "latin1")).replace(/^.*\) /s, "").split(" ")[19];
  const living = path.join(folder, `${process.pid}.${start}.99999`);
  await writeFile(living, `${at(9)}\n`);
  await link(living, lock);
  const [result] = await move(at(2), at(3));
  expect(result?.failure?.kind).toBe("locked");
  expect(existsSync(lock)).toBe(true);
  expect((await stat(living)).nlink).toBe(2);
  expect(await git("rev-parse", ref)).toBe(at(2));
});

test("a lock of git is waited for and never taken away", async () => {
  const lock = path.join(repository.dir, `${ref}.lock`);
  await writeFile(lock, "");
  const [result] = await move(at(0), at(1));
  expect(result?.failure?.kind).toBe("locked");
  expect(existsSync(lock)).toBe(true);
  expect(await notes()).toEqual([]);
});
