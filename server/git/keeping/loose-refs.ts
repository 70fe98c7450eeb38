/** References that lie one in a file, and how they become lines of one file. */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { releaseDead } from "../lock-notes.ts";
import type { Repository } from "../object-ids.ts";
import { care, type CareOptions } from "./care.ts";

/**
 * Loose references from which on packing them pays. Each folder of references costs a `stat` for every reading of them, and each
 * loose one a reading of its file after a change in its folder.
 */
const enough = 100;

/**
 * Moves loose references into `packed-refs` when there are many of them; answers whether it did. Writers and readers go on: git
 * writes the packed file before it removes a loose one, and removes none that moved meanwhile. Throws GitError, GitTimeout.
 */
export async function packRefs(repo: Repository, options: CareOptions): Promise<boolean> {
  if ((await countLoose(path.join(repo.dir, "refs"), enough)) < enough) return false;
  // A killed process may have left the lock that git is about to take.
  await releaseDead(repo);
  // Shorter than the age at which a lock of `packed-refs` counts as left behind (ref-updates.ts).
  await care(repo, ["pack-refs", "--all", "--prune"], {
    ...options,
    deadline: 5 * 60_000,
    prompt: true,
  });
  return true;
}

/** The files below a folder; stops counting at `limit`. */
async function countLoose(folder: string, limit: number): Promise<number> {
  let count = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    count += entry.isDirectory() ? await countLoose(path.join(folder, entry.name), limit - count) : 1;
    if (count >= limit) break;
  }
  return count;
}
