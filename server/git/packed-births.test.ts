import { spawn } from "node:child_process";
import { once } from "node:events";
import fs, { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { packRefs } from "./keeping/loose-refs.ts";
import type { Repository } from "./object-ids.ts";
import { bearTogether } from "./packed-births.ts";
import { openScratch, type Scratch } from "./protocol/testing.ts";
import { readRefs } from "./ref-cache.ts";
import { updateRefs } from "./ref-updates.ts";

let scratch: Scratch;
let repository: Repository;
let one = "";
let two = "";
let tag = "";
let blob = "";
const missing = "1".repeat(40);

beforeEach(async () => {
  scratch = await openScratch();
  repository = await scratch.repository();
  const tree = await git("mktree");
  one = await git("commit-tree", tree, "-m", "one");
  two = await git("commit-tree", tree, "-m", "two");
  blob = await git("hash-object", "-w", "--stdin");
  await git("tag", "-a", "-m", "inner", "inner", one);
  await git("tag", "-a", "-m", "outer", "outer", "inner");
  tag = await git("rev-parse", "outer");
  await git("update-ref", "-d", "refs/tags/inner");
  await git("update-ref", "-d", "refs/tags/outer");
});
afterEach(() => scratch.remove());

const git = (...args: string[]) => scratch.git(repository.dir, args);
const says = async ({ dir }: Repository) => (await scratch.tryGit(dir, ["show-ref", "-d"])).out;
const files = async ({ dir }: Repository) =>
  (await readdir(path.join(dir, "refs"), { recursive: true, withFileTypes: true })).flatMap((entry) =>
    entry.isDirectory() ? [] : [path.relative(dir, path.join(entry.parentPath, entry.name))],
  );
const notes = () => readdir(path.join(repository.dir, "wit-moves")).catch(() => []);
const tidy = async () => {
  expect(
    (await readdir(repository.dir, { recursive: true })).filter((name) => name.endsWith(".lock")),
  ).toEqual([]);
  expect(await notes()).toEqual([]);
};
const writer = { identity: { name: "Alice", email: "alice@example.com" }, reason: "push" };

test("what is born together is what git's own transaction would have left, or nothing where that fails", async () => {
  const names = [
    "heads/a",
    "heads/a/b",
    "heads/a/b/c",
    "heads/a-b",
    "heads/ä/ö",
    "heads/z",
    "tags/v1",
    "tags/v1/x",
    "tags/v2",
    "notes/commits",
    "heads/main",
  ].map((name) => `refs/${name}`);
  const name = fc.constantFrom(...names);
  const object = () => fc.constantFrom(one, two, one, two, one, tag, tag, blob, missing);
  const run = fc.record({
    standing: fc.uniqueArray(
      fc.record({ ref: name, kind: fc.constantFrom("loose", "packed", "link", "folder") }),
      { selector: ({ ref }) => ref, maxLength: 4 },
    ),
    births: fc.uniqueArray(fc.record({ ref: name, new: object() }), {
      selector: ({ ref }) => ref,
      minLength: 1,
      maxLength: 5,
    }),
  });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(run, async ({ standing, births }) => {
      round += 1;
      const here = { dir: path.join(scratch.dir, `here-${round}`) };
      const there = { dir: path.join(scratch.dir, `there-${round}`) };
      await cp(repository.dir, here.dir, { recursive: true });
      for (const { ref, kind } of standing.toSorted((a, b) => (a.kind < b.kind ? 1 : -1))) {
        if (kind === "folder")
          await mkdir(path.join(here.dir, ref), { recursive: true }).catch(() => undefined);
        else if (kind === "link")
          await scratch
            .git(here.dir, ["update-ref", "refs/other/end", one])
            .then(() => scratch.tryGit(here.dir, ["symbolic-ref", ref, "refs/other/end"]));
        else await scratch.tryGit(here.dir, ["update-ref", ref, two]);
        if (kind === "packed") await scratch.git(here.dir, ["pack-refs", "--all"]);
      }
      await cp(here.dir, there.dir, { recursive: true });
      const before = await says(here);
      const lines = births.map((birth) => `create ${birth.ref} ${birth.new}\n`).join("");
      const { code } = await scratch.tryGit(there.dir, ["update-ref", "--stdin"], lines);
      const left = await bearTogether(here, births, { all: true });
      expect(left.size === 0).toBe(code === 0);
      expect(await says(here)).toBe(left.size === 0 ? await says(there) : before);
      await Promise.all([here, there].map(({ dir }) => rm(dir, { recursive: true })));
    }),
    { numRuns: 40 },
  );
}, 180_000);

