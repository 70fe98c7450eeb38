import { randomBytes, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openScratch, type Scratch } from "./protocol/testing.ts";
import { readHead } from "./refs.ts";
import { diskPath, RepositoryExists } from "./store.ts";
import { isAtLeast, requireGit } from "./version.ts";

let scratch: Scratch;
beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

const newPlace = () => diskPath("main", randomUUID());

test("only places made of ids are accepted", () => {
  const id = "0190a6a4-9d3f-7b3e-8f6a-1c2d3e4f5a6b";
  expect(diskPath("main", id)).toBe(`main/5a/6b/${id}.git`);
  expect(path.isAbsolute(scratch.store.directory(`main/5a/6b/${id}.git`).dir)).toBe(true);
  for (const bad of [
    `../main/5a/6b/${id}.git`,
    `/main/5a/6b/${id}.git`,
    `main/5a/6b/../${id}.git`,
    `main/5a/6b/${id}`,
    `main/5a/6b/x.git`,
    `main/5a/6b/${id}.git/`,
    `main/5a/6b/${id}.git\0`,
    `main/5a/6b/${id}.git\n`,
    `.unfinished/5a/6b/${id}.git`,
    "",
  ])
    expect(() => scratch.store.directory(bad), JSON.stringify(bad)).toThrow(TypeError);
});

test.each(["sha1", "sha256"] as const)(
  "a new %s repository is one that git accepts, with its default branch",
  async (objectFormat) => {
    const place = newPlace();
    expect(await scratch.store.exists(place)).toBe(false);
    const { dir } = await scratch.store.init(place, { defaultBranch: "trunk", objectFormat });
    expect(await scratch.store.exists(place)).toBe(true);
    expect(await scratch.git(dir, ["rev-parse", "--is-bare-repository"])).toBe("true");
    expect(await scratch.git(dir, ["rev-parse", "--show-object-format"])).toBe(objectFormat);
    expect(await scratch.git(dir, ["symbolic-ref", "HEAD"])).toBe("refs/heads/trunk");
    expect(await scratch.git(dir, ["fsck", "--strict"])).toBe("");
    expect(await readHead({ dir })).toEqual({ branch: "trunk", oid: null });
  },
);

test("a place is taken once, also when two ask at the same time", async () => {
  const place = newPlace();
  const births = await Promise.allSettled(
    [1, 2, 3].map(() => scratch.store.init(place, { defaultBranch: "main" })),
  );
  expect(births.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const birth of births)
    if (birth.status === "rejected") expect(birth.reason).toBeInstanceOf(RepositoryExists);
  expect(await readdir(path.join(scratch.dir, "repositories/main/.unfinished"))).toEqual([]);
});

test("a removed repository is gone, and removing it again is no error", async () => {
  const place = newPlace();
  const { dir } = await scratch.store.init(place, { defaultBranch: "main" });
  await scratch.store.remove(place);
  expect(existsSync(dir)).toBe(false);
  await scratch.store.remove(place);
});

test("a fork has branches and tags and what they reach, and nothing else, in files of its own", async () => {
  const { git } = scratch;
  const place = newPlace();
  const { dir } = await scratch.store.init(place, { defaultBranch: "main" });
  const tree = await git(dir, ["mktree"], "");
  const commit = (text: string, ...parents: string[]) =>
    git(dir, ["commit-tree", tree, "-m", text, ...parents.flatMap((parent) => ["-p", parent])]);
  const first = await commit("first");
  const second = await commit("second", first);
  const secret = await commit("secret of a pull request", first);
  const dangling = await commit("dangling");
  await git(dir, ["update-ref", "refs/heads/main", second]);
  await git(dir, ["update-ref", "refs/heads/über", first]);
  await git(dir, ["update-ref", "refs/pull/1/head", secret]);
  await git(dir, ["tag", "-a", "v1", "-m", "one", first]);
  const target = newPlace();
  const fork = await scratch.store.copy(place, target);
  expect((await git(fork.dir, ["for-each-ref", "--format=%(refname)"])).split("\n")).toEqual([
    "refs/heads/main",
    "refs/heads/über",
    "refs/tags/v1",
  ]);
  expect(await git(fork.dir, ["rev-parse", "v1^{commit}"])).toBe(first);
  expect(await git(fork.dir, ["symbolic-ref", "HEAD"])).toBe("refs/heads/main");
  expect(await git(fork.dir, ["fsck", "--strict", "--no-dangling"])).toBe("");
  for (const hidden of [secret, dangling])
    expect((await scratch.tryGit(fork.dir, ["cat-file", "-e", hidden])).code).not.toBe(0);
  for (const file of await readdir(path.join(fork.dir, "objects/pack")))
    expect((await stat(path.join(fork.dir, "objects/pack", file))).nlink).toBe(1);
  await expect(scratch.store.copy(place, target)).rejects.toThrow(RepositoryExists);
});

/** A repository whose first commit holds a file too large to be kept twice, packed. */
async function packedSource() {
  const { git, store } = scratch;
  const place = newPlace();
  const { dir } = await store.init(place, { defaultBranch: "main" });
  const commit = async (size: number, ...parents: string[]) => {
    const blob = await git(dir, ["hash-object", "-w", "--stdin"], randomBytes(size).toString("base64"));
    const tree = await git(dir, ["mktree"], `100644 blob ${blob}\tfile\n`);
    return git(dir, ["commit-tree", tree, "-m", "a", ...parents.flatMap((parent) => ["-p", parent])]);
  };
  const first = await commit(400_000);
  await git(dir, ["update-ref", "refs/heads/main", first]);
  await git(dir, ["repack", "-adq"]);
  return { place, dir, first, commit };
}

