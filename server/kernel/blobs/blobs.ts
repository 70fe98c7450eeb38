import type { Readable } from "node:stream";

/** Content, named by its SHA-256. What is stored under a name never changes. */
export type Blobs = {
  /**
   * Stores content and answers its name and size in bytes. Storing what is there already costs no space. Nothing is
   * stored when the source fails, holds more than `maxBytes` or is not what `sha256` says. Throws a BlobError.
   */
  put: (content: BlobSource, options?: PutOptions) => Promise<StoredBlob>;
  /**
   * A stream of the content, or of a part of it; a part beyond the end is empty. Throws a BlobError when there is no
   * such blob. The caller must read or destroy the stream.
   */
  get: (sha256: string, range?: BlobRange) => Promise<Readable>;
  has: (sha256: string) => Promise<boolean>;
  /** The size in bytes, or null when there is no such blob. */
  stat: (sha256: string) => Promise<{ size: number } | null>;
  /** Removes a blob; it is no error when it is gone already. The caller knows that nothing refers to it. */
  delete: (sha256: string) => Promise<void>;
};

export type BlobSource = Uint8Array | AsyncIterable<Uint8Array>;
export type StoredBlob = { sha256: string; size: number };
export type PutOptions = { maxBytes?: number; sha256?: string };
/** Both in bytes; without a length to the end. */
export type BlobRange = { offset: number; length?: number };

/** Why a blob was not stored or read, in a sentence that may be shown. */
export class BlobError extends Error {
  override readonly name = "BlobError";
  readonly reason: "not-found" | "too-large" | "mismatch";

  constructor(reason: "not-found" | "too-large" | "mismatch", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The error of asking for a blob that is not there. */
export function blobNotFound(sha256: string): BlobError {
  return new BlobError("not-found", `There is no blob ${sha256}.`);
}

/** The path of a blob below its store, two levels deep. Throws a RangeError for anything but a SHA-256 in hexadecimal. */
export function blobPath(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new RangeError("A blob is named by 64 lower-case hexadecimal digits.");
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}
