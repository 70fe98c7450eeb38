/** Who cannot see a repository any more does not watch it: they are in no count and in no list. */
import { and, eq, gt, inArray, not, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { transact, type Context } from "../../../kernel/context.ts";
import { subscription, type EventRow } from "../../../kernel/events.ts";
import {
  basePermissionChanged,
  memberRemoved,
  memberRoleChanged,
  teamDeleted,
  teamMemberRemoved,
} from "../../organizations/index.ts";
import { repositoryPrivatized, repositoryTransferred } from "../events.ts";
import { repositories, watches } from "../schema.ts";
import { holds } from "../standing.ts";
import { teamRemoved } from "../teams/events.ts";

/** Watchers that one transaction looks at; of one person, repositories that one query finds. */
const batch = 5000;

/**
 * After everything that can take a right to read away but the end of a collaboration, which sees to it itself. What holds is read
 * anew, so it may be told late, twice or in any order.
 */
export const forgetWatchers = subscription(
  "repositories.forget-watchers",
  [
    repositoryPrivatized,
    repositoryTransferred,
    teamRemoved,
    teamDeleted,
    teamMemberRemoved,
    memberRemoved,
    memberRoleChanged,
    basePermissionChanged,
  ],
  async (ctx, event) => {
    const scope = scopeOf(event);
    if (!scope) return;
    const { userId } = scope;
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      const rows = await ctx.db
        .select({ id: repositories.id })
        .from(repositories)
        .where(and(scope.where, eq(repositories.isPrivate, true), gt(repositories.id, after)))
        .orderBy(repositories.id)
        .limit(batch);
      for (const { id } of rows) await forgetIn(ctx, id, userId);
      if (rows.length < batch) return;
      after = rows.at(-1)?.id ?? after;
    }
  },
);

const about = z.object({ org_id: z.string().optional(), user_id: z.string().optional() });

/** The repositories that an event is about, and the one person, when it is about one. */
function scopeOf(event: EventRow): { readonly where: SQL | undefined; readonly userId?: string } | null {
  if (event.repoId !== null) return { where: eq(repositories.id, event.repoId) };
  const { org_id: orgId, user_id: userId } = about.parse(event.payload);
  if (orgId === undefined) return null;
  const theirs = eq(repositories.ownerId, orgId);
  if (userId === undefined) return { where: and(theirs, gt(repositories.watchersCount, 0)) };
  const watched = sql`${repositories.id} in (select ${watches.repoId} from ${watches} where ${watches.userId} = ${userId})`;
  return { where: and(theirs, watched), userId };
}

/** Ends the watches of those who have no right to read, some thousand at a time. */
async function forgetIn(ctx: Context, repoId: string, userId: string | undefined): Promise<void> {
  let after = "";
  for (;;) {
    const last = await transact(ctx, async (tx) => {
      const found = await tx.db
        .select({
          userId: watches.userId,
          reads: holds(repositories, watches.userId, "read").mapWith(Boolean),
        })
        .from(watches)
        .innerJoin(repositories, eq(repositories.id, watches.repoId))
        .where(
          and(
            eq(watches.repoId, repoId),
            eq(repositories.isPrivate, true),
            gt(watches.userId, after),
            userId === undefined ? undefined : eq(watches.userId, userId),
          ),
        )
        .orderBy(watches.userId)
        .limit(batch);
      const gone = found.filter(({ reads }) => !reads).map((one) => one.userId);
      if (gone.length > 0) await end(tx, repoId, gone);
      return found.length < batch ? null : (found.at(-1)?.userId ?? null);
    });
    if (last === null) return;
    after = last;
  }
}

/** Looks once more at each row that it deletes: a right may have come back since. */
async function end(ctx: Context, repoId: string, userIds: readonly string[]): Promise<void> {
  const blind = sql`exists (select 1 from ${repositories} where ${repositories.id} = ${watches.repoId}
    and ${repositories.isPrivate} and ${not(holds(repositories, watches.userId, "read"))})`;
  const removed = await ctx.db
    .delete(watches)
    .where(and(eq(watches.repoId, repoId), inArray(watches.userId, [...userIds]), blind))
    .returning({ userId: watches.userId });
  if (removed.length === 0) return;
  await ctx.db
    .update(repositories)
    .set({
      watchersCount: sql`${repositories.watchersCount} - ${removed.length}`,
      updatedAt: sql`${repositories.updatedAt}`,
    })
    .where(eq(repositories.id, repoId));
}