/** The packs of a repository by whether another one holds them too. */
async function packsOf(dir: string) {
  const folder = path.join(dir, "objects/pack");
  const names = await readdir(folder);
  const packs = await Promise.all(
    names.filter((name) => name.endsWith(".pack")).map((name) => stat(path.join(folder, name))),
  );
  return {
    linked: packs.filter(({ nlink }) => nlink > 1).length,
    own: packs.filter(({ nlink }) => nlink === 1).length,
    kept: names.filter((name) => name.endsWith(".keep")).length,
  };
}

test("a fork holds large packs of its source without a copy, what came after in its own, and outlives the source", async () => {
  const { git, store } = scratch;
  const { place, dir, first, commit } = await packedSource();
  const same = await store.copy(place, newPlace());
  expect(await packsOf(same.dir)).toEqual({ linked: 1, own: 0, kept: 0 });
  const second = await commit(9_000, first);
  await git(dir, ["update-ref", "refs/heads/main", second]);
  const fork = await store.copy(place, newPlace());
  expect(await packsOf(fork.dir)).toEqual({ linked: 1, own: 1, kept: 0 });
  await store.remove(place);
  for (const { dir: left } of [same, fork])
    expect(await git(left, ["fsck", "--strict", "--full", "--no-dangling"])).toBe("");
  expect(await git(fork.dir, ["rev-parse", "main~1"])).toBe(first);
  await git(fork.dir, ["repack", "-adq"]);
  expect(await git(same.dir, ["fsck", "--strict", "--full"])).toBe("");
});

test("a pack whose index is of the first version is copied", async () => {
  const { git, store } = scratch;
  const { place, dir, first } = await packedSource();
  await git(dir, ["-c", "pack.indexVersion=1", "repack", "-adFq"]);
  const fork = await store.copy(place, newPlace());
  expect(await packsOf(fork.dir)).toEqual({ linked: 0, own: 1, kept: 0 });
  expect(await git(fork.dir, ["rev-parse", "main"])).toBe(first);
});

test("a pack that holds one object too many is not linked into a fork", async () => {
  const { git, store, tryGit } = scratch;
  const { place, dir, first, commit } = await packedSource();
  const secret = await commit(300_000, first);
  await git(dir, ["update-ref", "refs/pull/1/head", secret]);
  await git(dir, ["repack", "-adq"]);
  const fork = await store.copy(place, newPlace());
  expect(await packsOf(fork.dir)).toEqual({ linked: 0, own: 1, kept: 0 });
  expect((await tryGit(fork.dir, ["cat-file", "-e", secret])).code).not.toBe(0);
  expect(await git(fork.dir, ["fsck", "--strict", "--full"])).toBe("");
});

test.each([9_000, 600_000])(
  "damage is not copied: the fork of a repository with a broken pack is refused, and nothing of it stays, %d bytes",
  async (size) => {
    const { git } = scratch;
    const place = newPlace();
    const { dir } = await scratch.store.init(place, { defaultBranch: "main" });
    const blob = await git(dir, ["hash-object", "-w", "--stdin"], randomBytes(size).toString("base64"));
    const tree = await git(dir, ["mktree"], `100644 blob ${blob}\tfile\n`);
    await git(dir, ["update-ref", "refs/heads/main", await git(dir, ["commit-tree", tree, "-m", "one"])]);
    await git(dir, ["repack", "-adq"]);
    const packs = path.join(dir, "objects/pack");
    const pack = path.join(packs, (await readdir(packs)).find((name) => name.endsWith(".pack")) ?? "");
    const bytes = await readFile(pack);
    bytes.writeUInt8(bytes.readUInt8(6_000) ^ 0xff, 6_000);
    await rm(pack);
    await writeFile(pack, bytes);
    const target = newPlace();
    await expect(scratch.store.copy(place, target)).rejects.toThrow(/bad packed object|corrupt|inflate/);
    expect(await scratch.store.exists(target)).toBe(false);
    expect(await readdir(path.join(scratch.dir, "repositories/main/.unfinished"))).toEqual([]);
  },
);

test("an empty repository can be forked", async () => {
  const place = newPlace();
  await scratch.store.init(place, { defaultBranch: "trunk" });
  expect(await readHead(await scratch.store.copy(place, newPlace()))).toEqual({ branch: "trunk", oid: null });
});

test("what a crash left half made is swept away", async () => {
  const left = path.join(scratch.dir, "repositories/main/.unfinished/half.git-123");
  await mkdir(left, { recursive: true });
  await writeFile(path.join(left, "HEAD"), "");
  await scratch.store.sweep(new Date(Date.now() - 60_000));
  expect(existsSync(left), "what may still be in the making stays").toBe(true);
  await scratch.store.sweep(new Date(Date.now() + 1_000));
  expect(existsSync(left)).toBe(false);
});

test("the git on this machine is new enough, and versions compare by their numbers", async () => {
  expect(isAtLeast(await requireGit(), "2.38.0")).toBe(true);
  expect(isAtLeast("2.9.5", "2.38.0")).toBe(false);
  expect(isAtLeast("2.38", "2.38.0")).toBe(true);
  expect(isAtLeast("3.0.0", "2.38.0")).toBe(true);
  for (const old of ["1.8.3", "2.37.9", "2.38.0", "2.38.2", "2.39.0"])
    await expect(
      requireGit(async () => old),
      old,
    ).rejects.toThrow(/2\.38\.3 or newer|2\.39\.1 or newer/);
  for (const fixed of ["2.38.3", "2.39.1", "2.39.5", "2.52.0", "3.0.0"])
    expect(await requireGit(async () => fixed)).toBe(fixed);
});
