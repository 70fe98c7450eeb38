/** Files as people read them: text or not, in which encoding, how many lines. */
import type { Repository } from "./object-ids.ts";
import { MissingObject, readObject } from "./objects.ts";
import { utf8 } from "./paths.ts";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "latin1";

/** A Git LFS pointer file (git-lfs spec.md, version 1). */
export interface LfsPointer {
  /** SHA-256 of the content, in hexadecimal. */
  readonly oid: string;
  /** Bytes of the content. */
  readonly size: number;
}

export interface Blob {
  readonly oid: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** The file, or its first `maxBytes` bytes. */
  readonly bytes: Buffer;
  readonly truncated: boolean;
  readonly binary: boolean;
  /** Null for binary files. `latin1` is a guess for what is not valid UTF-8. */
  readonly encoding: TextEncoding | null;
  /** Null for binary files; without the byte order mark. */
  readonly text: string | null;
  /** Lines of `text`; a last line without a newline counts. 0 for binary files. */
  readonly lines: number;
  readonly lfs: LfsPointer | null;
}

/** Bytes of a file shown as text unless told otherwise. */
export const shownBytes = 1024 * 1024;

/** Reads a file, or its beginning when it is larger than `maxBytes` (1 MiB unless told). Throws MissingObject. */
export async function readBlob(
  repo: Repository,
  oid: string,
  options: { readonly maxBytes?: number } = {},
): Promise<Blob> {
  const maxBytes = options.maxBytes ?? shownBytes;
  const answer = await readObject(repo, oid, { maxBytes, truncate: true });
  if (answer?.type !== "blob") throw new MissingObject(oid, "blob");
  const { size, data: bytes } = answer;
  const decoded = decodeText(bytes, bytes.length < size);
  return {
    oid,
    size,
    bytes,
    truncated: bytes.length < size,
    binary: decoded === null,
    encoding: decoded?.encoding ?? null,
    text: decoded?.text ?? null,
    lines: decoded ? countLines(decoded.text) : 0,
    lfs: bytes.length === size ? lfsPointer(bytes) : null,
  };
}

/** Whether git calls a content binary: a NUL among its first 8000 bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

/** A text with its encoding, or null for binary content. `cut` says that the end of the content is missing. */
export function decodeText(
  bytes: Uint8Array,
  cut = false,
): { readonly text: string; readonly encoding: TextEncoding } | null {
  const [first, second] = bytes;
  const marked =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  if (marked) return { text: new TextDecoder(marked).decode(bytes), encoding: marked };
  if (isBinary(bytes)) return null;
  const text = utf8(cut ? wholeCharacters(bytes) : bytes);
  if (text !== null) return { text: text.replace(/^\uFEFF/, ""), encoding: "utf-8" };
  return { text: Buffer.from(bytes).toString("latin1"), encoding: "latin1" };
}

function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
      return length > back ? bytes.subarray(0, bytes.length - back) : bytes;
    }
  }
  return bytes;
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return text === "" || text.endsWith("\n") ? lines : lines + 1;
}

/** Bytes of the longest pointer. */
export const pointerBytes = 1024;

/** The pointer a file holds instead of its content, or null. */
export function lfsPointer(bytes: Uint8Array): LfsPointer | null {
  if (bytes.length > pointerBytes) return null;
  const text = utf8(bytes);
  if (!text?.startsWith("version https://git-lfs.github.com/spec/v1\n")) return null;
  const oid = /\noid sha256:([0-9a-f]{64})\n/.exec(text)?.[1];
  const size = /\nsize (\d{1,15})\n/.exec(text)?.[1];
  return oid && size ? { oid, size: Number(size) } : null;
}
