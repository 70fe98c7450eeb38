/**
 * Moving one branch that stands, as git does it (refs/files-backend.c) but without a process: take `<name>.lock`, look that the
 * reference is where it should be, write the log, rename the lock over the reference.
 *
 * git's lock says nothing of its owner. Ours is a link to a note below `wit-moves/` that names the process, so that the lock of
 * one that was killed is known as such at once, instead of after minutes.
 */
import { readFileSync } from "node:fs";
import {
  appendFile,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  stat,
  unlink,
} from "node:fs/promises";
import path from "node:path";
import { isObjectId, isZeroId, type Repository } from "./object-ids.ts";
import { readRefs } from "./ref-cache.ts";
import { parseLooseRef } from "./ref-files.ts";
import { refFailure, type RefFailure } from "./ref-failures.ts";

const notes = "wit-moves";
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

/** The new value, on the disk, in a file that names this process. */
async function writeNote(repository: Repository, text: string): Promise<string> {
  const folder = path.join(repository.dir, notes);
  const note = path.join(folder, `${owner}.${(lastNote += 1)}`);
  const handle = await open(note, "wx").catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await mkdir(folder, { recursive: true });
    return open(note, "wx");
  });
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  return note;
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

/** Removes a lock that is the same file as a note. */
async function unlinkSame(lock: string, note: string): Promise<boolean> {
  const [held, noted] = await Promise.all([lock, note].map((file) => lstat(file).catch(() => null)));
  if (!held || !noted || held.ino !== noted.ino || held.dev !== noted.dev) return false;
  await unlink(lock).catch(() => undefined);
  return true;
}

/** Removes the locks of some references that were taken by processes of ours which are gone; true when there was one. */
export async function releaseDead(repository: Repository, refs: readonly string[]): Promise<boolean> {
  const folder = path.join(repository.dir, notes);
  let released = false;
  for (const name of await readdir(folder).catch(() => [])) {
    if (isLiving(name)) continue;
    const note = path.join(folder, name);
    for (const ref of refs)
      if (await unlinkSame(path.join(repository.dir, `${ref}.lock`), note)) released = true;
    // A note that no lock is linked to any more is of no use to anybody.
    const left = await stat(note).catch(() => null);
    if (left?.nlink === 1) await unlink(note).catch(() => undefined);
  }
  return released;
}

let lastNote = 0;
/** A process id comes again after a while; together with the moment of its start it does not. */
const owner = `${process.pid}.${startOf(process.pid)}`;

function isLiving(name: string): boolean {
  const [pid = "", start = ""] = name.split(".");
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startOf(Number(pid)) === start;
}

/** When a process started, in clock ticks since the machine did (proc(5), the 22nd field of `stat`); "0" where nobody tells. */
function startOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  } catch {
    return "0";
  }
}
