/** The text of a unified diff of one file: cutting it out of git's answer and reading its hunks. */
import { isUtf8 } from "node:buffer";
import { utf8 } from "./paths.ts";

export interface DiffLine {
  readonly kind: "context" | "added" | "deleted";
  /** Line numbers from 1; null on the side that lacks the line. */
  readonly old: number | null;
  readonly new: number | null;
  /** Without its line feed; a carriage return before it stays. */
  readonly text: string;
  /** The file ends here without a newline. */
  readonly noNewline?: true;
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** The enclosing function or section, as git guessed it. */
  readonly heading: string;
  readonly lines: readonly DiffLine[];
}

/** The part of a patch that belongs to one file. */
export interface PatchSection {
  /** Its first line, bytes as Latin-1. */
  readonly header: string;
  /** The whole part; null when it is larger than accepted. */
  readonly bytes: Buffer | null;
  /** Of the whole part, however large. */
  readonly count: LineCount;
}

/** What `git diff --numstat` would say. */
export interface LineCount {
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
}

const [newline, at, plus, minus, letterB] = [0x0a, 0x40, 0x2b, 0x2d, 0x42] as const;

/**
 * Counts the lines of one file's part as it passes. git would count them in a run of its own over the same files, at the price of the
 * whole comparison once more.
 */
class LineCounter {
  additions = 0;
  deletions = 0;
  binary = false;
  #inHunks = false;
  #atStart = true;

