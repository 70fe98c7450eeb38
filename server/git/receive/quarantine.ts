/**
 * A place inside a repository for objects that nobody trusts yet.
 *
 * Reads under its environment see the repository and the new objects, everybody else sees only the repository. The
 * folder lies beside the objects, so accepting means renaming; its name is the one that `git prune` cleans up too.
 */
import { mkdir, mkdtemp, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../object-ids.ts";
import { quotedPath } from "../quoting.ts";

const prefix = "tmp_objdir-incoming-";

export interface Quarantine {
  /** For git commands that should see the new objects; makes git refuse to move references meanwhile. */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Waits until the objects are on the disk. Begun when they have arrived and awaited when they are about to count, it
   * costs nothing: they are checked meanwhile.
   */
  flush(): Promise<void>;
  /** Makes the objects part of the repository. */
  migrate(): Promise<void>;
  /** Deletes what has not been migrated; once, however often it is asked for. */
  remove(): Promise<void>;
}

export async function openQuarantine(repository: Repository): Promise<Quarantine> {
  const objects = path.join(repository.dir, "objects");
  const dir = await mkdtemp(path.join(objects, prefix));
  await mkdir(path.join(dir, "pack"));
  let removed: Promise<void> | undefined;
  return {
    env: {
      GIT_OBJECT_DIRECTORY: dir,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: quotedPath(objects),
      GIT_QUARANTINE_PATH: dir,
    },
    flush: () => flush(path.join(dir, "pack")),
    migrate: () => migrate(dir, objects),
    remove: () => (removed ??= rm(dir, { recursive: true, force: true, maxRetries: 3 })),
  };
}

/** Deletes quarantines that a crash left and that are older than `age` milliseconds; answers how many. */
export async function removeStaleQuarantines(repository: Repository, age: number): Promise<number> {
  const objects = path.join(repository.dir, "objects");
  let removed = 0;
  for (const name of await readdir(objects)) {
    if (!name.startsWith(prefix)) continue;
    const folder = path.join(objects, name);
    const found = await stat(folder).catch(() => null);
    if (!found || Date.now() - found.mtimeMs < age) continue;
    await rm(folder, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

async function flush(folder: string): Promise<void> {
  await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const file = await open(path.join(folder, name), "r");
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    }),
  );
}

async function migrate(from: string, to: string): Promise<void> {
  for (const folder of await readdir(from, { withFileTypes: true })) {
    if (!folder.isDirectory()) continue;
    const target = path.join(to, folder.name);
    await mkdir(target, { recursive: true });
    const files = (await readdir(path.join(from, folder.name))).filter((name) => !name.startsWith("tmp_"));
    // A pack exists for readers as soon as its index does.
    files.sort((a, b) => Number(a.endsWith(".idx")) - Number(b.endsWith(".idx")));
    for (const name of files)
      await moveUnlessThere(path.join(from, folder.name, name), path.join(target, name));
  }
}

// Files are named by their content: what is there already is the same, and others may have it open.
async function moveUnlessThere(from: string, to: string): Promise<void> {
  if (await stat(to).catch(() => null)) return;
  await rename(from, to);
}
