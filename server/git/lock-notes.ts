/**
 * Locks of references that name their owner. git's own say nothing of it. Ours are links to a note below `wit-moves/` that names
 * the process, so that the lock of one that was killed is known as such at once, instead of after minutes.
 */
import { lstatSync, readFileSync, unlinkSync, type Stats } from "node:fs";
import { lstat, mkdir, open, readdir, unlink } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Repository } from "./object-ids.ts";

const notes = "wit-moves";
/** Looks at the disk between which others have their turn. */
const turn = 128;

/** Writes a text into a file that names this process; on the disk when it resolves. Answers where it lies. */
export async function writeNote(repository: Repository, text: string | Buffer): Promise<string> {
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

/** Removes a lock that is the same file as a note. */
export async function unlinkSame(lock: string, note: string): Promise<boolean> {
  const noted = await lstat(note).catch(() => null);
  return noted !== null && unlinkNoted(lock, noted);
}

/** In one go: nobody of this process can take the lock anew between the look and the removal. */
function unlinkNoted(lock: string, noted: Stats): boolean {
  try {
    const held = lstatSync(lock, { throwIfNoEntry: false });
    if (held?.ino !== noted.ino || held.dev !== noted.dev) return false;
    unlinkSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** Removes the locks of references that were taken by processes of ours which are gone; true when there was one. */
export async function releaseDead(repository: Repository): Promise<boolean> {
  const folder = path.join(repository.dir, notes);
  let released = false;
  for (const name of await readdir(folder).catch(() => [])) {
    if (isLiving(name)) continue;
    const note = path.join(folder, name);
    const noted = await lstat(note).catch(() => null);
    if (noted && noted.nlink > 1 && (await releaseLocks(repository, noted))) released = true;
    // A note that no lock is linked to any more is of no use to anybody.
    const left = await lstat(note).catch(() => null);
    if (left?.nlink === 1) await unlink(note).catch(() => undefined);
  }
  return released;
}

/** Where a note has been linked to is not written down anywhere, so all places of locks are looked at. */
async function releaseLocks(repository: Repository, noted: Stats): Promise<boolean> {
  let released = unlinkNoted(path.join(repository.dir, "packed-refs.lock"), noted);
  const folders = [path.join(repository.dir, "refs")];
  let count = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop())
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if ((count += 1) % turn === 0) await nextTurn();
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(file);
      else if (entry.name.endsWith(".lock") && unlinkNoted(file, noted)) released = true;
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
