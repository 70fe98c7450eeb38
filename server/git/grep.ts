/** Looking for text in the files of a commit: `git grep`, bounded in time, in memory and in what it answers. */
import { startLong, type LongEnd } from "./long-process.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { decodePath } from "./paths.ts";
import { GitError, GitTimeout, ProcessSlots } from "./process.ts";

export interface GrepRequest {
  /** The id of the tree to look in, or of one file. Links and submodules are left out, and so is what git calls binary. */
  readonly object: string;
  /** One that `patternProblem` lets pass. */
  readonly pattern: string;
  /** POSIX extended instead of the text as it is. */
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  /** Files with a match to leave out at the beginning. */
  readonly skip: number;
  /** Files with a match to answer. */
  readonly files: number;
  /** Lines to answer of each. */
  readonly lines: number;
  /** Milliseconds to look; five seconds unless told. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

export interface GrepMatch {
  /** Its beginning, at most 300 bytes. */
  readonly text: Buffer;
  readonly length: number;
}

export interface GrepLine {
  /** From 1. */
  readonly line: number;
  /** Where the first match begins, in bytes of the line. */
  readonly start: number;
  /** What matches, from left to right; at most fifty. */
  readonly matches: readonly GrepMatch[];
}

export interface GrepFile {
  /** From the tree looked in; empty when that is the file. */
  readonly path: string;
  readonly lines: readonly GrepLine[];
  /** More of its lines match. */
  readonly more: boolean;
}

export interface GrepResult {
  readonly files: readonly GrepFile[];
  /** More files match. */
  readonly more: boolean;
  /** The time was over before all files were looked at. */
  readonly timedOut: boolean;
}

/** git does not understand the expression; the message says why, in its words. */
export class InvalidPattern extends Error {
  override readonly name = "InvalidPattern";
}

/**
 * Where a line matches, in bytes. git tells the place of the first match; what it says of the others is wrong up to at
 * least 2.39, so they are looked for one behind the other.
 */
export function matchRanges(
  bytes: Buffer,
  { start, matches }: GrepLine,
  wholeWord: boolean,
): readonly (readonly [from: number, to: number])[] {
  const ranges: [number, number][] = [];
  let at = start;
  for (const [index, { text, length }] of matches.entries()) {
    if (index > 0) at = nextPlace(bytes, text, at, wholeWord ? length : null);
    if (at < 0) break;
    ranges.push([at, at + length]);
    at += length;
  }
  return ranges;
}

/** @param word the length of what must stand alone; null where parts of words count */
function nextPlace(bytes: Buffer, text: Buffer, from: number, word: number | null): number {
  let at = bytes.indexOf(text, from);
  if (word === null) return at;
  while (at >= 0 && !standsAlone(bytes, at, word)) at = bytes.indexOf(text, at + 1);
  return at;
}

const isWord = (byte: number | undefined) => byte !== undefined && /\w/.test(String.fromCharCode(byte));

const standsAlone = (bytes: Buffer, at: number, length: number) =>
  !isWord(bytes[at - 1]) && !isWord(bytes[at + length]);

/** Searches have places of their own: those that take their whole time must not keep other pages waiting. */
const slots = new ProcessSlots(2);
const mostMatches = 50;
const mostText = 300;
const mostBytes = 32 * 1024 * 1024;

/** Throws InvalidPattern, and GitTimeout when no place gets free. */
export async function grep(repo: Repository, request: GrepRequest): Promise<GrepResult> {
  requireObjectIds(request.object);
  const process = await startLong(repo.dir, argumentsOf(request), {
    slots,
    queue: 10_000,
    deadline: request.deadline ?? 5_000,
    ...(request.signal ? { signal: request.signal } : {}),
  });
  process.stdin.end();
  const found = new Found(request);
  const enough = new Error("enough was found");
  for await (const match of matches(process.stdout)) {
    if (match !== null && found.take(match)) continue;
    found.more = true;
    process.stop(enough);
    break;
  }
  const end = await process.end;
  const timedOut = end.stopped instanceof GitTimeout;
  if (request.signal?.aborted) throw end.stopped ?? new GitTimeout("the caller went away");
  if (end.stopped === null) judge(request, end);
  return { files: found.files, more: found.more, timedOut };
}

