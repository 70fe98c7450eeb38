/** What lies between two revisions, freed from what the base brought in between. */
import { mergeBase } from "../../../git/ancestry.ts";
import { carryChange, type Change } from "../../../git/carried-change.ts";
import { rangeDiff, TooManyToPair, type CommitPair } from "../../../git/range-diff.ts";
import { GitError, GitOutputTooLarge, GitTimeout } from "../../../git/process.ts";
import { MissingObject } from "../../../git/objects.ts";
import { rootTree } from "../../../git/trees.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { lastRevision, type Revision } from "./queries.ts";

export type Interdiff =
  /** `from` is a commit with the former change on the newer base: what differs from it is what changed. */
  | { readonly kind: "told"; readonly from: string; readonly to: string; readonly same: boolean }
  /** The former change does not fit the newer base by itself, in these files. */
  | { readonly kind: "conflict"; readonly paths: readonly string[] }
  /** A commit is gone, or one of the two shares no history with the base. */
  | { readonly kind: "untold"; readonly because: string };

/** The change that a revision is. The last one begins where the pull request begins now: its base may be another one. */
export async function changeOf(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  revision: Revision,
): Promise<Change | null> {
  const last = await lastRevision(ctx, pull.id);
  const base =
    last?.number === revision.number
      ? await mergeBase(gitOf(ctx, repo), pull.baseSha, revision.headSha)
      : revision.mergeBaseSha;
  return base === null ? null : { base, head: revision.headSha };
}

/** What changed from one version of a change to another. */
export async function interdiff(
  ctx: Context,
  repo: Repository,
  before: Change | null,
  after: Change | null,
): Promise<Interdiff> {
  if (!before || !after)
    return { kind: "untold", because: "One of the two has no history in common with the base" };
  const git = gitOf(ctx, repo);
  try {
    const found = await carryChange(git, before, after.base);
    if (found.kind === "conflict") return found;
    const same = found.tree === (await rootTree(git, after.head));
    return { kind: "told", from: found.commit, to: after.head, same };
  } catch (error) {
    if (error instanceof MissingObject || error instanceof GitError)
      return { kind: "untold", because: "Commits of the former revision are gone" };
    if (error instanceof GitTimeout)
      return { kind: "untold", because: "The two are too large to be compared" };
    throw error;
  }
}

export type Pairs = { readonly pairs: readonly CommitPair[] } | { readonly because: string };

/** The commits of two versions, side by side. */
export async function pairs(
  ctx: Context,
  repo: Repository,
  before: Change | null,
  after: Change | null,
): Promise<Pairs> {
  if (!before || !after) return { because: "One of the two has no history in common with the base" };
  try {
    return await rangeDiff(gitOf(ctx, repo), before, after);
  } catch (error) {
    if (error instanceof TooManyToPair || error instanceof GitTimeout || error instanceof GitOutputTooLarge)
      return { because: "There are too many commits to be paired" };
    if (error instanceof MissingObject || error instanceof GitError)
      return { because: "Commits of the former revision are gone" };
    throw error;
  }
}
