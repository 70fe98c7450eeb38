import { join } from "node:path";
import type { Blobs } from "./blobs.ts";
import { openFileBlobs } from "./file-blobs.ts";
import type { S3Settings } from "./s3-blobs.ts";

export {
  BlobError,
  type BlobRange,
  type Blobs,
  type BlobSource,
  type PutOptions,
  type StoredBlob,
} from "./blobs.ts";
export type { S3Settings } from "./s3-blobs.ts";

/** The blobs of an instance: in its data folder, or in a bucket when one is configured. */
export async function openBlobs(config: { dataDir: string; s3?: S3Settings | null }): Promise<Blobs> {
  if (!config.s3) return openFileBlobs(join(config.dataDir, "blobs"));
  const { openS3Blobs } = await import("./s3-blobs.ts");
  return openS3Blobs(config.s3, join(config.dataDir, "blob-drafts"));
}
