import { spawn } from "node:child_process";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Repository } from "../object-ids.ts";
import { openScratch, type Scratch } from "../protocol/testing.ts";
import { walkAhead } from "./connectivity.ts";

let scratch: Scratch;
let made = 0;

beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.remove());

interface Place {
  readonly work: string;
  readonly repository: Repository;
  readonly old: string;
}

/** A repository whose branch holds some folders, and a client that has it. */
async function open(): Promise<Place> {
  const repository = await scratch.repository();
  const work = path.join(scratch.dir, `work-${(made += 1)}`);
  await scratch.git(scratch.dir, ["init", "-q", "-b", "main", work]);
  for (const file of ["a.txt", "src/b.txt", "src/deep/c.txt", "src/deep/d.txt", "docs/e.txt"])
    await write(work, file, `${file}\n`.repeat(300));
  await commit(work, "begin");
  await scratch.git(repository.dir, ["fetch", "-q", work, "main:refs/heads/main"]);
  return { work, repository, old: await scratch.git(work, ["rev-parse", "HEAD"]) };
}

async function write(work: string, file: string, content: string, mode = "100644") {
  const blob = await scratch.git(work, ["hash-object", "-w", "--stdin"], content);
  await scratch.git(work, ["update-index", "--add", "--cacheinfo", `${mode},${blob},${file}`]);
}

const commit = (work: string, message: string) =>
  scratch.git(work, ["commit", "-q", "--allow-empty", "-m", message]);

/** What a client would send: a thin pack of what is new. */
async function packOf(work: string, revisions: string): Promise<Buffer> {
  const child = spawn("git", ["pack-objects", "--thin", "--delta-base-offset", "--revs", "--stdout", "-q"], {
    cwd: work,
  });
  child.stdin.end(revisions);
  return buffer(child.stdout);
}

const limit = 1024 * 1024;
const ahead = ({ repository, old }: Place, pack: Buffer, end: string, maxFileBytes = limit) =>
  walkAhead(repository, pack, [{ ref: "refs/heads/main", old, new: end }], maxFileBytes);

const name = fc.constantFrom("a.txt", "src/b.txt", "src/deep/c.txt", "src/new/f.txt", "g.txt", "docs/e.txt");
const edit = fc.oneof(
  fc.record({ kind: fc.constant("write" as const), name, text: fc.string({ maxLength: 40 }) }),
  fc.record({ kind: fc.constant("append" as const), name, text: fc.string({ maxLength: 40 }) }),
  fc.record({ kind: fc.constant("remove" as const), name }),
  fc.record({ kind: fc.constant("executable" as const), name }),
  fc.record({ kind: fc.constant("submodule" as const), name: fc.constant("vendored") }),
  fc.record({ kind: fc.constant("commit" as const) }),
);

test("a push that it proves whole is one that git proves whole, with the same commits", async () => {
  let proved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
      const place = await open();
      const { work, old } = place;
      for (const one of edits) {
        if (one.kind === "commit") await commit(work, "more");
        else if (one.kind === "submodule")
          await scratch.git(work, [
            "update-index",
            "--add",
            "--cacheinfo",
            `160000,${"1".repeat(40)},${one.name}`,
          ]);
        else if (one.kind === "remove")
          await scratch.tryGit(work, ["update-index", "--force-remove", one.name]);
        else {
          const before = (await scratch.tryGit(work, ["show", `:${one.name}`])).out;
          const text = one.kind === "write" ? one.text : one.kind === "append" ? before + one.text : before;
          await write(work, one.name, text, one.kind === "executable" ? "100755" : "100644");
        }
      }
      await commit(work, "last");
      const end = await scratch.git(work, ["rev-parse", "HEAD"]);
      const commits = await ahead(place, await packOf(work, `${end}\n^${old}\n`), end);
      if (commits === null) return;
      proved += 1;
      const wanted = await scratch.git(work, ["rev-list", `${old}..${end}`]);
      expect(commits).toEqual(wanted.split("\n"));
    }),
    { numRuns: 25 },
  );
  // A walk that gives up each time would pass as well.
  expect(proved).toBeGreaterThan(15);
});

test("an object that is left out is noticed, wherever it is, also when it lies in the repository unreferenced", async () => {
  const place = await open();
  const { work, repository, old } = place;
  await write(work, "src/deep/c.txt", "changed\n");
  await write(work, "src/new/f.txt", "new\n");
  await commit(work, "change");
  const end = await scratch.git(work, ["rev-parse", "HEAD"]);
  const all = (await scratch.git(work, ["rev-list", "--objects", "--no-object-names", end, `^${old}`])).split(
    "\n",
  );
  expect(all.length).toBeGreaterThan(5);
  for (const left of all) {
    const listed = all.filter((oid) => oid !== left).join("\n");
    const pack = await scratchPack(work, `${listed}\n`);
    // It is there, but nothing says that what it leads to is.
    const bytes = await scratchPack(work, `${left}\n`);
    await unpack(repository, bytes);
    expect(await ahead(place, pack, end), left).toBeNull();
  }
  expect(await ahead(place, await scratchPack(work, `${all.join("\n")}\n`), end)).toEqual([end]);
});

async function scratchPack(work: string, ids: string): Promise<Buffer> {
  const child = spawn("git", ["pack-objects", "--stdout", "-q"], { cwd: work });
  child.stdin.end(ids);
  return buffer(child.stdout);
}

const unpack = ({ dir }: Repository, pack: Buffer) => scratch.git(dir, ["unpack-objects", "-q"], pack);

test("history that does not stand on the old end alone is for git to judge", async () => {
  const place = await open();
  const { work, old } = place;
  const tree = await scratch.git(work, ["rev-parse", "HEAD^{tree}"]);
  const root = await scratch.git(work, ["commit-tree", tree, "-m", "root"]);
  expect(await ahead(place, await packOf(work, `${root}\n^${old}\n`), root)).toBeNull();
  const merge = await scratch.git(work, ["commit-tree", tree, "-p", old, "-p", root, "-m", "merge"]);
  expect(await ahead(place, await packOf(work, `${merge}\n^${old}\n`), merge)).toBeNull();
  // A parent behind the author is none for git, so it may be none here: this commit would throw the history away.
  const trick = await scratch.git(
    work,
    ["hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
    `tree ${tree}\nauthor A <a@example.com> 1 +0000\nparent ${old}\ncommitter A <a@example.com> 1 +0000\n\ntrick\n`,
  );
  expect(await ahead(place, await scratchPack(work, `${trick}\n`), trick)).toBeNull();
});

test("a file or a path over a limit, and a pack that is large or damaged, are for git to refuse", async () => {
  const place = await open();
  const { work, old } = place;
  await write(work, "large.txt", "x".repeat(5_000));
  await commit(work, "large");
  const end = await scratch.git(work, ["rev-parse", "HEAD"]);
  const pack = await packOf(work, `${end}\n^${old}\n`);
  expect(await ahead(place, pack, end)).toEqual([end]);
  expect(await ahead(place, pack, end, 4_999)).toBeNull();
  for (let cut = 0; cut < pack.length; cut += 7)
    expect(await ahead(place, pack.subarray(0, cut), end)).toBeNull();
  for (let at = 12; at < pack.length - 20; at += 5) {
    const damaged = Buffer.from(pack);
    damaged[at] = (damaged[at] ?? 0) ^ 0x55;
    // The checksum at the end is git's to look at; what is told of the rest is true or nothing.
    expect((await ahead(place, damaged, end)) ?? [end]).toEqual([end]);
  }
});
