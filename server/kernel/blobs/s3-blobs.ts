import { open, type FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { blobNotFound, blobPath, type Blobs } from "./blobs.ts";
import { discardAbandonedDrafts, discardDraft, type Draft, writeDraft } from "./draft.ts";

/** A bucket of Amazon S3 or of a server that speaks its API. */
export type S3Settings = {
  bucket: string;
  region?: string;
  /** The server, when it is not Amazon's; its buckets are then addressed by path. */
  endpoint?: string;
  /** What names in the bucket begin with, for instance `wit/`. */
  prefix?: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Bytes of one part of a multipart upload, at least 5 MiB; content up to this size is sent at once. 16 MiB by default. */
  partSize?: number;
};

/** Multipart uploads have at most 10,000 parts. */
const mostParts = 10_000;

/**
 * Blobs as objects of a bucket. Content passes through a private file in `drafts`, since its name is known only when
 * all of it was read.
 */
export async function openS3Blobs(settings: S3Settings, drafts: string): Promise<Blobs> {
  const client = new S3Client({
    region: settings.region ?? "us-east-1",
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    ...(settings.endpoint === undefined ? {} : { endpoint: settings.endpoint, forcePathStyle: true }),
    // Other servers than Amazon's often lack the checksums that are the default.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const { bucket: Bucket, partSize = 16 * 1024 * 1024 } = settings;
  const keyOf = (sha256: string) => `${settings.prefix ?? ""}${blobPath(sha256)}`;
  await discardAbandonedDrafts(drafts);

  async function stat(sha256: string): Promise<{ size: number } | null> {
    const found = await client.send(new HeadObjectCommand({ Bucket, Key: keyOf(sha256) })).catch(absent);
    return found && { size: found.ContentLength ?? 0 };
  }

  async function upload({ path, sha256, size }: Draft): Promise<void> {
    const file = await open(path, "r");
    try {
      const Key = keyOf(sha256);
      if (size <= partSize) {
        const Body = await readAt(file, 0, size);
        await client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: "*" })).catch(lostRace);
      } else {
        await uploadParts(file, Key, size);
      }
    } finally {
      await file.close();
    }
  }

  async function uploadParts(file: FileHandle, Key: string, size: number): Promise<void> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const target = { Bucket, Key, UploadId };
    try {
      const step = Math.max(partSize, Math.ceil(size / mostParts));
      const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
      for (let at = 0; at < size; at += step) {
        const PartNumber = Parts.length + 1;
        const Body = await readAt(file, at, Math.min(step, size - at));
        const { ETag } = await client.send(new UploadPartCommand({ ...target, PartNumber, Body }));
        Parts.push({ PartNumber, ETag });
      }
      await client.send(
        new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts }, IfNoneMatch: "*" }),
      );
    } catch (error) {
      // Parts of an upload that is neither completed nor aborted are stored, and billed, for ever.
      await client.send(new AbortMultipartUploadCommand(target)).catch(() => undefined);
      lostRace(error);
    }
  }

  return {
    stat,
    has: async (sha256) => (await stat(sha256)) !== null,
    async put(content, options) {
      const draft = await writeDraft(drafts, content, options);
      try {
        if (!(await stat(draft.sha256))) await upload(draft);
        return { sha256: draft.sha256, size: draft.size };
      } finally {
        await discardDraft(draft.path);
      }
    },
    async get(sha256, range) {
      const { offset = 0, length } = range ?? {};
      if (length === 0) return Readable.from([]);
      const Range = range && `bytes=${offset}-${length === undefined ? "" : offset + length - 1}`;
      try {
        const found = await client
          .send(new GetObjectCommand({ Bucket, Key: keyOf(sha256), Range }))
          .catch(absent);
        if (!found) throw blobNotFound(sha256);
        return found.Body as Readable;
      } catch (error) {
        if (statusOf(error) === 416) return Readable.from([]);
        throw error;
      }
    },
    async delete(sha256) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(sha256) })).catch(absent);
    },
  };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error("A draft was cut off while it was sent.");
  return buffer;
}

function statusOf(error: unknown): number {
  return error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
}

function absent(error: unknown): null {
  if (statusOf(error) === 404) return null;
  throw error;
}

/** Another writer was first; under this name it can only have stored the same content. */
function lostRace(error: unknown): void {
  if (statusOf(error) !== 412) throw error;
}
