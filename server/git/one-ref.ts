/**
 * Moving one branch that stands, as git does it (refs/files-backend.c) but without a process: take `<name>.lock`, look that the
 * reference is where it should be, write the log, rename the lock over the reference.
 * The lock names its process (lock-notes.ts).
 */
import { appendFile, link, mkdir, readFile, rename, unlink } from "node:fs/promises";
import path from "node:path";
import { unlinkSame, writeNote } from "./lock-notes.ts";
import { isObjectId, isZeroId, type Repository } from "./object-ids.ts";
import { readRefs } from "./ref-cache.ts";
import { parseLooseRef } from "./ref-files.ts";
import { refFailure, type RefFailure } from "./ref-failures.ts";

const logged = "logs";

export interface OneMove {
  readonly ref: string;
  readonly old: string;
  readonly new: string;
  /** What stands in the log behind the ids: who, and why. */
  readonly who: { readonly name: string; readonly email: string };
  readonly reason: string;
}

/**
 * Moves a reference to a commit that is known to be whole and there. Null when git should do it: the reference is new, is a
 * link to another one, or somebody holds its lock.
 */
export async function moveOneRef(
  repository: Repository,
  move: OneMove,
): Promise<{ readonly failure: RefFailure | null } | null> {
  if (![move.old, move.new].every((id) => isObjectId(id) && !isZeroId(id))) return null;
  const file = path.join(repository.dir, move.ref);
  const lock = `${file}.lock`;
  const note = await writeNote(repository, `${move.new}\n`);
  try {
    if (!(await took(note, lock))) return null;
    try {
      const now = await standing(repository, move.ref);
      if (now === null) return null;
      if (now !== move.old) return { failure: refFailure("stale") };
      await log(repository, move);
      await rename(lock, file);
      return { failure: null };
    } finally {
      // After the rename there is none of ours, and another one's is not the file that we noted.
      await unlinkSame(lock, note);
    }
  } catch (error) {
    return { failure: refFailure("failed", String(error)) };
  } finally {
    await unlink(note).catch(() => undefined);
  }
}

async function took(note: string, lock: string): Promise<boolean> {
  try {
    await link(note, lock);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Taken by somebody, a folder that is not there (packed references), a file where a folder should be, no links here.
    if (code === "EEXIST" || code === "ENOENT" || code === "ENOTDIR" || code === "EPERM") return false;
    throw error;
  }
}

/** Where a reference is while its lock is held; null for what is not simply a branch in a file or a packed one. */
async function standing(repository: Repository, ref: string): Promise<string | null> {
  const file = path.join(repository.dir, ref);
  try {
    const value = parseLooseRef(await readFile(file, "utf8"));
    return value && "oid" in value ? value.oid : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") return null;
  }
  return (await readRefs(repository)).refs.get(ref)?.oid ?? null;
}

async function log(repository: Repository, move: OneMove): Promise<void> {
  const seconds = Math.floor(Date.now() / 1000);
  const line = `${move.old} ${move.new} ${move.who.name} <${move.who.email}> ${seconds} +0000\t${move.reason}\n`;
  await append(path.join(repository.dir, logged, move.ref), line);
  const head = await readFile(path.join(repository.dir, "HEAD"), "utf8").catch(() => "");
  const value = parseLooseRef(head);
  // What HEAD stands for has moved along; git tells that there too.
  if (value && "target" in value && value.target === move.ref)
    await append(path.join(repository.dir, logged, "HEAD"), line);
}

async function append(file: string, line: string): Promise<void> {
  try {
    await appendFile(file, line);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    await mkdir(path.dirname(file), { recursive: true });
    await appendFile(file, line);
  }
}
