import type { TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import type { Label } from "../../labels/index.ts";
import { moveMilestoneCounts } from "../../planning/index.ts";
import { countOpenPullRequests } from "../../repositories/index.ts";
import { pullOpened } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { prLabels, pullRequests } from "../schema.ts";
import { about, described } from "./record.ts";

/**
 * Writes the row of a new pull request, with the counts it moves and the news of it. Null when a row of its number is there
 * already: then all of this was done.
 */
export async function insertPullRequest(
  tx: TransactionContext,
  values: typeof pullRequests.$inferInsert,
  labels: readonly Label[],
): Promise<PullRequest | null> {
  const [row] = await tx.db
    .insert(pullRequests)
    .values(values)
    .onConflictDoNothing({ target: [pullRequests.repoId, pullRequests.number] })
    .returning();
  if (!row) return null;
  if (labels.length > 0)
    await tx.db.insert(prLabels).values(labels.map((label) => ({ prId: row.id, labelId: label.id })));
  await countOpenPullRequests(tx, row.repoId, 1);
  if (row.milestoneId) await moveMilestoneCounts(tx, row.milestoneId, { open: 1, closed: 0 });
  await emit(tx, pullOpened, about(row), described(row));
  return row;
}
