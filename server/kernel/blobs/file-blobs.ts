import { access, mkdir, open, rename, stat, unlink, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { blobNotFound, blobPath, type Blobs } from "./blobs.ts";
import { discardAbandonedDrafts, discardDraft, writeDraft } from "./draft.ts";

/**
 * Blobs as files below `root`, readable by their owner only. A blob appears under its name complete and synced, or
 * not at all, also when the power fails.
 */
export async function openFileBlobs(root: string): Promise<Blobs> {
  const drafts = join(root, "drafts");
  await mkdir(root, { recursive: true, mode: 0o700 });
  await discardAbandonedDrafts(drafts);
  const pathOf = (sha256: string) => join(root, blobPath(sha256));

  return {
    async put(content, options) {
      const draft = await writeDraft(drafts, content, options);
      const { sha256, size } = draft;
      const path = pathOf(sha256);
      try {
        if (await touch(path)) return { sha256, size };
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await rename(draft.path, path);
        for (const folder of [dirname(path), dirname(dirname(path)), root]) await sync(folder);
        return { sha256, size };
      } finally {
        await discardDraft(draft.path);
      }
    },
    async get(sha256, range) {
      const file = await open(pathOf(sha256), "r").catch(absent);
      if (!file) throw blobNotFound(sha256);
      const { offset = 0, length } = range ?? {};
      if (length === 0) {
        await file.close();
        return Readable.from([]);
      }
      return file.createReadStream(
        length === undefined ? { start: offset } : { start: offset, end: offset + length - 1 },
      );
    },
    async has(sha256) {
      return access(pathOf(sha256)).then(
        () => true,
        (error: NodeJS.ErrnoException) => absent(error) !== null,
      );
    },
    async stat(sha256) {
      const found = await stat(pathOf(sha256)).catch(absent);
      return found && { size: found.size };
    },
    async delete(sha256) {
      await unlink(pathOf(sha256)).catch(absent);
    },
  };
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}

/** Whether the file is there; its time becomes now, so that whoever collects unused blobs by age spares it. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    (error: NodeJS.ErrnoException) => absent(error) !== null,
  );
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
