import { and, eq } from "drizzle-orm";
import type { TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { moveMilestoneCounts } from "../../planning/index.ts";
import { countOpenPullRequests } from "../../repositories/index.ts";
import { pullMerged } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { about, described } from "./record.ts";

/**
 * Marks an open pull request merged, in the transaction that records the move of the target. Null when it is not open any
 * more: then somebody else marked it, and told it.
 */
export async function markMerged(
  tx: TransactionContext,
  pull: PullRequest,
  merge: { readonly sha: string; readonly method: string; readonly byId: string | null },
): Promise<PullRequest | null> {
  const now = tx.clock.now();
  const [merged] = await tx.db
    .update(pullRequests)
    .set({
      state: "merged",
      mergeSha: merge.sha,
      mergedById: merge.byId,
      closedById: merge.byId,
      mergedAt: now,
      closedAt: now,
      updatedAt: now,
    })
    .where(and(eq(pullRequests.id, pull.id), eq(pullRequests.state, "open")))
    .returning();
  if (!merged) return null;
  await countOpenPullRequests(tx, pull.repoId, -1);
  if (merged.milestoneId) await moveMilestoneCounts(tx, merged.milestoneId, { open: -1, closed: 1 });
  await emit(tx, pullMerged, about(merged), {
    ...described(merged),
    sha: merge.sha,
    method: merge.method,
    target: merged.targetBranch,
  });
  return merged;
}
