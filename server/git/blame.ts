/** Which commit each line of a file comes from. */
import { ContentCache } from "./cache.ts";
import { readCommits, type Commit } from "./commits.ts";
import { MissingObject, ObjectTooLarge, objectInfo } from "./objects.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { decodePath, hasRawBytes, UnspeakablePath } from "./paths.ts";
import { git } from "./process.ts";
import { unquoted } from "./quoting.ts";
import { pathEntry } from "./trees.ts";

export interface BlameRange {
  /** First line in the file at hand, from 1, and how many. */
  readonly start: number;
  readonly count: number;
  readonly oid: string;
  /** Where these lines stood in that commit. */
  readonly originalPath: string;
  readonly originalStart: number;
  /** Where to look for what was there before; null when the commit brought the file. */
  readonly previous: { readonly commit: string; readonly path: string } | null;
  /** A commit that is not to be counted changed these lines later. */
  readonly passedOver: boolean;
}

export interface Blame {
  /** In the order of the lines, without gaps. */
  readonly ranges: readonly BlameRange[];
  /** All that the ranges name, each once. */
  readonly commits: readonly Commit[];
  /** The file has more lines than were asked for. */
  readonly truncated: boolean;
}

export interface BlameOptions {
  /** Lines from the beginning; 20,000 unless told. */
  readonly maxLines?: number;
  /** Milliseconds; 20 seconds unless told. */
  readonly deadline?: number;
  /** Do not count changes of white space. */
  readonly ignoreWhitespace?: boolean;
  /** Ids of commits that are not to be counted, such as those that only format; they must be there. */
  readonly passOver?: readonly string[];
}

const maxBytes = 8 * 1024 * 1024;
const cached = new ContentCache<readonly BlameRange[]>(16 * 1024 * 1024);

/**
 * Blames a file at a commit; cached. Throws MissingObject when there is no file at the path, ObjectTooLarge beyond
 * 8 MiB, GitTimeout past the deadline, UnspeakablePath for a name that is not UTF-8.
 */
export async function blame(
  repo: Repository,
  commit: string,
  path: string,
  options: BlameOptions = {},
): Promise<Blame> {
  requireObjectIds(commit);
  const entry = await pathEntry(repo, commit, path);
  if (entry?.kind !== "file" && entry?.kind !== "executable")
    throw new MissingObject(commit, `file of commit`);
  const size = (await objectInfo(repo, entry.oid))?.size ?? 0;
  if (size > maxBytes) throw new ObjectTooLarge(entry.oid, size, maxBytes);
  if (hasRawBytes(path)) throw new UnspeakablePath("git blame takes names in UTF-8 only");
  if (size === 0) return { ranges: [], commits: [], truncated: false };
  const maxLines = options.maxLines ?? 20_000;
  const all = await blamed(repo, commit, path, options);
  const shown = all
    .filter(({ start }) => start <= maxLines)
    .map((range) => ({ ...range, count: Math.min(range.count, maxLines - range.start + 1) }));
  const oids = [...new Set(shown.map(({ oid }) => oid))];
  const commits = await readCommits(repo, oids);
  const last = all.at(-1);
  return { ranges: shown, commits, truncated: last !== undefined && last.start + last.count - 1 > maxLines };
}

/**
 * Git does not say in this format which lines it passed over. They are those that fall to a commit to be passed over when
 * nothing is; where there are none, which is the usual case, one run is enough.
 */
async function blamed(
  repo: Repository,
  commit: string,
  path: string,
  options: BlameOptions,
): Promise<readonly BlameRange[]> {
  const { passOver = [], ...rest } = options;
  requireObjectIds(...passOver);
  const counted = await runOnce(repo, commit, path, rest);
  const over = new Set(passOver);
  const suspects = counted.filter(({ oid }) => over.has(oid));
  if (suspects.length === 0) return counted;
  const passed = await runOnce(repo, commit, path, options);
  // Both are in the order of the lines, and both may have as many ranges as the file has lines: each is gone through once.
  let at = 0;
  return passed.flatMap((range) => {
    while (endOf(suspects[at]) <= range.start) at += 1;
    if (over.has(range.oid)) return [range];
    let to = at;
    while ((suspects[to]?.start ?? Infinity) < endOf(range)) to += 1;
    return apart(range, suspects.slice(at, to));
  });
}

/** The line behind a range. */
const endOf = (range: BlameRange | undefined): number => (range ? range.start + range.count : Infinity);

/** A range in pieces, each inside or outside of the others, which all overlap with it. */
function apart(range: BlameRange, within: readonly BlameRange[]): BlameRange[] {
  const pieces: BlameRange[] = [];
  let from = range.start;
  const cut = (end: number, passedOver: boolean) => {
    if (end <= from) return;
    const originalStart = range.originalStart + from - range.start;
    pieces.push({ ...range, start: from, count: end - from, originalStart, passedOver });
    from = end;
  };
  for (const other of within) {
    cut(other.start, false);
    cut(Math.min(endOf(other), endOf(range)), true);
  }
  cut(endOf(range), false);
  return pieces;
}

const runOnce = (repo: Repository, commit: string, path: string, options: BlameOptions) =>
  cached.load(
    `${repo.dir}\0${commit}\0${path}\0${JSON.stringify([options.ignoreWhitespace, options.passOver])}`,
    () => run(repo, commit, path, options),
    (found) => 200 + found.length * 300,
  );

async function run(
  repo: Repository,
  commit: string,
  path: string,
  options: BlameOptions,
): Promise<BlameRange[]> {
  const args = ["blame", "--porcelain", "--root", ...(options.ignoreWhitespace ? ["-w"] : [])];
  for (const oid of options.passOver ?? []) args.push("--ignore-rev", oid);
  const { stdout } = await git(repo.dir, [...args, commit, "--", path], {
    deadline: options.deadline ?? 20_000,
  });
  return parsePorcelain(stdout.toString("latin1"));
}

/**
 * Reads git-blame(1), "THE PORCELAIN FORMAT", bytes as Latin-1: a range begins with an id and three numbers. What is said of a
 * commit stands where it is first met, and of one that has the lines from several files, at each of its ranges.
 */
function parsePorcelain(output: string): BlameRange[] {
  const ranges: BlameRange[] = [];
  const said = new Map<string, Pick<BlameRange, "originalPath" | "previous">>();
  let range: Pick<BlameRange, "oid" | "originalStart" | "start" | "count"> | undefined;
  let previous: BlameRange["previous"] = null;
  for (let at = 0; at < output.length;) {
    let end = output.indexOf("\n", at);
    if (end < 0) end = output.length;
    if (output[at] === "\t") {
      const from = range && said.get(range.oid);
      if (range && from) ranges.push({ ...range, ...from, passedOver: false });
      range = undefined;
    } else if (range === undefined) {
      const [oid = "", originalStart, start, count] = output.slice(at, end).split(" ");
      if (count !== undefined)
        range = { oid, originalStart: Number(originalStart), start: Number(start), count: Number(count) };
      previous = null;
    } else if (output.startsWith("previous ", at)) {
      const [, commit = "", name = ""] = /^previous ([0-9a-f]+) (.*)$/.exec(output.slice(at, end)) ?? [];
      previous = { commit, path: nameOf(name) };
    } else if (output.startsWith("filename ", at))
      said.set(range.oid, { originalPath: nameOf(output.slice(at + "filename ".length, end)), previous });
    at = end + 1;
  }
  return ranges;
}

function nameOf(text: string): string {
  const name = text.startsWith('"') && text.endsWith('"') ? unquoted(text.slice(1, -1)) : text;
  return decodePath(Buffer.from(name, "latin1"));
}