test("each of them for itself, all are born but those that something is in the way of", async () => {
  await git("update-ref", "refs/heads/taken", one);
  await git("update-ref", "refs/heads/packed/away", one);
  await git("pack-refs", "--all");
  await git("update-ref", "refs/heads/loose/one", one);
  const births = ["a", "taken", "packed", "loose", "packed/away/x", "loose/one/x", "b", "b/c", "d/e"];
  const left = await bearTogether(
    repository,
    births.map((name) => ({ ref: `refs/heads/${name}`, new: two })),
    { all: false },
  );
  const short = [...left].map((ref) => ref.slice("refs/heads/".length)).toSorted();
  expect(short).toEqual(["b", "b/c", "loose", "loose/one/x", "packed", "packed/away/x", "taken"]);
  expect(await git("for-each-ref", "--format=%(refname:short) %(objectname)")).toBe(
    [`a ${two}`, `d/e ${two}`, `loose/one ${one}`, `packed/away ${one}`, `taken ${one}`].join("\n"),
  );
  expect(await files(repository)).toEqual(["refs/heads/loose/one"]);
  await git("fsck", "--strict");
  await tidy();
});

test("names that are no UTF-8, and what else stands in the packed file, stay as they are", async () => {
  const odd = Buffer.concat([Buffer.from(`${one} refs/heads/caf`), Buffer.from([0xe9]), Buffer.from("\n")]);
  await git("update-ref", "refs/tags/outer", tag);
  await git("pack-refs", "--all");
  const file = path.join(repository.dir, "packed-refs");
  const [header = "", ...rest] = (await readFile(file, "latin1")).split(/(?<=\n)/);
  await writeFile(file, Buffer.concat([Buffer.from(header), odd, Buffer.from(rest.join(""))]));
  expect((await bearTogether(repository, [{ ref: "refs/heads/b", new: one }], { all: true })).size).toBe(0);
  expect(await readFile(file, "latin1")).toBe(
    [header, `${one} refs/heads/b\n`, odd.toString("latin1"), ...rest].join(""),
  );
});

test("very many new references become no files, and the log of the default branch is begun", async () => {
  const changes = Array.from({ length: 600 }, (_, n) => ({ ref: `refs/tags/v/${n}`, old: null, new: one }));
  const main = { ref: "refs/heads/main", old: null, new: two };
  const results = await updateRefs(repository, [...changes, main], { ...writer, atomic: false });
  expect(results.filter(({ failure }) => failure !== null)).toEqual([]);
  expect(await files(repository)).toEqual(["refs/heads/main"]);
  expect((await git("for-each-ref")).split("\n")).toHaveLength(601);
  expect(await git("reflog", "show", "--format=%gs", "refs/heads/main")).toBe("push");
  await git("update-ref", "refs/tags/v/7", two, one);
  expect((await readRefs(repository)).refs.get("refs/tags/v/7")?.oid).toBe(two);
  await tidy();
});

test("of very many at once where one cannot be, none is, and that one is named", async () => {
  await git("update-ref", "refs/tags/5", two);
  const changes = Array.from({ length: 600 }, (_, n) => ({ ref: `refs/tags/${n}`, old: null, new: one }));
  const results = await updateRefs(repository, changes, writer);
  expect(results[5]?.failure?.kind).toBe("exists");
  expect(new Set(results.map(({ failure }) => failure?.kind))).toEqual(new Set(["aborted", "exists"]));
  expect(await says(repository)).toBe(`${two} refs/tags/5\n`);
});

test("a packed file of an old git is left to git", async () => {
  await writeFile(
    path.join(repository.dir, "packed-refs"),
    `# pack-refs with: peeled \n${one} refs/tags/a\n`,
  );
  expect([...(await bearTogether(repository, [{ ref: "refs/tags/b", new: one }], { all: false }))]).toEqual([
    "refs/tags/b",
  ]);
});

