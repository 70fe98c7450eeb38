/**
 * Many new references as one new `packed-refs`, in git's own steps (refs/packed-backend.c): lock, look, write beside it, rename.
 * git itself makes a file of each, and waits for the disk each time. Readers see all of them at once, or none.
 *
 * Nobody comes in between: each name is locked, as git would, and each name above it, so that none becomes a folder. What
 * cannot be locked is a name that becomes a folder of another one's reference; that is looked for once more afterwards.
 */
import { readdir, readFile, rename, unlink } from "node:fs/promises";
import path from "node:path";
import { writeNote } from "./lock-notes.ts";
import { ManyLocks } from "./many-locks.ts";
import type { Repository } from "./object-ids.ts";
import { mergePacked, readPackedLines, type PackedLine } from "./packed-lines.ts";
import { git, GitError, GitTimeout } from "./process.ts";
import { readRefs } from "./ref-cache.ts";

export interface Birth {
  /** A full name that git allows. */
  readonly ref: string;
  /** A whole id of an object. */
  readonly new: string;
}

const packed = "packed-refs";
// git keeps these beside a work tree and not in the packed file.
const ofWorkTree = /^refs\/(?:bisect|worktree|rewritten)\//;

/**
 * Creates references that do not exist. Answers those that were not created because something about them is not plain: they
 * exist, are in the way of another one, somebody holds them, their object is not there. git can tell what. With `all`
 * either the answer is empty, or nothing was created. Reflogs are not begun.
 */
export async function bearTogether(
  repository: Repository,
  births: readonly Birth[],
  { all }: { readonly all: boolean },
): Promise<ReadonlySet<string>> {
  const locks = new ManyLocks(repository);
  try {
    const lines = await linesOf(repository, births);
    const left = new Set(births.flatMap(({ ref }) => (lines.has(ref) ? [] : [ref])));
    leaveAmongThemselves(lines, left);
    if (all && left.size > 0) return left;
    await lockNames(locks, lines, left);
    if (all && left.size > 0) return left;
    if ((await locks.take([packed])).length > 0) return allOf(births);
    return await writeAll(repository, births, lines, left, all);
  } catch (error) {
    if (!isTrouble(error)) throw error;
    return allOf(births);
  } finally {
    await locks.release();
  }
}

/** A full disk, a folder that may not be written, a git that fails: nothing was written, and git says what it is. */
const isTrouble = (error: unknown) =>
  error instanceof GitError ||
  error instanceof GitTimeout ||
  (error instanceof Error && "code" in error && "syscall" in error);

const allOf = (births: readonly Birth[]) => new Set(births.map(({ ref }) => ref));

/** The lines that references would have, by name; without those whose object is missing or is nothing for their kind. */
async function linesOf(repository: Repository, births: readonly Birth[]): Promise<Map<string, PackedLine>> {
  const oids = [...new Set(births.map(({ new: oid }) => oid))];
  const { stdout } = await git(repository.dir, ["cat-file", "--batch-check=%(objectname) %(objecttype)"], {
    input: oids.map((oid) => `${oid}^{}\n`).join(""),
    deadline: 120_000,
  });
  const answers = stdout.toString("latin1").split("\n");
  const found = new Map(
    oids.map((oid, index) => {
      const [object = "", type = ""] = (answers[index] ?? "").split(" ");
      return [oid, { object, type }];
    }),
  );
  const lines = new Map<string, PackedLine>();
  for (const { ref, new: oid } of births) {
    const { object = "", type = "missing" } = found.get(oid) ?? {};
    if (!/^(?:commit|tree|blob)$/.test(type) || ofWorkTree.test(ref)) continue;
    if (ref.startsWith("refs/heads/") && (type !== "commit" || object !== oid)) continue;
    const name = Buffer.from(ref).toString("latin1");
    lines.set(ref, { name, text: `${oid} ${name}\n${object === oid ? "" : `^${object}\n`}` });
  }
  return lines;
}

/** Of `a` and `a/b` only one can be. */
function leaveAmongThemselves(lines: ReadonlyMap<string, PackedLine>, left: Set<string>): void {
  for (const ref of lines.keys())
    for (const above of namesAbove(ref)) if (lines.has(above)) left.add(ref).add(above);
}

