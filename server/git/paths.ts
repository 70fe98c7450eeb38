/**
 * File names are bytes in git and text everywhere else.
 *
 * A path is a string in which every byte that is not part of valid UTF-8 stands as one private-use character
 * (U+10FE00 + byte, so U+10FE80 to U+10FEFF); a name that really holds one of those characters is written byte by
 * byte in the same way. So two different names never share a string, the string is well-formed Unicode that passes
 * through URLs, JSON and PostgreSQL, and `encodePath` gives the exact bytes back.
 */
const firstEscape = 0x10fe80;
const lastEscape = 0x10feff;
const escapeOffset = 0x10fe00;
const escapes = /[\u{10FE80}-\u{10FEFF}]/u;
const everyEscape = /[\u{10FE80}-\u{10FEFF}]/gu;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes that are valid UTF-8 as text, otherwise null. A byte order mark is kept. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** A name of git as a path string. */
export function decodePath(bytes: Uint8Array): string {
  const text = utf8(bytes);
  if (text !== null && !escapes.test(text)) return text;
  let decoded = "";
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    const character = utf8(bytes.subarray(at, at + length));
    if (character !== null && !escapes.test(character)) {
      decoded += character;
      at += length;
    } else {
      decoded += byte < 0x80 ? String.fromCharCode(byte) : String.fromCodePoint(escapeOffset + byte);
      at += 1;
    }
  }
  return decoded;
}

/** The bytes of a path string. */
export function encodePath(path: string): Buffer {
  if (!escapes.test(path)) return Buffer.from(path, "utf8");
  const parts: Buffer[] = [];
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    parts.push(
      code >= firstEscape && code <= lastEscape
        ? Buffer.from([code - escapeOffset])
        : Buffer.from(character, "utf8"),
    );
  }
  return Buffer.concat(parts);
}

/** Whether a path holds bytes that are not UTF-8. */
export function hasRawBytes(path: string): boolean {
  return escapes.test(path);
}

/** A path for people: bytes that are not UTF-8 appear as git shows them, `\351`. Not reversible. */
export function displayPath(path: string): string {
  return path.replace(
    everyEscape,
    (character) => `\\${((character.codePointAt(0) ?? 0) - escapeOffset).toString(8).padStart(3, "0")}`,
  );
}

/** The segments of a path that can be looked up in a tree (relative, no empty, `.` or `..` segment, no NUL), or null. */
export function segments(path: string): string[] | null {
  if (path === "") return [];
  const parts = path.split("/");
  return path.includes("\0") || parts.some((part) => part === "" || part === "." || part === "..")
    ? null
    : parts;
}

/** A path that git 2.39 cannot be given: arguments must be UTF-8, and lists of paths end at a newline. */
export class UnspeakablePath extends Error {
  override readonly name = "UnspeakablePath";
}

/** The environment under which pathspecs have no magic. */
export const literalPaths = { GIT_LITERAL_PATHSPECS: "1" } as const;

/**
 * How to limit `log` or `rev-list` to one path: arguments, or a list on standard input for names that are not UTF-8.
 * Use together with `literalPaths`. An empty path means no limit.
 */
export function limitToPath(path: string): { readonly args: readonly string[]; readonly input?: Buffer } {
  if (path === "") return { args: ["--"] };
  if (!hasRawBytes(path)) return { args: ["--", path] };
  if (path.includes("\n")) throw new UnspeakablePath("a path with raw bytes and a newline");
  return {
    args: ["--stdin"],
    input: Buffer.concat([Buffer.from("--\n"), encodePath(path), Buffer.from("\n")]),
  };
}