test("of those who create the same names at once, among them git, each name has one who made it", async () => {
  for (let round = 0; round < 4; round += 1) {
    const names = Array.from({ length: 60 }, (_, n) => `refs/heads/r${round}/n${n}`);
    const births = (oid: string) => names.map((ref) => ({ ref, new: oid }));
    const gits = ["n3", "n30", "n59", "n4/deep", "n31/deep", "n58/deep"].map(
      (name) => `refs/heads/r${round}/${name}`,
    );
    const [mine, others, made] = await Promise.all([
      bearTogether(repository, births(one), { all: false }),
      bearTogether(repository, births(two), { all: false }),
      Promise.all(
        gits.map(async (ref) =>
          (await scratch.tryGit(repository.dir, ["update-ref", ref, tag, "0".repeat(40)])).code === 0
            ? ref
            : "",
        ),
      ),
    ]);
    const stands = new Map(
      (await git("for-each-ref", "--format=%(refname) %(objectname)", `refs/heads/r${round}`))
        .split("\n")
        .map((line) => line.split(" ") as [string, string]),
    );
    for (const [ref, oid] of stands) {
      const makers = [...(mine.has(ref) ? [] : [one]), ...(others.has(ref) ? [] : [two])].filter(() =>
        names.includes(ref),
      );
      expect([...makers, ...(made.includes(ref) ? [tag] : [])], ref).toEqual([oid]);
      expect(stands.has(ref.replace(/\/deep$/, "")), ref).toBe(!ref.endsWith("/deep"));
    }
    expect(names.filter((ref) => !mine.has(ref) || !others.has(ref)).every((ref) => stands.has(ref))).toBe(
      true,
    );
  }
  await tidy();
}, 60_000);

/** A git that has locked and looked, and has yet to write. */
async function preparedByGit(ref: string): Promise<() => Promise<number>> {
  const child = spawn("git", ["update-ref", "--stdin"], {
    cwd: repository.dir,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const closed = once(child, "close") as Promise<[number]>;
  let said = "";
  const ready = new Promise<void>((resolve) =>
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("prepare: ok")) resolve();
    }),
  );
  child.stdin.write(`start\ncreate ${ref} ${two}\nprepare\n`);
  await ready;
  return async () => {
    child.stdin.end("commit\n");
    return (await closed)[0];
  };
}

test.each([
  ["the same name", "refs/heads/a/b"],
  ["a name above it", "refs/heads/a"],
  ["a name below it", "refs/heads/a/b/c"],
])("when git is about to write %s, that one is git's and the others are born", async (_, theirs) => {
  const commit = await preparedByGit(theirs);
  const births = ["refs/heads/a/b", "refs/heads/z"].map((ref) => ({ ref, new: one }));
  expect([...(await bearTogether(repository, births, { all: false }))]).toEqual(["refs/heads/a/b"]);
  expect(await commit()).toBe(0);
  expect(await says(repository)).toBe(`${two} ${theirs}\n${one} refs/heads/z\n`);
});

test.each([false, true])(
  "a name that becomes a folder of somebody else's between the last look and the writing stays theirs (all or nothing: %s)",
  async (all) => {
    const { rename } = fs;
    let commit: (() => Promise<number>) | undefined;
    fs.rename = async (from, to) => {
      commit ??= await preparedByGit("refs/heads/a/b");
      return rename(from, to);
    };
    syncBuiltinESMExports();
    try {
      const births = ["refs/heads/a", "refs/heads/z"].map((ref) => ({ ref, new: one }));
      const left = await bearTogether(repository, births, { all });
      expect([...left]).toEqual(["refs/heads/a"]);
    } finally {
      fs.rename = rename;
      syncBuiltinESMExports();
    }
    expect(await commit?.()).toBe(0);
    const other = all ? "" : `${one} refs/heads/z\n`;
    expect(await says(repository)).toBe(`${two} refs/heads/a/b\n${other}`);
    await tidy();
  },
);

test("they are all there when git packs and deletes references meanwhile", async () => {
  const packing = new AbortController();
  const packed = (async () => {
    while (!packing.signal.aborted) {
      await scratch.tryGit(repository.dir, ["pack-refs", "--all", "--prune"]);
      await scratch.tryGit(repository.dir, ["update-ref", "refs/tags/here", one]);
      await scratch.tryGit(repository.dir, ["update-ref", "-d", "refs/tags/here"]);
    }
  })();
  const born: string[] = [];
  for (let round = 0; round < 12; round += 1) {
    const births = Array.from({ length: 40 }, (_, n) => ({ ref: `refs/heads/m${round}/${n}`, new: one }));
    const left = await bearTogether(repository, births, { all: true });
    expect([...left]).toEqual([]);
    born.push(...births.map(({ ref }) => ref));
  }
  packing.abort();
  await packed;
  const stands = (await git("for-each-ref", "--format=%(refname)", "refs/heads")).split("\n");
  expect(new Set(stands)).toEqual(new Set(born));
}, 60_000);

