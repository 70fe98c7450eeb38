import { and, eq, sql } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { findRepositoryById, requireAccess, type RepoWith } from "../access.ts";
import { repositories, watches } from "../schema.ts";
import { holdRights } from "./hold-rights.ts";

/** Watches a repository: news of it reach the person. Done already, it does nothing. Answers since when. */
export function watch(ctx: Context, repo: RepoWith<"read">, me: UserActor): Promise<Date> {
  return transact(ctx, async (tx) => {
    const createdAt = tx.clock.now();
    const mine = and(eq(watches.repoId, repo.id), eq(watches.userId, me.user.id));
    const added = await tx.db
      .insert(watches)
      .values({ repoId: repo.id, userId: me.user.id, createdAt })
      .onConflictDoNothing()
      .returning({ createdAt: watches.createdAt });
    if (added.length === 0) {
      const [row] = await tx.db.select({ createdAt: watches.createdAt }).from(watches).where(mine);
      return row?.createdAt ?? createdAt;
    }
    const [row] = await tx.db
      .update(repositories)
      .set({ watchersCount: sql`${repositories.watchersCount} + 1`, updatedAt: unchanged })
      .where(eq(repositories.id, repo.id))
      .returning(repoRow);
    // The row is held by now: a repository that became private meanwhile is not watched by who came too late. Nor does a right
    // end unseen: either it ended before the look below, or whoever ends it waits, and then finds this watch.
    if (row?.isPrivate) await holdRights(tx, row, me.user.id);
    requireAccess(tx, await findRepositoryById(tx, repo.id), "read");
    return createdAt;
  });
}

/** Stops watching. */
export function unwatch(ctx: Context, repo: RepoWith<"read">, me: UserActor): Promise<void> {
  return transact(ctx, async (tx) => {
    const removed = await tx.db
      .delete(watches)
      .where(and(eq(watches.repoId, repo.id), eq(watches.userId, me.user.id)))
      .returning({ userId: watches.userId });
    if (removed.length === 0) return;
    await tx.db
      .update(repositories)
      .set({ watchersCount: sql`${repositories.watchersCount} - 1`, updatedAt: unchanged })
      .where(eq(repositories.id, repo.id));
  });
}

const { id, ownerId, ownerType, isPrivate } = repositories;
const repoRow = { id, ownerId, ownerType, isPrivate };

/** Interest in a repository is no change of it. */
const unchanged = sql`${repositories.updatedAt}`;
