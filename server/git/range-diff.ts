/** Two versions of a series of commits, paired as `git range-diff` pairs them. */
import { ContentCache } from "./cache.ts";
import type { Change } from "./carried-change.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { git } from "./process.ts";

/** A commit of either version, or what became of it. */
export interface CommitPair {
  /** Null for a commit that is new. */
  readonly before: string | null;
  /** Null for a commit that is gone. */
  readonly after: string | null;
  /** Whether patch and message are the same; a commit without its counterpart is not. */
  readonly same: boolean;
  /** The difference of the two patches, line by line, as git writes it; empty where there is none. */
  readonly difference: readonly string[];
  /** `difference` was cut. */
  readonly truncated: boolean;
}

export interface RangeDiff {
  /** In the order of the newer version; what is gone stands where it was. */
  readonly pairs: readonly CommitPair[];
}

/** Either version has more commits than can be paired: that takes their number squared. */
export class TooManyToPair extends Error {
  override readonly name = "TooManyToPair";
}

/** Commits of one version. */
export const mostPaired = 150;
const deadline = 20_000;
const maxBytes = 8 * 1024 * 1024;
const maxLines = 400;

const cached = new ContentCache<RangeDiff>(16 * 1024 * 1024);

/**
 * How the commits of one version of a change became those of another; merges are left out. Cached. Throws TooManyToPair, GitTimeout past
 * 20 seconds, GitOutputTooLarge past 8 MiB.
 */
export function rangeDiff(repo: Repository, before: Change, after: Change): Promise<RangeDiff> {
  requireObjectIds(before.base, before.head, after.base, after.head);
  const ranges = [`${before.base}..${before.head}`, `${after.base}..${after.head}`] as const;
  return cached.load(
    `${repo.dir}\0${ranges.join("\0")}`,
    async () => {
      for (const range of ranges) await requireFew(repo, range);
      const args = ["-c", "core.abbrev=no", "range-diff", "--no-color", "--no-notes", "--no-ext-diff"];
      const { stdout } = await git(repo.dir, [...args, "--no-textconv", ...ranges, "--"], {
        deadline,
        maxBytes,
      });
      return { pairs: readPairs(stdout.toString("utf8")) };
    },
    ({ pairs }) => pairs.reduce((sum, pair) => sum + 300 + pair.difference.join("").length * 2, 200),
  );
}

async function requireFew(repo: Repository, range: string): Promise<void> {
  const { stdout } = await git(repo.dir, ["rev-list", "--count", "--no-merges", range, "--"], { deadline });
  if (Number(stdout.toString("latin1")) > mostPaired)
    throw new TooManyToPair(`more than ${mostPaired} commits`);
}

const header = /^ *(?:\d+|-): +([0-9a-f]+|-+) ([=!<>]) +(?:\d+|-): +([0-9a-f]+|-+)(?: |$)/;

/** What `git range-diff` prints: a line for each pair, below it the difference, moved in by four columns. */
export function readPairs(text: string): CommitPair[] {
  const pairs: { before: string | null; after: string | null; same: boolean; difference: string[] }[] = [];
  for (const line of text.split("\n")) {
    const match = header.exec(line);
    const id = (at: number) => (match?.[at]?.startsWith("-") ? null : (match?.[at] ?? null));
    if (match) pairs.push({ before: id(1), after: id(3), same: match[2] === "=", difference: [] });
    else if (line.startsWith("    ")) pairs.at(-1)?.difference.push(line.slice(4));
  }
  return pairs.map((pair) => ({
    ...pair,
    difference: pair.difference.slice(0, maxLines),
    truncated: pair.difference.length > maxLines,
  }));
}
