import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Repository } from "./object-ids.ts";
import { openScratch, type Scratch } from "./protocol/testing.ts";
import { listRefs, readHead, readRef, setHead, updateRefs, type RefChange } from "./refs.ts";

let scratch: Scratch;
let repository: Repository;
let first = "";
let second = "";
let blob = "";
const writer = { identity: { name: "Alice", email: "alice@example.com" }, reason: "test" };

beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

const git = (...args: string[]) => scratch.git(repository.dir, args);

beforeEach(async () => {
  repository = await scratch.repository();
  const tree = await scratch.git(repository.dir, ["mktree"], "");
  first = await git("commit-tree", tree, "-m", "first");
  second = await git("commit-tree", tree, "-m", "second", "-p", first);
  blob = await scratch.git(repository.dir, ["hash-object", "-w", "--stdin"], "text");
});

/** What git itself says, in our shape. */
async function gitSays() {
  const refs = new Map<string, { name: string; oid: string; peeled: string | null }>();
  for (const line of (await git("show-ref", "-d")).split("\n")) {
    const [oid = "", name = ""] = line.split(" ");
    const tag = refs.get(name.replace("^{}", ""));
    if (tag) tag.peeled = oid;
    else refs.set(name, { name, oid, peeled: null });
  }
  return [...refs.values()];
}

test("what is read equals what git reads, after every kind of write by another process", async () => {
  const steps: string[][] = [
    ["update-ref", "refs/heads/main", first],
    ["update-ref", "refs/heads/a/b/c", first],
    ["update-ref", "refs/pull/1/head", second],
    ["tag", "-a", "v1", "-m", "one", first],
    ["tag", "light", second],
    ["update-ref", "refs/heads/main", second],
    ["pack-refs", "--all"],
    ["update-ref", "refs/heads/main", first],
    ["update-ref", "-d", "refs/heads/a/b/c"],
    ["update-ref", "refs/heads/a", second],
    ["tag", "-a", "v2", "-m", "two", "v1"],
    ["pack-refs", "--all", "--prune"],
    ["update-ref", "-d", "refs/tags/v1"],
    ["symbolic-ref", "refs/heads/alias", "refs/heads/main"],
    ["branch", "-m", "a", "z/y"],
  ];
  for (const step of steps) {
    await git(...step);
    expect(await listRefs(repository, "refs/"), step.join(" ")).toEqual(await gitSays());
  }
  expect((await listRefs(repository, "refs/heads/z")).map(({ name }) => name)).toEqual(["refs/heads/z/y"]);
  expect(await listRefs(repository, "refs/heads/nothing")).toEqual([]);
});

test("a busy writer in another process is never outrun: each finished write is seen by the next reading", async () => {
  await git("update-ref", "refs/heads/main", first);
  const child = spawn("git", ["update-ref", "--stdin"], {
    cwd: repository.dir,
    stdio: ["pipe", "pipe", "inherit"],
  });
  let said = "";
  let heard: () => void = () => undefined;
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    heard();
  });
  let values = [first, second];
  for (let round = 0; round < 400; round += 1) {
    const [from = "", to = ""] = values;
    values = values.toReversed();
    said = "";
    child.stdin.write(`start\nupdate refs/heads/main ${to} ${from}\ncommit\n`);
    while (!said.includes("commit: ok")) await new Promise<void>((resolve) => (heard = resolve));
    expect((await readRef(repository, "refs/heads/main"))?.oid, `round ${round}`).toBe(to);
  }
  child.stdin.end();
  await once(child, "close");
});

test("HEAD tells the default branch, with and without a commit, and when it is detached", async () => {
  expect(await readHead(repository)).toEqual({ branch: "main", oid: null });
  await git("update-ref", "refs/heads/trunk", first);
  await setHead(repository, "trunk");
  expect(await readHead(repository)).toEqual({ branch: "trunk", oid: first });
  await expect(setHead(repository, "../x")).rejects.toThrow(TypeError);
  await git("update-ref", "--no-deref", "HEAD", second);
  expect(await readHead(repository)).toEqual({ branch: null, oid: second });
});

test("a broken loose reference hides neither the others nor the packed file", async () => {
  await git("update-ref", "refs/heads/main", first);
  await git("pack-refs", "--all");
  writeFileSync(path.join(repository.dir, "refs/heads/broken"), "");
  expect((await listRefs(repository, "refs/heads/")).map(({ name }) => name)).toEqual(["refs/heads/main"]);
});

