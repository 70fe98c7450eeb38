import { and, eq } from "drizzle-orm";
import type { TransactionContext } from "../../../kernel/context.ts";
import { pullRequests } from "../schema.ts";
import type { PullRequest } from "../queries.ts";
import { tellDifferences } from "./tell.ts";

/**
 * Closes an open pull request that has nothing to merge any more: its branch was deleted, or reset to what the base has. Asks
 * for no right on the target, since whoever may move the branch may take it back. Null when it is not open any more.
 */
export async function closeAbandoned(
  tx: TransactionContext,
  pull: Pick<PullRequest, "id">,
  byId: string | null,
): Promise<PullRequest | null> {
  const [before] = await tx.db
    .select()
    .from(pullRequests)
    .where(and(eq(pullRequests.id, pull.id), eq(pullRequests.state, "open")))
    .for("update");
  if (!before) return null;
  const now = tx.clock.now();
  const [after] = await tx.db
    .update(pullRequests)
    .set({ state: "closed", closedAt: now, closedById: byId, updatedAt: now })
    .where(eq(pullRequests.id, before.id))
    .returning();
  if (!after) return null;
  await tellDifferences(tx, before, after, { byId });
  return after;
}
