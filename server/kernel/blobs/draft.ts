import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { BlobError, type BlobSource, type PutOptions, type StoredBlob } from "./blobs.ts";

/** Content on disk whose name is known but which no store has taken over yet. */
export type Draft = StoredBlob & { path: string };

const abandonedAfter = 24 * 60 * 60 * 1000;

/** Writes content to a private file in `folder` and syncs it. On any failure the file is gone. Throws a BlobError. */
export async function writeDraft(
  folder: string,
  content: BlobSource,
  options: PutOptions = {},
): Promise<Draft> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  const file = await open(path, "wx", 0o600);
  try {
    const hash = createHash("sha256");
    let size = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      size += chunk.byteLength;
      if (size > (options.maxBytes ?? Infinity)) {
        throw new BlobError("too-large", `The content is larger than ${options.maxBytes} bytes.`);
      }
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    const sha256 = hash.digest("hex");
    if (options.sha256 !== undefined && options.sha256 !== sha256) {
      throw new BlobError("mismatch", `The content has the SHA-256 ${sha256}, not ${options.sha256}.`);
    }
    await file.sync();
    await file.close();
    return { path, sha256, size };
  } catch (error) {
    await file.close().catch(() => undefined);
    await discardDraft(path);
    throw error;
  }
}

/** Removes a draft that was not taken over. */
export async function discardDraft(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** Removes drafts that a crash left behind a day ago or longer. */
export async function discardAbandonedDrafts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const age = await stat(path).then(
      (found) => Date.now() - found.mtimeMs,
      () => 0,
    );
    if (age > abandonedAfter) await discardDraft(path);
  }
}