/** Kills itself after so many things that last. */
const dying = (steps: number) => `
  import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";
  let left = ${steps};
  const done = () => { if ((left -= 1) === 0) process.kill(process.pid, "SIGKILL"); };
  for (const name of ["linkSync", "unlinkSync", "mkdirSync", "rmdirSync"]) {
    const original = fs[name];
    fs[name] = (...args) => { const result = original(...args); done(); return result; };
  }
  for (const name of ["open", "rename", "unlink"]) {
    const original = fs.promises[name];
    fs.promises[name] = async (...args) => { const result = await original(...args); done(); return result; };
  }
  syncBuiltinESMExports();`;

test("killed at any step it leaves all of them or none, and no lock that holds anybody up", async () => {
  await git("update-ref", "refs/tags/old", one);
  await git("pack-refs", "--all", "--prune");
  const births = ["refs/tags/deep/a", "refs/tags/deep/b", "refs/tags/c"].map((ref) => ({ ref, new: one }));
  const module = path.join(import.meta.dirname, "packed-births.ts");
  const ends = new Set<string>();
  for (let steps = 1; ; steps += 1) {
    const here = { dir: path.join(scratch.dir, `killed-${steps}`) };
    await cp(repository.dir, here.dir, { recursive: true });
    const code = `import(${JSON.stringify(module)}).then(({ bearTogether }) =>
      bearTogether(${JSON.stringify(here)}, ${JSON.stringify(births)}, { all: true }))`;
    const preload = `data:text/javascript,${encodeURIComponent(dying(steps))}`;
    const child = spawn(process.execPath, ["--import", preload, "-e", code], { stdio: "inherit" });
    const [exit, signal] = (await once(child, "close")) as [number | null, string | null];
    const stands = (await says(here)).trim().split("\n").length - 1;
    expect([0, births.length], String(steps)).toContain(stands);
    ends.add(`${stands} ${signal}`);
    // Deleting needs the lock of the packed file, creating those of the names.
    const [deleted] = await updateRefs(here, [{ ref: "refs/tags/old", old: one, new: null }], writer);
    expect(deleted?.failure, String(steps)).toBeNull();
    if (stands === 0) expect((await bearTogether(here, births, { all: true })).size, String(steps)).toBe(0);
    const moved = births.map(({ ref }) => ({ ref, old: one, new: two }));
    for (const { failure } of await updateRefs(here, moved, writer))
      expect(failure, String(steps)).toBeNull();
    expect((await readdir(here.dir, { recursive: true })).filter((name) => name.endsWith(".lock"))).toEqual(
      [],
    );
    await rm(here.dir, { recursive: true });
    if (signal === null) {
      expect(exit).toBe(0);
      break;
    }
  }
  expect([...ends].toSorted()).toEqual(["0 SIGKILL", "3 SIGKILL", "3 null"]);
}, 180_000);

test("what a killed writer left does not keep references from being packed", async () => {
  const lines = Array.from({ length: 120 }, (_, n) => `create refs/heads/b${n} ${one}\n`).join("");
  await scratch.git(repository.dir, ["update-ref", "--stdin"], lines);
  const child = spawn(process.execPath, [
    "--import",
    // note, the name, note, the packed file
    `data:text/javascript,${encodeURIComponent(dying(4))}`,
    "-e",
    `import(${JSON.stringify(path.join(import.meta.dirname, "packed-births.ts"))}).then(({ bearTogether }) =>
      bearTogether(${JSON.stringify(repository)}, [{ ref: "refs/tags/x", new: ${JSON.stringify(one)} }], { all: true }))`,
  ]);
  await once(child, "close");
  expect(await readdir(repository.dir)).toContain("packed-refs.lock");
  expect(await packRefs(repository, {})).toBe(true);
  expect(await readdir(repository.dir)).not.toContain("packed-refs.lock");
});