  add(part: Buffer): void {
    for (let from = 0; from < part.length;) {
      if (this.#atStart) this.#line(part[from]);
      const end = part.indexOf(newline, from);
      this.#atStart = end >= 0;
      from = end < 0 ? part.length : end + 1;
    }
  }

  #line(first: number | undefined): void {
    if (first === at) this.#inHunks = true;
    else if (!this.#inHunks) this.binary ||= first === letterB;
    else if (first === plus) this.additions += 1;
    else if (first === minus) this.deletions += 1;
  }
}

const marker = Buffer.from("\ndiff --git ");
const headerBytes = 20_000;

/** Cuts a patch into the parts of its files, keeping at most `maxBytes` of one. No line inside a hunk begins with `d`. */
export async function* patchSections(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<PatchSection, void, void> {
  let parts: Buffer[] = [];
  let size = 0;
  let carry: Buffer = Buffer.alloc(0);
  let counter = new LineCounter();
  const add = (part: Buffer) => {
    counter.add(part);
    if (size < Math.max(maxBytes, headerBytes)) parts.push(part);
    size += part.length;
  };
  const finish = (): PatchSection => {
    const bytes = Buffer.concat(parts);
    const line = bytes.indexOf(0x0a);
    const section = {
      header: bytes.toString("latin1", 0, line < 0 ? bytes.length : line),
      bytes: size > maxBytes ? null : bytes,
      count: { additions: counter.additions, deletions: counter.deletions, binary: counter.binary },
    };
    counter = new LineCounter();
    parts = [];
    size = 0;
    return section;
  };
  for await (const chunk of chunks) {
    const data = carry.length ? Buffer.concat([carry, chunk]) : chunk;
    let from = 0;
    for (let at = data.indexOf(marker); at >= 0; at = data.indexOf(marker, from)) {
      add(data.subarray(from, at + 1));
      yield finish();
      from = at + 1;
    }
    const held = Math.max(from, data.length - marker.length + 1);
    add(data.subarray(from, held));
    carry = data.subarray(held);
  }
  add(carry);
  if (size > 0) yield finish();
}

export interface ParsedHunks {
  readonly hunks: Hunk[];
  /** Of all lines together; `latin1` as soon as one is not valid UTF-8. */
  readonly encoding: "utf-8" | "latin1";
  readonly lines: number;
}

/** Reads the hunks of one part of a patch; none for binary files and pure renames. */
export function parseHunks(section: Buffer): ParsedHunks {
  const start = section.indexOf("@@ ") === 0 ? 0 : section.indexOf("\n@@ ") + 1;
  if (start === 0 && section[0] !== 0x40) return { hunks: [], encoding: "utf-8", lines: 0 };
  const body = section.subarray(start);
  return isUtf8(body) ? readHunks(body.toString("utf8"), "utf-8") : readMixedHunks(body);
}

/** A text that is one in all its lines is decoded as a whole: a large change has ten thousands of them. */
function readHunks(body: string, encoding: ParsedHunks["encoding"]): ParsedHunks {
  const reader = new HunkReader();
  for (let at = 0; at < body.length;) {
    let end = body.indexOf("\n", at);
    if (end < 0) end = body.length;
    const sign = body.charCodeAt(at);
    if (sign === 0x40) reader.header(body.slice(at, end));
    else reader.line(sign, body.slice(at + 1, end));
    at = end + 1;
  }
  return { hunks: reader.hunks, encoding, lines: reader.count };
}

/** Perhaps only a heading that was cut within a character is not UTF-8. */
function readMixedHunks(body: Buffer): ParsedHunks {
  const rows = splitLines(body);
  const plain = (row: Buffer) => row[0] !== 0x40;
  const encoding = rows.every((row) => !plain(row) || isUtf8(row)) ? "utf-8" : "latin1";
  const reader = new HunkReader();
  for (const row of rows)
    if (plain(row)) reader.line(row[0] ?? 0, row.toString(encoding === "utf-8" ? "utf8" : "latin1").slice(1));
    else reader.header(heading(row));
  return { hunks: reader.hunks, encoding, lines: reader.count };
}

/** Headings are cut at 80 bytes by git, perhaps within a character. */
function heading(row: Buffer): string {
  return (utf8(row) ?? new TextDecoder().decode(row)).replace(/\uFFFD$/, "");
}

class HunkReader {
  readonly hunks: Hunk[] = [];
  count = 0;
  #lines: DiffLine[] = [];
  #old = 0;
  #new = 0;

  header(text: string): void {
    const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/su.exec(text);
    if (!match) throw new Error("a hunk header is malformed");
    const [oldStart, newStart] = [Number(match[1]), Number(match[3])];
    this.#lines = [];
    [this.#old, this.#new] = [oldStart, newStart];
    this.hunks.push({
      oldStart,
      oldLines: Number(match[2] ?? 1),
      newStart,
      newLines: Number(match[4] ?? 1),
      heading: match[5] ?? "",
      lines: this.#lines,
    });
  }

  line(sign: number, text: string): void {
    if (sign === 0x5c) {
      const last = this.#lines.pop();
      if (last) this.#lines.push({ ...last, noNewline: true });
      return;
    }
    this.count += 1;
    if (sign === 0x2b) this.#lines.push({ kind: "added", old: null, new: this.#new++, text });
    else if (sign === 0x2d) this.#lines.push({ kind: "deleted", old: this.#old++, new: null, text });
    else this.#lines.push({ kind: "context", old: this.#old++, new: this.#new++, text });
  }
}

function splitLines(bytes: Buffer): Buffer[] {
  const rows: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    let end = bytes.indexOf(0x0a, at);
    if (end < 0) end = bytes.length;
    rows.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return rows;
}

/** The hunks as text again, from the first `@@` on, without a newline at the end: GitHub's `patch` field. */
export function patchText(hunks: readonly Hunk[]): string {
  const signs = { context: " ", added: "+", deleted: "-" } as const;
  const span = (start: number, lines: number) => (lines === 1 ? `${start}` : `${start},${lines}`);
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, heading, lines }) => {
      const head = `@@ -${span(oldStart, oldLines)} +${span(newStart, newLines)} @@`;
      const body = lines.map(
        ({ kind, text, noNewline }) =>
          `\n${signs[kind]}${text}${noNewline ? "\n\\ No newline at end of file" : ""}`,
      );
      return `${head}${heading === "" ? "" : ` ${heading}`}${body.join("")}`;
    })
    .join("\n");
}
