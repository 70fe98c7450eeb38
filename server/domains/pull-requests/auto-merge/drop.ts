import { eq } from "drizzle-orm";
import type { TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { about, described } from "../commands/record.ts";
import { autoMergeDisabled } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { prAutoMerges } from "./schema.ts";

/**
 * Takes back that a pull request merges by itself and tells why; a reason of null is that somebody wished it. Does nothing when
 * it was not set. The caller holds the row of the pull request.
 */
export async function dropAutoMerge(
  tx: TransactionContext,
  pull: Pick<PullRequest, "id" | "repoId" | "number" | "title">,
  reason: string | null,
): Promise<void> {
  const gone = await tx.db
    .delete(prAutoMerges)
    .where(eq(prAutoMerges.prId, pull.id))
    .returning({ id: prAutoMerges.prId });
  if (gone.length > 0) await emit(tx, autoMergeDisabled, about(pull), { ...described(pull), reason });
}
