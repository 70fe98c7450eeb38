/** Two commits side by side, as a pull request or a compare page shows them. */
import { aheadBehind, mergeBase, type AheadBehind } from "./ancestry.ts";
import { commitsBetween, type Commit } from "./commits.ts";
import { diffTrees, type Diff, type DiffOptions } from "./diffs.ts";
import type { Repository } from "./object-ids.ts";

export interface Comparison extends AheadBehind {
  readonly status: "identical" | "ahead" | "behind" | "diverged" | "unrelated";
  /** Null when the histories have nothing in common; then there is no diff either. */
  readonly mergeBase: string | null;
  /** What `head` has and `base` lacks, oldest first, the newest when there are more than asked for. */
  readonly commits: readonly Commit[];
  readonly totalCommits: number;
  /** Three-dot: from the merge base to `head`. */
  readonly diff: Diff | null;
}

/** Compares `head` with `base` by their ids; `maxCommits` is 250 unless told. */
export async function compare(
  repo: Repository,
  base: string,
  head: string,
  options: DiffOptions & { readonly maxCommits?: number } = {},
): Promise<Comparison> {
  const { maxCommits, ...diffOptions } = options;
  const [common, { ahead, behind }, { commits, total }] = await Promise.all([
    mergeBase(repo, base, head),
    aheadBehind(repo, base, head),
    commitsBetween(repo, base, head, maxCommits === undefined ? {} : { limit: maxCommits }),
  ]);
  const diff = common === null ? null : await diffTrees(repo, common, head, diffOptions);
  return {
    status: statusOf(common, ahead, behind),
    mergeBase: common,
    ahead,
    behind,
    commits,
    totalCommits: total,
    diff,
  };
}

function statusOf(common: string | null, ahead: number, behind: number): Comparison["status"] {
  if (common === null) return "unrelated";
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}
