/** What git says of merging a head into a base, noted beside the pair of commits. */
import { and, eq } from "drizzle-orm";
import { UnrelatedHistories, checkMerge } from "../../../git/merges.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";

export interface ConflictCheck {
  readonly clean: boolean;
  /** Files that both sides changed in ways that cannot both hold. */
  readonly conflicts: readonly string[];
  readonly reason: string | null;
}

/** Asks git, and notes the answer for this pair of commits. */
export async function checkConflicts(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<ConflictCheck> {
  const known = pull.mergeCheckedHeadSha === pull.headSha && pull.mergeCheckedBaseSha === pull.baseSha;
  if (known && pull.isMergeable === true) return { clean: true, conflicts: [], reason: null };
  const check = await tryMerge(ctx, repo, pull);
  await ctx.db
    .update(pullRequests)
    .set({
      isMergeable: check.clean,
      ...(known ? {} : { rebaseVerdict: null }),
      mergeCheckedHeadSha: pull.headSha,
      mergeCheckedBaseSha: pull.baseSha,
      updatedAt: pull.updatedAt,
    })
    .where(and(eq(pullRequests.id, pull.id), eq(pullRequests.headSha, pull.headSha)));
  return check;
}

async function tryMerge(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<ConflictCheck> {
  try {
    const merged = await checkMerge(gitOf(ctx, repo), pull.baseSha, pull.headSha);
    const conflicts = "conflicts" in merged ? [...new Set(merged.conflicts.map((one) => one.path))] : [];
    const reason =
      conflicts.length > 0 ? "It conflicts with the base branch and must be resolved first" : null;
    return { clean: reason === null, conflicts, reason };
  } catch (error) {
    if (!(error instanceof UnrelatedHistories)) throw error;
    return { clean: false, conflicts: [], reason: "The two branches have entirely different histories" };
  }
}
