/** Deleting a repository hides it at once; its rows and bytes stay for a while, so that it can be restored. */
import { and, eq, isNotNull, isNull, lt, or, sql } from "drizzle-orm";
import { releaseObjects } from "../../../git/objects.ts";
import { forgetRefs } from "../../../git/ref-cache.ts";
import { actorId, isAdministrator, type UserActor } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { mapPage, readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { countRepositories } from "../../accounts/index.ts";
import { orgMembers } from "../../organizations/schema.ts";
import { orgOf, repositoryRows, type RepoWith, type Repository, type RepositoryRow } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { repositoryDeleted, repositoryRestored } from "../events.ts";
import { checkName } from "../names.ts";
import { dropRedirect } from "../redirects.ts";
import { endRemoteWork } from "../remotes/end.ts";
import { repositories } from "../schema.ts";

/** How long a deleted repository can be restored. */
export const restorableForMs = 30 * 86_400_000;

/** Takes the repository out of everyone's sight. Its name is free from now on. */
export function deleteRepository(ctx: Context, repo: RepoWith<"admin">): Promise<void> {
  return transact(ctx, async (tx) => {
    const [deleted] = await tx.db
      .update(repositories)
      .set({ deletedAt: tx.clock.now(), deletedById: actorId(tx.actor) })
      .where(and(eq(repositories.id, repo.id), isNull(repositories.deletedAt)))
      .returning();
    if (!deleted) return;
    await count(tx, deleted, -1);
    await endRemoteWork(tx, repo);
    await emit(tx, repositoryDeleted, { repoId: repo.id, ...orgOf(repo) }, { name: deleted.name });
  });
}

/**
 * Brings a deleted repository back, under another name where its own is taken by now.
 *
 * @throws Refusal 404 for one that the person may not restore, or that is gone; a taken name is refused by the database
 */
export function restoreRepository(
  ctx: Context,
  me: UserActor,
  apiId: number,
  name: string | undefined,
): Promise<Repository> {
  if (name !== undefined) checkName(name);
  return transact(ctx, async (tx) => {
    const [found] = await deletedRows(tx, me).where(
      and(restorableBy(ctx, me), eq(repositories.apiId, apiId)),
    );
    if (!found) throw notFound();
    const [restored] = await tx.db
      .update(repositories)
      .set({
        deletedAt: null,
        deletedById: null,
        name: name ?? found.repository.name,
        updatedAt: tx.clock.now(),
      })
      .where(and(eq(repositories.id, found.repository.id), isNotNull(repositories.deletedAt)))
      .returning();
    if (!restored) throw notFound();
    await dropRedirect(tx, restored.ownerId, restored.name);
    await count(tx, restored, 1);
    const repo: Repository = { ...restored, owner: found.owner, access: "admin" };
    await emit(tx, repositoryRestored, { repoId: repo.id, ...orgOf(repo) }, { name: repo.name });
    return repo;
  });
}

/** The deleted repositories that a person may restore, the last deleted first. */
export async function listDeleted(
  ctx: Context,
  me: UserActor,
  page: PageRequest,
): Promise<Page<Repository & { readonly deletedAt: Date }>> {
  const keys = [
    {
      column: repositories.deletedAt,
      value: (row: RepositoryRow) => row.repository.deletedAt ?? new Date(0),
    },
    { column: repositories.id, value: (row: RepositoryRow) => row.repository.id },
  ];
  const rows = await readPage<RepositoryRow>(page, keys, "desc", (part) =>
    deletedRows(ctx, me)
      .where(where(restorableBy(ctx, me), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
  return mapPage(rows, (row) => ({
    ...row.repository,
    deletedAt: row.repository.deletedAt ?? new Date(0),
    owner: row.owner,
    access: "admin" as const,
  }));
}

const deletedRows = (ctx: Context, me: UserActor) => repositoryRows(ctx.db, me);

/** Deleted not too long ago, from one's own account or an organization of which one is an admin or owner. */
function restorableBy(ctx: Context, me: UserActor) {
  const since = new Date(ctx.clock.now().getTime() - restorableForMs);
  const mine = isAdministrator(ctx.actor)
    ? undefined
    : or(eq(repositories.ownerId, me.user.id), sql`${orgMembers.role} in ('admin', 'owner')`);
  return and(isNotNull(repositories.deletedAt), sql`${repositories.deletedAt} > ${since}`, mine);
}

async function count(
  tx: TransactionContext,
  row: typeof repositories.$inferSelect,
  step: 1 | -1,
): Promise<void> {
  await countRepositories(tx, row.ownerId, row.isPrivate ? { private: step } : { public: step });
  if (row.forkedFromId === null) return;
  await tx.db
    .update(repositories)
    .set({ forksCount: sql`${repositories.forksCount} + ${step}`, updatedAt: sql`${repositories.updatedAt}` })
    .where(eq(repositories.id, row.forkedFromId));
}

/**
 * Ends what can no longer be restored. The row goes first: a crash in between leaves a folder without a row, which is swept away.
 *
 * @returns how many were purged
 */
export async function purgeDeleted(ctx: Context): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - restorableForMs);
  let purged = 0;
  for (;;) {
    const [row] = await ctx.db.select().from(repositories).where(lt(repositories.deletedAt, before)).limit(1);
    if (!row) return purged;
    // Not what somebody restored since.
    const [gone] = await ctx.db
      .delete(repositories)
      .where(and(eq(repositories.id, row.id), lt(repositories.deletedAt, before)))
      .returning({ id: repositories.id });
    if (!gone) continue;
    const git = gitOf(ctx, row);
    releaseObjects(git);
    forgetRefs(git);
    ctx.fetches.forget(git.dir);
    await ctx.git.remove(row.diskPath);
    purged += 1;
  }
}
