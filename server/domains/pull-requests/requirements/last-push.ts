/** Who pushed last: it is not for them to approve it. */
import { and, desc, eq, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { events } from "../../../kernel/schema.ts";
import { refUpdateIntents } from "../../repositories/schema.ts";
import { pullSynchronized } from "../events.ts";
import { pusherOf } from "../pushers.ts";
import type { PullRequest } from "../queries.ts";

/**
 * Who brought the branch to the present head; null when nobody knows (an import). A push is known from the moment it can be seen:
 * its intent is stored before the branch moves and goes in the transaction that tells of it, so first the intents are asked.
 */
export async function lastPusher(
  ctx: Context,
  pull: Pick<
    PullRequest,
    "id" | "number" | "headSha" | "authorId" | "topic" | "sourceRepoId" | "sourceBranch"
  >,
): Promise<string | null> {
  // Nobody but its author moves what was opened by a push.
  if (pull.topic !== null) return pull.authorId;
  return (await underWay(ctx, pull)) ?? (await told(ctx, pull)) ?? (await pusherOf(ctx, pull, pull.headSha));
}

async function underWay(
  ctx: Context,
  pull: Pick<PullRequest, "headSha" | "sourceRepoId">,
): Promise<string | null> {
  if (pull.sourceRepoId === null) return null;
  const [intent] = await ctx.db
    .select({ actorId: refUpdateIntents.actorId })
    .from(refUpdateIntents)
    .where(
      and(
        eq(refUpdateIntents.repoId, pull.sourceRepoId),
        sql`${refUpdateIntents.updates} @> ${JSON.stringify([{ new: pull.headSha }])}::jsonb`,
      ),
    )
    .orderBy(desc(refUpdateIntents.id))
    .limit(1);
  return intent?.actorId ?? null;
}

async function told(ctx: Context, pull: Pick<PullRequest, "id" | "headSha">): Promise<string | null> {
  const [push] = await ctx.db
    .select({ actorId: events.actorId })
    .from(events)
    .where(
      and(
        eq(events.subjectId, pull.id),
        eq(events.type, pullSynchronized.name),
        sql`${events.payload} ->> 'after' = ${pull.headSha}`,
      ),
    )
    .orderBy(desc(events.sequence))
    .limit(1);
  return push?.actorId ?? null;
}