const change = (ref: string, old: string | null, to: string | null): RefChange => ({
  ref: `refs/heads/${ref}`,
  old,
  new: to,
});
const kinds = async (changes: RefChange[], atomic = true) =>
  (await updateRefs(repository, changes, { ...writer, atomic })).map(({ failure }) => failure?.kind ?? "ok");

test("references are created, moved and deleted together, with a reflog that says who and why", async () => {
  expect(await kinds([change("a", null, first), change("b/c", null, first)])).toEqual(["ok", "ok"]);
  expect(await kinds([change("a", first, second), change("b/c", first, null)])).toEqual(["ok", "ok"]);
  expect((await listRefs(repository, "refs/heads/")).map(({ name, oid }) => [name, oid])).toEqual([
    ["refs/heads/a", second],
  ]);
  const log = readFileSync(path.join(repository.dir, "logs/refs/heads/a"), "utf8");
  expect(log).toContain(`${first} ${second} Alice <alice@example.com>`);
  expect(log).toContain("\ttest");
});

test("each thing that can be wrong with a change has its own name, and nothing moves", async () => {
  await git("update-ref", "refs/heads/main", first);
  const before = await gitSays();
  expect(await kinds([change("main", second, first)])).toEqual(["stale"]);
  expect(await kinds([change("gone", first, second)])).toEqual(["stale"]);
  expect(await kinds([change("gone", first, null)])).toEqual(["stale"]);
  expect(await kinds([change("main", null, second)])).toEqual(["exists"]);
  expect(await kinds([change("main/x", null, second)])).toEqual(["name-conflict"]);
  expect(await kinds([change("new", null, blob)])).toEqual(["not-a-commit"]);
  expect(await kinds([change("new", null, "1".repeat(40))])).toEqual(["missing-object"]);
  expect(await kinds([change("a b", null, second)])).toEqual(["invalid-name"]);
  expect(await kinds([change("x\0update refs/heads/main", null, second)])).toEqual(["invalid-name"]);
  expect(await kinds([change("n/x", null, first), change("n", null, first)])).toContain("name-conflict");
  expect(await kinds([change("ok", null, first), change("main", second, first)])).toEqual([
    "aborted",
    "stale",
  ]);
  await expect(kinds([change("main", first, second), change("main", first, null)])).rejects.toThrow(
    TypeError,
  );
  await expect(kinds([change("main", null, null)])).rejects.toThrow(TypeError);
  await expect(kinds([change("main", "abc", second)])).rejects.toThrow(TypeError);
  expect(await gitSays()).toEqual(before);
});

test("without atomicity the good changes pass and the bad ones are named", async () => {
  await git("update-ref", "refs/heads/main", first);
  await git("update-ref", "refs/heads/a", first);
  expect(
    await kinds(
      [
        change("new", null, first),
        change("main", second, first),
        change("main/x", null, first),
        change("bad..", null, first),
      ],
      false,
    ),
  ).toEqual(["ok", "stale", "name-conflict", "invalid-name"]);
  expect(await kinds([change("a", first, null), change("a/b", null, first)], false)).toEqual(["ok", "ok"]);
});

test("of many writers at once exactly one wins", async () => {
  await git("update-ref", "refs/heads/main", first);
  const tree = await git("rev-parse", `${first}^{tree}`);
  const rivals = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((n) => git("commit-tree", tree, "-m", `rival ${n}`, "-p", first)),
  );
  const results = await Promise.all(rivals.map((rival) => kinds([change("main", first, rival)])));
  expect(results.flat().filter((kind) => kind === "ok")).toHaveLength(1);
  for (const [kind] of results) expect(["ok", "stale", "locked"]).toContain(kind);
});

test("a young lock is respected, one left by a killed process is not", async () => {
  await git("update-ref", "refs/heads/main", first);
  const lock = path.join(repository.dir, "refs/heads/main.lock");
  writeFileSync(lock, "");
  expect(await kinds([change("main", first, second)])).toEqual(["locked"]);
  const longAgo = Date.now() / 1000 - 3600;
  utimesSync(lock, longAgo, longAgo);
  expect(await kinds([change("main", first, second)])).toEqual(["ok"]);
  rmSync(lock, { force: true });
});

test("an identity that git would refuse does not stop a write", async () => {
  const odd = { identity: { name: " <;> ", email: "\n" }, reason: "two\nlines" };
  const [result] = await updateRefs(repository, [change("a", null, first)], odd);
  expect(result?.failure).toBeNull();
});
