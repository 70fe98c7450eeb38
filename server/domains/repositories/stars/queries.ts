import { and, eq, inArray } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { mapPage, readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { ownerColumns, type Owner } from "../../accounts/index.ts";
import { owners } from "../../accounts/schema.ts";
import { judged, repositoryRows, type RepoWith, type Repository, type RepositoryRow } from "../access.ts";
import { repositories, stars, watches } from "../schema.ts";
import { visibleTo } from "../standing.ts";

export async function isStarred(ctx: Context, repo: RepoWith<"read">, me: UserActor): Promise<boolean> {
  const found = await ctx.db
    .select({ userId: stars.userId })
    .from(stars)
    .where(and(eq(stars.repoId, repo.id), eq(stars.userId, me.user.id)));
  return found.length > 0;
}

export type Stargazer = Owner & { readonly starredAt: Date };

/** Who starred a repository, the first ones first. */
export function listStargazers(
  ctx: Context,
  repo: RepoWith<"read">,
  page: PageRequest,
): Promise<Page<Stargazer>> {
  const keys = [
    { column: stars.createdAt, value: (row: Stargazer) => row.starredAt },
    { column: stars.userId, value: (row: Stargazer) => row.id },
  ];
  return readPage<Stargazer>(page, keys, "asc", (part) =>
    ctx.db
      .select({ ...ownerColumns, starredAt: stars.createdAt })
      .from(stars)
      .innerJoin(owners, eq(owners.id, stars.userId))
      .where(where(eq(stars.repoId, repo.id), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

export type Liked = Repository & { readonly since: Date };

/** The repositories that a person stars or watches and the actor may see, by the time they began to. */
export async function listLiked(
  ctx: Context,
  how: "stars" | "watches",
  userId: string,
  direction: "asc" | "desc",
  page: PageRequest,
): Promise<Page<Liked>> {
  const table = how === "stars" ? stars : watches;
  type Row = RepositoryRow & { since: Date };
  const keys = [
    { column: table.createdAt, value: (row: Row) => row.since },
    { column: table.repoId, value: (row: Row) => row.repository.id },
  ];
  const rows = await readPage<Row>(page, keys, direction, async (part) => {
    const liked = ctx.db
      .select({ repoId: table.repoId, since: table.createdAt })
      .from(table)
      .innerJoin(repositories, eq(repositories.id, table.repoId))
      .where(where(eq(table.userId, userId), visibleTo(ctx.actor), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset);
    return withRepositories(ctx, await liked);
  });
  return mapPage(rows, ({ since, ...row }) => {
    const repository = judged(ctx.actor, row);
    if (!repository) throw new Error("visibleTo and repoAccess disagree");
    return { ...repository, since };
  });
}

async function withRepositories(
  ctx: Context,
  found: readonly { readonly repoId: string; readonly since: Date }[],
): Promise<(RepositoryRow & { since: Date })[]> {
  if (found.length === 0) return [];
  const condition = inArray(
    repositories.id,
    found.map((one) => one.repoId),
  );
  const rows = await repositoryRows(ctx.db, ctx.actor).where(condition);
  const byId = new Map(rows.map((row) => [row.repository.id, row]));
  return found.flatMap(({ repoId, since }) => {
    const row = byId.get(repoId);
    return row ? [{ ...row, since }] : [];
  });
}
