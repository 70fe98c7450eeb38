/** What the timeline tells of a source branch that is deleted or comes back. */
import { and, desc, eq, inArray } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { events } from "../../../kernel/schema.ts";
import type { Pushed } from "../../repositories/index.ts";
import { about, described } from "../commands/record.ts";
import { pullHeadDeleted, pullHeadRestored } from "../events.ts";
import { pullRequests } from "../schema.ts";

/** A branch that was merged again and again tells its latest pull requests. */
const mostTold = 20;

/**
 * Tells the pull requests whose head a branch was when it was deleted, or is now that it is made again. Told once, however often
 * the push is looked at.
 */
export async function tellHeads(
  ctx: Context,
  repoId: string,
  push: Pushed,
  byId: string | null,
): Promise<void> {
  if (!push.deleted && !push.created) return;
  const rows = await ctx.db
    .select({ id: pullRequests.id })
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.sourceRepoId, repoId),
        eq(pullRequests.sourceBranch, push.ref.slice("refs/heads/".length)),
        eq(pullRequests.headSha, push.deleted ? push.before : push.after),
      ),
    )
    .orderBy(desc(pullRequests.number))
    .limit(mostTold);
  for (const { id } of rows) await transact(ctx, (tx) => tellOne(tx, id, push.deleted, byId));
}

async function tellOne(
  tx: TransactionContext,
  id: string,
  isDeleted: boolean,
  byId: string | null,
): Promise<void> {
  const [pull] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, id)).for("update");
  if (!pull) return;
  const [last] = await tx.db
    .select({ type: events.type })
    .from(events)
    .where(and(eq(events.subjectId, id), inArray(events.type, [pullHeadDeleted.name, pullHeadRestored.name])))
    .orderBy(desc(events.sequence))
    .limit(1);
  // A branch that is made for the first time restores nothing.
  const wasDeleted = last?.type === pullHeadDeleted.name;
  if (wasDeleted === isDeleted) return;
  await emit(
    tx,
    isDeleted ? pullHeadDeleted : pullHeadRestored,
    { ...about(pull), byId },
    { ...described(pull), branch: pull.sourceBranch },
  );
}
