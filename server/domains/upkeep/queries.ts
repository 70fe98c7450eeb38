import { and, asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { owners } from "../accounts/schema.ts";
import type { RepoWith } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { repositoryUpkeep } from "./schema.ts";

export type UpkeepRow = Readonly<typeof repositoryUpkeep.$inferSelect>;
export type UpkeepState = UpkeepRow["state"];

/** How often a repository is looked at. */
const everyMs = 7 * 86_400_000;
/** Rounds in that time, less a few for a server that stood still. */
const rounds = 600;
const atLeast = 3;

/** Makes rows for repositories that have none yet. */
export async function enroll(ctx: Context): Promise<void> {
  await ctx.db.execute(
    sql`insert into repository_upkeep (repo_id) select id from repositories r where deleted_at is null
      and not exists (select 1 from repository_upkeep u where u.repo_id = r.id) on conflict do nothing`,
  );
}

/** The repositories of one round: those whose last check is longest ago, so few that all come about once a week. */
export async function dueRepositories(ctx: Context): Promise<string[]> {
  const [counted] = await ctx.db.select({ count: sql<string>`count(*)` }).from(repositoryUpkeep);
  const before = new Date(ctx.clock.now().getTime() - everyMs);
  const rows = await ctx.db
    .select({ repoId: repositoryUpkeep.repoId })
    .from(repositoryUpkeep)
    .innerJoin(repositories, eq(repositories.id, repositoryUpkeep.repoId))
    .where(
      and(
        isNull(repositories.deletedAt),
        or(isNull(repositoryUpkeep.checkedAt), lt(repositoryUpkeep.checkedAt, before)),
      ),
    )
    .orderBy(sql`${repositoryUpkeep.checkedAt} asc nulls first`)
    .limit(Math.max(atLeast, Math.ceil(Number(counted?.count ?? 0) / rounds)));
  return rows.map((row) => row.repoId);
}

/** When every byte of a repository was last read. */
export async function fullyCheckedAt(ctx: Context, repoId: string): Promise<Date | null> {
  const [row] = await ctx.db
    .select({ at: repositoryUpkeep.fullyCheckedAt })
    .from(repositoryUpkeep)
    .where(eq(repositoryUpkeep.repoId, repoId));
  return row?.at ?? null;
}

/** How many repositories are damaged, as far as is known. */
export async function countDamaged(ctx: Context): Promise<number> {
  const [row] = await ctx.db
    .select({ count: sql<string>`count(*)` })
    .from(repositoryUpkeep)
    .innerJoin(repositories, eq(repositories.id, repositoryUpkeep.repoId))
    .where(and(eq(repositoryUpkeep.state, "damaged"), isNull(repositories.deletedAt)));
  return Number(row?.count ?? 0);
}

/** What is known of a repository; null before its first look. */
export async function upkeepOf(ctx: Context, repo: RepoWith<"admin">): Promise<UpkeepRow | null> {
  const [row] = await ctx.db.select().from(repositoryUpkeep).where(eq(repositoryUpkeep.repoId, repo.id));
  return row ?? null;
}

export interface KeptRepository extends UpkeepRow {
  readonly owner: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly apiId: number;
}

export interface UpkeepFilter {
  readonly text?: string | undefined;
  readonly state?: UpkeepState | undefined;
}

/** All repositories for whom the instance is theirs to keep, the largest first. */
export function listKept(
  ctx: Context,
  request: PageRequest,
  filter: UpkeepFilter,
): Promise<Page<KeptRepository>> {
  const part = filter.text ? `%${filter.text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%` : null;
  const keys = [
    { column: repositoryUpkeep.diskBytes, value: (row: KeptRepository) => row.diskBytes },
    { column: repositoryUpkeep.repoId, value: (row: KeptRepository) => row.repoId },
  ];
  return readPage<KeptRepository>(request, keys, "desc", async (page) => {
    const rows = await ctx.db
      .select({
        upkeep: repositoryUpkeep,
        owner: owners.login,
        name: repositories.name,
        isPrivate: repositories.isPrivate,
        apiId: repositories.apiId,
      })
      .from(repositoryUpkeep)
      .innerJoin(repositories, eq(repositories.id, repositoryUpkeep.repoId))
      .innerJoin(owners, eq(owners.id, repositories.ownerId))
      .where(
        where(
          page.where,
          isNull(repositories.deletedAt),
          part === null ? undefined : sql`${owners.login} || '/' || ${repositories.name} ilike ${part}`,
          filter.state === undefined ? undefined : eq(repositoryUpkeep.state, filter.state),
        ),
      )
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset);
    return rows.map(({ upkeep, ...repo }) => ({ ...upkeep, ...repo }));
  });
}

/** Repositories by their places (`owner/name`), or all of them: for whoever stands at the machine. Ids, in order of age. */
export async function repositoriesAt(ctx: Context, places: readonly string[] | "all"): Promise<string[]> {
  const place = sql<string>`lower(${owners.login} || '/' || ${repositories.name})`;
  const rows = await ctx.db
    .select({ id: repositories.id })
    .from(repositories)
    .innerJoin(owners, eq(owners.id, repositories.ownerId))
    .where(
      and(
        isNull(repositories.deletedAt),
        places === "all"
          ? undefined
          : inArray(
              place,
              places.map((one) => one.toLowerCase()),
            ),
      ),
    )
    .orderBy(asc(repositories.id));
  return rows.map((row) => row.id);
}
