/** Locks of references whose owners are gone. */
import { rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "./object-ids.ts";
import { releaseDead } from "./lock-notes.ts";

// git() ends every process after its deadline of seconds, so the owner of a lock this old is dead.
const staleLock = 10 * 60_000;

/** Removes locks that a killed process left; true when there was one. Without this the branch would be stuck forever. */
export async function removeStaleLocks(repository: Repository, refs: readonly string[]): Promise<boolean> {
  let removed = await releaseDead(repository);
  for (const name of [...refs, "packed-refs"]) {
    const lock = path.join(repository.dir, `${name}.lock`);
    const found = await stat(lock).catch(() => null);
    if (!found?.isFile() || Date.now() - found.mtimeMs < staleLock) continue;
    // Moved aside first: of two processes that saw the same old lock, only one finds it.
    const aside = path.join(repository.dir, `stale-${process.pid}-${found.ino}.lock`);
    await rename(lock, aside).then(
      () => (removed = true),
      () => undefined,
    );
    await rm(aside, { force: true });
  }
  return removed;
}
