/** What processes that were killed left in a repository: half packs, quarantines of pushes, locks. */
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../object-ids.ts";
import { removeStaleQuarantines } from "../receive/quarantine.ts";

/**
 * Whatever is older has no owner: no process of ours outlives its deadline, the longest of which is an hour, and one whose server
 * was killed finds its pipes closed.
 */
export const leftBehindAfterMs = 24 * 3_600_000;

/** Where git puts locks, apart from those beside references. */
const locked = ["", "objects/info", "objects/info/commit-graphs", "objects/pack"];

/** Deletes what was left behind; answers how many files and folders. */
export async function removeLeftovers(repo: Repository): Promise<number> {
  let removed = await removeStaleQuarantines(repo, leftBehindAfterMs);
  removed += await removeOld(path.join(repo.dir, "objects", "pack"), (name) => /^(?:tmp_|\.tmp-)/.test(name));
  for (const folder of locked)
    removed += await removeOld(path.join(repo.dir, folder), (name) => name.endsWith(".lock"));
  for await (const folder of foldersBelow(path.join(repo.dir, "refs")))
    removed += await removeOld(folder, (name) => name.endsWith(".lock"));
  for await (const folder of looseFolders(repo))
    removed += await removeOld(folder, (name) => name.startsWith("tmp_obj_"));
  return removed;
}

async function removeOld(folder: string, isOurs: (name: string) => boolean): Promise<number> {
  let removed = 0;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || !isOurs(entry.name)) continue;
    const file = path.join(folder, entry.name);
    const found = await stat(file).catch(() => null);
    if (!found || Date.now() - found.mtimeMs < leftBehindAfterMs) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

async function* foldersBelow(folder: string): AsyncGenerator<string> {
  yield folder;
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => []))
    if (entry.isDirectory()) yield* foldersBelow(path.join(folder, entry.name));
}

async function* looseFolders(repo: Repository): AsyncGenerator<string> {
  const objects = path.join(repo.dir, "objects");
  yield objects;
  for (const name of await readdir(objects).catch(() => []))
    if (/^[0-9a-f]{2}$/.test(name)) yield path.join(objects, name);
}