/** The names that cannot be references when this one is: `refs/heads/a` and `refs/heads/a/b` for `refs/heads/a/b/c`. */
function namesAbove(ref: string): string[] {
  const names: string[] = [];
  const start = ref.indexOf("/", "refs/".length);
  if (start === -1) return names;
  for (let at = ref.indexOf("/", start + 1); at !== -1; at = ref.indexOf("/", at + 1))
    names.push(ref.slice(0, at));
  return names;
}

async function lockNames(
  locks: ManyLocks,
  lines: ReadonlyMap<string, PackedLine>,
  left: Set<string>,
): Promise<void> {
  const births = [...lines.keys()].filter((ref) => !left.has(ref));
  const above = new Set(births.flatMap(namesAbove));
  const missed = new Set(await locks.take([...above].toSorted()));
  for (const ref of births) if (namesAbove(ref).some((name) => missed.has(name))) left.add(ref);
  for (const ref of await locks.take(births.filter((one) => !left.has(one)))) left.add(ref);
}

/** Everything is locked, the file too. Answers what was not written; throws only when nothing was. */
async function writeAll(
  repository: Repository,
  births: readonly Birth[],
  lines: ReadonlyMap<string, PackedLine>,
  left: Set<string>,
  all: boolean,
): Promise<ReadonlySet<string>> {
  const file = path.join(repository.dir, packed);
  const before = readPackedLines(await contentOf(file));
  if (!before) return allOf(births);
  leavePacked(before, lines, left);
  await leaveLoose(repository, lines, left);
  let written = false;
  try {
    for (;;) {
      const taken = all && left.size > 0 ? [] : [...lines].filter(([ref]) => !left.has(ref));
      if (taken.length === 0 && !written) return left;
      await replace(
        repository,
        file,
        mergePacked(
          before,
          taken.map(([, line]) => line),
        ),
      );
      written = true;
      const known = left.size;
      await leaveLoose(repository, lines, left);
      // What somebody made at the same moment stays theirs: written once more without it.
      if (taken.length === 0 || left.size === known) return left;
    }
  } catch (error) {
    if (!written) throw error;
    // Only the file itself knows.
    const { refs } = await readRefs(repository);
    return allOf(births.filter((birth) => refs.get(birth.ref)?.oid !== birth.new));
  }
}

async function contentOf(file: string): Promise<string> {
  return readFile(file, "latin1").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return "";
  });
}

async function replace(repository: Repository, file: string, content: string): Promise<void> {
  const note = await writeNote(repository, Buffer.from(content, "latin1"));
  try {
    await rename(note, file);
  } catch (error) {
    await unlink(note).catch(() => undefined);
    throw error;
  }
}

/** Those that are packed already, or cannot be beside one that is. */
function leavePacked(
  before: readonly PackedLine[],
  lines: ReadonlyMap<string, PackedLine>,
  left: Set<string>,
): void {
  const names = new Map([...lines].map(([ref, { name }]) => [name, ref]));
  const known = new Set<string>();
  for (const { name } of before) {
    known.add(name);
    for (const taken of [name, ...namesAbove(name)]) {
      const ref = names.get(taken);
      if (ref !== undefined) left.add(ref);
    }
  }
  for (const [ref, { name }] of lines) if (namesAbove(name).some((above) => known.has(above))) left.add(ref);
}

/** Those that are files already, or folders of others. Their own locks stand beside them. */
async function leaveLoose(
  repository: Repository,
  lines: ReadonlyMap<string, PackedLine>,
  left: Set<string>,
): Promise<void> {
  const folders = new Set([...lines.keys()].map((ref) => ref.slice(0, ref.lastIndexOf("/"))));
  for (const folder of folders)
    for (const entry of await entriesOf(path.join(repository.dir, folder))) {
      const ref = `${folder}/${entry.name}`;
      if (!lines.has(ref) || left.has(ref)) continue;
      if (!entry.isDirectory() || (await holdsFiles(path.join(repository.dir, ref)))) left.add(ref);
    }
}

async function holdsFiles(folder: string): Promise<boolean> {
  for (const entry of await entriesOf(folder))
    if (!entry.isDirectory() || (await holdsFiles(path.join(folder, entry.name)))) return true;
  return false;
}

async function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw error;
  });
}
