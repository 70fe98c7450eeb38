import { and, eq, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import type { Level } from "../../kernel/grants.ts";
import { mapPage, readPage, where, type Page, type PageRequest, type SortKey } from "../../kernel/paging.ts";
import { owners } from "../accounts/schema.ts";
import { organizations, orgMembers } from "../organizations/schema.ts";
import { findRepositoryById, judged, repositoryRows, type Repository, type RepositoryRow } from "./access.ts";
import { collaborators, repositories } from "./schema.ts";
import { rootOf } from "./family.ts";
import { standingLevel, teamLevel, visibleTo } from "./standing.ts";
import type { Origin } from "./views.ts";

export type RepositorySort = "created" | "updated" | "pushed" | "full_name" | "stars";

export type RepositoryKind = "all" | "forks" | "sources" | "templates";

export interface RepositoryFilter {
  readonly ownerId?: string | undefined;
  readonly forkedFromId?: string | undefined;
  readonly visibility?: "all" | "public" | "private" | undefined;
  readonly kind?: RepositoryKind | undefined;
  /** Any further condition on `repositories`. */
  readonly condition?: SQL | undefined;
}

const ids: SortKey<RepositoryRow> = { column: repositories.id, value: (row) => row.repository.id };

const sortKeys: Readonly<Record<RepositorySort, readonly SortKey<RepositoryRow>[]>> = {
  created: [{ column: repositories.createdAt, value: (row) => row.repository.createdAt }, ids],
  updated: [{ column: repositories.updatedAt, value: (row) => row.repository.updatedAt }, ids],
  pushed: [
    {
      column: sql`coalesce(${repositories.pushedAt}, ${repositories.createdAt})`,
      value: (row) => row.repository.pushedAt ?? row.repository.createdAt,
    },
    ids,
  ],
  full_name: [
    { column: sql`lower(${owners.login})`, value: (row) => row.owner.login.toLowerCase() },
    { column: sql`lower(${repositories.name})`, value: (row) => row.repository.name.toLowerCase() },
    ids,
  ],
  stars: [{ column: repositories.starsCount, value: (row) => row.repository.starsCount }, ids],
};

/** The repositories that the actor may see, filtered and sorted. */
export function listRepositories(
  ctx: Context,
  filter: RepositoryFilter,
  order: { readonly sort: RepositorySort; readonly direction: "asc" | "desc" },
  page: PageRequest,
): Promise<Page<Repository>> {
  return pageOf(ctx, conditionsOf(filter), sortKeys[order.sort], order.direction, page);
}

/** Public repositories in the order of their birth, as GitHub's `since` counts them. */
export function listPublicRepositories(
  ctx: Context,
  since: number,
  page: PageRequest,
): Promise<Page<Repository>> {
  const byNumber = { column: repositories.apiId, value: (row: RepositoryRow) => row.repository.apiId };
  const condition = sql`${repositories.isPrivate} = false and ${repositories.apiId} > ${since}`;
  return pageOf(ctx, condition, [byNumber], "asc", page);
}

async function pageOf(
  ctx: Context,
  condition: SQL | undefined,
  keys: readonly SortKey<RepositoryRow>[],
  direction: "asc" | "desc",
  page: PageRequest,
): Promise<Page<Repository>> {
  const rows = await readPage<RepositoryRow>(page, keys, direction, (part) =>
    repositoryRows(ctx.db, ctx.actor)
      .where(where(visibleTo(ctx.actor), condition, part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
  return mapPage(rows, (row) => {
    const repository = judged(ctx.actor, row);
    if (!repository) throw new Error("visibleTo and repoAccess disagree");
    return repository;
  });
}

function conditionsOf(filter: RepositoryFilter): SQL | undefined {
  return and(
    filter.ownerId === undefined ? undefined : eq(repositories.ownerId, filter.ownerId),
    filter.forkedFromId === undefined ? undefined : eq(repositories.forkedFromId, filter.forkedFromId),
    filter.visibility === "public" ? eq(repositories.isPrivate, false) : undefined,
    filter.visibility === "private" ? eq(repositories.isPrivate, true) : undefined,
    filter.kind === "forks" ? eq(repositories.isFork, true) : undefined,
    filter.kind === "sources" ? eq(repositories.isFork, false) : undefined,
    filter.kind === "templates" ? eq(repositories.isTemplate, true) : undefined,
    filter.condition,
  );
}

/** The repository of the number that the API shows as its id, if the actor may read it. */
export async function findRepositoryByNumber(ctx: Context, apiId: number): Promise<Repository | null> {
  const [row] = await repositoryRows(ctx.db, ctx.actor).where(
    and(eq(repositories.apiId, apiId), isNull(repositories.deletedAt)),
  );
  return judged(ctx.actor, row);
}

export type Affiliation = "owner" | "collaborator" | "organization_member";

/** The condition on `repositories` for how a person belongs to them. */
export function affiliatedWith(userId: string, affiliations: readonly Affiliation[]): SQL {
  const one = sql`select 1`;
  const ways: Readonly<Record<Affiliation, SQL>> = {
    owner: eq(repositories.ownerId, userId),
    collaborator: sql`exists (${one} from ${collaborators} where ${collaborators.repoId} = ${repositories.id} and ${collaborators.userId} = ${userId})`,
    organization_member: sql`exists (${one} from ${orgMembers} where ${orgMembers.orgId}::text = ${repositories.ownerId} and ${orgMembers.userId} = ${userId})`,
  };
  return or(...affiliations.map((one) => ways[one])) ?? sql`false`;
}

/** The condition on `repositories` that its name, its owner or its description contains a text. */
export function containing(text: string): SQL | undefined {
  if (text === "") return undefined;
  const part = `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return or(
    sql`${repositories.name} ilike ${part}`,
    sql`${repositories.description} ilike ${part}`,
    sql`${owners.login} || '/' || ${repositories.name} ilike ${part}`,
  );
}

/** What a person may do with a repository, whatever credential they would use. */
export async function permissionOf(
  ctx: Context,
  repo: Pick<Repository, "id">,
  userId: string,
): Promise<Level | "none"> {
  return (await permissionsOfUsers(ctx, repo, [userId])).get(userId) ?? "none";
}

/** As `permissionOf` for many people at once; who may not even read is left out. */
export async function permissionsOfUsers(
  ctx: Context,
  repo: Pick<Repository, "id">,
  userIds: Iterable<string>,
): Promise<Map<string, Level>> {
  const wanted = [...new Set(userIds)];
  if (wanted.length === 0) return new Map();
  const rows = await ctx.db
    .select({
      userId: owners.id,
      isPrivate: repositories.isPrivate,
      ownerId: repositories.ownerId,
      orgRole: orgMembers.role,
      base: organizations.basePermission,
      team: teamLevel(owners.id),
      collaborator: collaborators.permission,
    })
    .from(repositories)
    .innerJoin(owners, inArray(owners.id, wanted))
    .leftJoin(
      orgMembers,
      and(sql`${orgMembers.orgId}::text = ${repositories.ownerId}`, eq(orgMembers.userId, owners.id)),
    )
    .leftJoin(organizations, eq(organizations.id, orgMembers.orgId))
    .leftJoin(
      collaborators,
      and(eq(collaborators.repoId, repositories.id), eq(collaborators.userId, owners.id)),
    )
    .where(and(eq(repositories.id, repo.id), isNull(repositories.deletedAt)));
  const levels = rows.map((row) => [row.userId, standingLevel(row.userId, row)] as const);
  return new Map(levels.filter((one): one is readonly [string, Level] => one[1] !== "none"));
}

/** Whether the actor stars and watches a repository; false for who is not signed in. */
export async function interestOf(
  ctx: Context,
  repo: Pick<Repository, "id">,
): Promise<{ readonly starred: boolean; readonly watching: boolean }> {
  const id = actorId(ctx.actor);
  if (id === null) return { starred: false, watching: false };
  const [row] = await ctx.db.execute<{ starred: boolean; watching: boolean }>(
    sql`select exists (select 1 from stars where repo_id = ${repo.id} and user_id = ${id}) as starred,
      exists (select 1 from watches where repo_id = ${repo.id} and user_id = ${id}) as watching`,
  );
  return { starred: row?.starred ?? false, watching: row?.watching ?? false };
}

/** What a repository was copied from, the first of its family, and its template; null where the actor may not see them. */
export async function originOf(ctx: Context, repo: Repository): Promise<Origin> {
  const template = repo.templateId === null ? null : await findRepositoryById(ctx, repo.templateId);
  if (repo.forkedFromId === null) return { parent: null, source: null, template };
  const [parent, sourceId] = await Promise.all([
    findRepositoryById(ctx, repo.forkedFromId),
    rootOf(ctx, repo.id),
  ]);
  const source = sourceId === parent?.id ? parent : sourceId && (await findRepositoryById(ctx, sourceId));
  return { parent, source: source || null, template };
}
