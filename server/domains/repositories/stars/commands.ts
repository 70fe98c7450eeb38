import { and, eq, sql } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { repositories, stars } from "../schema.ts";
import { repositoryStarred } from "./events.ts";

/** Stars a repository. Done already, it does nothing. */
export function star(ctx: Context, repo: RepoWith<"read">, me: UserActor): Promise<void> {
  return transact(ctx, async (tx) => {
    const added = await tx.db
      .insert(stars)
      .values({ repoId: repo.id, userId: me.user.id, createdAt: tx.clock.now() })
      .onConflictDoNothing()
      .returning({ userId: stars.userId });
    if (added.length === 0) return;
    await tx.db
      .update(repositories)
      .set({ starsCount: sql`${repositories.starsCount} + 1`, updatedAt: unchanged })
      .where(eq(repositories.id, repo.id));
    await emit(tx, repositoryStarred, { repoId: repo.id, ...orgOf(repo) }, { name: repo.name });
  });
}

/** Takes the star back, without a word to anybody. */
export function unstar(ctx: Context, repo: RepoWith<"read">, me: UserActor): Promise<void> {
  return transact(ctx, async (tx) => {
    const removed = await tx.db
      .delete(stars)
      .where(and(eq(stars.repoId, repo.id), eq(stars.userId, me.user.id)))
      .returning({ userId: stars.userId });
    if (removed.length === 0) return;
    await tx.db
      .update(repositories)
      .set({ starsCount: sql`${repositories.starsCount} - 1`, updatedAt: unchanged })
      .where(eq(repositories.id, repo.id));
  });
}

/** Interest in a repository is no change of it. */
const unchanged = sql`${repositories.updatedAt}`;