function argumentsOf(request: GrepRequest): string[] {
  return [
    "grep",
    "--threads=1",
    "--null",
    "--line-number",
    "--column",
    "--only-matching",
    "-I",
    `--max-count=${request.lines + 1}`,
    request.regex ? "--extended-regexp" : "--fixed-strings",
    ...(request.matchCase ? [] : ["--ignore-case"]),
    ...(request.wholeWord ? ["--word-regexp"] : []),
    "-e",
    request.pattern,
    request.object,
  ];
}

/** 1 is how git says that nothing matches. */
function judge(request: GrepRequest, { exitCode, stderr }: LongEnd): void {
  if (exitCode === 0 || exitCode === 1) return;
  const reason = /^fatal: (?:-e option, |command line, )?'.*': (.+)$/m.exec(stderr)?.[1];
  if (reason === undefined) throw new GitError(["grep"], exitCode, stderr);
  throw new InvalidPattern(`This is no regular expression: ${reason}`, { cause: request.pattern });
}

interface Match {
  readonly name: Buffer;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly text: Buffer;
}

/** Gathers matches, which come file by file and line by line. */
class Found {
  readonly files: {
    path: string;
    lines: { line: number; start: number; matches: GrepMatch[] }[];
    more: boolean;
  }[] = [];
  more = false;
  readonly #request: GrepRequest;
  #name: Buffer | undefined;
  #seen = 0;

  constructor(request: GrepRequest) {
    this.#request = request;
  }

  /** False when nothing after this is wanted. */
  take({ name, line, column, length, text }: Match): boolean {
    if (!this.#name?.equals(name)) {
      this.#name = name;
      this.#seen += 1;
      if (this.#seen > this.#request.skip + this.#request.files) return false;
      // git names a file by what it was asked for, a tree, and the path in it.
      if (this.#seen > this.#request.skip)
        this.files.push({
          path: decodePath(name.subarray(name.indexOf(":") + 1 || name.length)),
          lines: [],
          more: false,
        });
    }
    const file = this.files.at(-1);
    if (this.#seen <= this.#request.skip || !file) return true;
    let last = file.lines.at(-1);
    if (last?.line !== line) {
      if (file.lines.length >= this.#request.lines) file.more = true;
      if (file.more) return true;
      last = { line, start: column - 1, matches: [] };
      file.lines.push(last);
    }
    if (last.matches.length < mostMatches) last.matches.push({ text: Buffer.from(text), length });
    return true;
  }
}

/** Reads `name NUL line NUL column NUL text LF`; null when it is too much. */
async function* matches(chunks: AsyncIterable<Buffer>): AsyncGenerator<Match | null, void, void> {
  let rest: Buffer = Buffer.alloc(0);
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (;;) {
      const name = rest.indexOf(0, from);
      const line = name < 0 ? -1 : rest.indexOf(0, name + 1);
      const column = line < 0 ? -1 : rest.indexOf(0, line + 1);
      const end = column < 0 ? -1 : rest.indexOf(10, column + 1);
      if (end < 0) break;
      yield {
        name: rest.subarray(from, name),
        line: Number(rest.toString("latin1", name + 1, line)),
        column: Number(rest.toString("latin1", line + 1, column)),
        length: end - column - 1,
        text: rest.subarray(column + 1, Math.min(end, column + 1 + mostText)),
      };
      from = end + 1;
    }
    rest = rest.subarray(from);
    if (total > mostBytes || rest.length > 4 * 1024 * 1024) yield null;
  }
}
