import { eq } from "drizzle-orm";
import type { TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { moveMilestoneCounts } from "../../planning/index.ts";
import { countOpenPullRequests } from "../../repositories/index.ts";
import { prAutoMerges } from "../auto-merge/schema.ts";
import { pullMerged } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { about, described } from "./record.ts";

/**
 * Marks a pull request merged, in the transaction that records the move of the target. Its commits are in the target by then,
 * so this is true also when somebody closed it a moment earlier. Null when it is marked already: then it was told, too.
 */
export async function markMerged(
  tx: TransactionContext,
  pull: Pick<PullRequest, "id">,
  merge: { readonly sha: string; readonly method: string; readonly byId: string | null },
): Promise<PullRequest | null> {
  const [before] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, pull.id)).for("update");
  if (!before || before.state === "merged") return null;
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
    .where(eq(pullRequests.id, before.id))
    .returning();
  if (!merged) return null;
  await tx.db.delete(prAutoMerges).where(eq(prAutoMerges.prId, merged.id));
  if (before.state === "open") {
    await countOpenPullRequests(tx, merged.repoId, -1);
    if (merged.milestoneId) await moveMilestoneCounts(tx, merged.milestoneId, { open: -1, closed: 1 });
  }
  await emit(
    tx,
    pullMerged,
    { ...about(merged), byId: merge.byId },
    { ...described(merged), sha: merge.sha, method: merge.method, target: merged.targetBranch },
  );
  return merged;
}
