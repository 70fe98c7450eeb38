/** Who moved the head of a pull request: those who notice it are readers and jobs, not who pushed. */
import { and, desc, eq, exists, isNull, sql } from "drizzle-orm";
import type { Context, TransactionContext } from "../../kernel/context.ts";
import { credit } from "../../kernel/events.ts";
import { events } from "../../kernel/schema.ts";
import { user } from "../accounts/schema.ts";
import { pushed } from "../repositories/index.ts";
import { pullSynchronized, reviewDismissed } from "./events.ts";
import type { PullRequest } from "./queries.ts";
import { prRevisions } from "./revisions/schema.ts";

/** Who brought the source branch to `head`; null when it is not known, or not told yet. */
export async function pusherOf(
  ctx: Context,
  pull: Pick<PullRequest, "sourceRepoId" | "sourceBranch" | "topic" | "authorId">,
  head: string,
): Promise<string | null> {
  // Nobody else reaches into a topic.
  if (pull.topic !== null) return pull.authorId;
  if (pull.sourceRepoId === null) return null;
  const [push] = await ctx.db
    .select({ actorId: events.actorId })
    .from(events)
    .where(
      and(
        eq(events.repoId, pull.sourceRepoId),
        eq(events.type, pushed.name),
        sql`${events.payload}->>'ref' = ${`refs/heads/${pull.sourceBranch}`}`,
        sql`${events.payload}->>'after' = ${head}`,
      ),
    )
    .orderBy(desc(events.id))
    .limit(1);
  return push?.actorId ?? null;
}

/** Names who pushed where a reader noticed the new head between the move of the branch and the telling of it. */
export async function creditPush(
  tx: TransactionContext,
  pull: Pick<PullRequest, "id">,
  push: { readonly after: string; readonly byId: string | null },
): Promise<void> {
  if (push.byId === null) return;
  await credit(tx, pullSynchronized, pull.id, { after: push.after }, push.byId);
  await credit(tx, reviewDismissed, pull.id, { after: push.after }, push.byId);
  await tx.db
    .update(prRevisions)
    .set({ pushedById: push.byId })
    .where(
      and(
        eq(prRevisions.prId, pull.id),
        eq(prRevisions.headSha, push.after),
        isNull(prRevisions.pushedById),
        exists(tx.db.select({ id: user.id }).from(user).where(eq(user.id, push.byId))),
      ),
    );
}
