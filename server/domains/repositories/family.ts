/** A repository, the one it was forked from, and all forks of both. */
import { and, asc, isNull, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { owners } from "../accounts/schema.ts";
import { findRepositoryById, judged, repositoryRows, type Repository } from "./access.ts";
import { repositories } from "./schema.ts";
import { visibleTo } from "./standing.ts";

/** The id of the repository that all of a family come from. */
export async function rootOf(ctx: Context, id: string): Promise<string | null> {
  const [row] = await ctx.db.execute<{ id: string }>(
    sql`with recursive up as (
      select id, forked_from_id from repositories where id = ${id}
      union select r.id, r.forked_from_id from repositories r join up on r.id = up.forked_from_id
    ) select id from up where forked_from_id is null`,
  );
  return row?.id ?? null;
}

/**
 * The repository of an owner that belongs to the same family of forks: what `owner:branch` means beside a repository. Its own
 * owner means the repository itself. Null when there is none that the actor may see.
 */
export async function findFork(
  ctx: Context,
  repo: Repository,
  ownerLogin: string,
): Promise<Repository | null> {
  if (ownerLogin.toLowerCase() === repo.owner.login.toLowerCase()) return repo;
  const root = await rootOf(ctx, repo.id);
  const [row] = await ctx.db.execute<{ id: string }>(
    sql`with recursive up as (
      select r.id as start, r.id, r.forked_from_id from repositories r join owners o on o.id = r.owner_id
        where lower(o.login) = ${ownerLogin.toLowerCase()} and r.deleted_at is null
      union select up.start, r.id, r.forked_from_id from up join repositories r on r.id = up.forked_from_id
    ) select start as id from up where id = ${root}
      order by start = ${repo.forkedFromId}::uuid desc nulls last, start limit 1`,
  );
  return row ? findRepositoryById(ctx, row.id) : null;
}

/**
 * Of the family, whom `owner:branch` can name: one repository for each owner, the very repository for its own and else the one that
 * `findFork` finds. Those that the actor may see, the repository itself and the one all come from first, then by owner.
 *
 * @param text part of an owner's name; empty for everybody
 */
export async function listFamily(
  ctx: Context,
  repo: Repository,
  { text, limit }: { readonly text: string; readonly limit: number },
): Promise<Repository[]> {
  const root = await rootOf(ctx, repo.id);
  const one = sql`(
    with recursive family as (
      select id, owner_id, deleted_at from repositories where id = ${root}::uuid
      union select r.id, r.owner_id, r.deleted_at from repositories r join family on r.forked_from_id = family.id
    ) select distinct on (owner_id) id from family where deleted_at is null
      order by owner_id, id = ${repo.id}::uuid desc, id = ${repo.forkedFromId}::uuid desc nulls last, id)`;
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await repositoryRows(ctx.db, ctx.actor)
    .where(
      and(
        visibleTo(ctx.actor),
        isNull(repositories.deletedAt),
        sql`${repositories.id} in ${one}`,
        text === "" ? undefined : sql`${owners.login} ilike ${pattern}`,
      ),
    )
    .orderBy(
      sql`${repositories.id} = ${repo.id}::uuid desc`,
      sql`${repositories.id} = ${root}::uuid desc`,
      asc(owners.login),
    )
    .limit(limit);
  return rows.flatMap((row) => judged(ctx.actor, row) ?? []);
}
