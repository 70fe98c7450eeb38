import { and, eq, inArray, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import type { Level } from "../../../kernel/grants.ts";
import { mapPage, readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { teamsById, type Team } from "../../organizations/index.ts";
import type { RepoWith, Repository } from "../access.ts";
import { listRepositories } from "../queries.ts";
import { repositories } from "../schema.ts";
import { visibleTo } from "../standing.ts";
import { teamRepositories } from "./schema.ts";

export interface TeamAtWork {
  readonly team: Team;
  readonly permission: Level;
}

/** The teams that have rights in a repository, in the order they were made. */
export async function listTeamsOf(
  ctx: Context,
  repo: RepoWith<"admin">,
  request: PageRequest,
): Promise<Page<TeamAtWork>> {
  type Row = typeof teamRepositories.$inferSelect;
  const byTeam = { column: teamRepositories.teamId, value: (row: Row) => row.teamId };
  const page = await readPage<Row>(request, [byTeam], "asc", (part) =>
    ctx.db
      .select()
      .from(teamRepositories)
      .where(where(part.where, eq(teamRepositories.repoId, repo.id)))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
  const known = await teamsById(
    ctx,
    page.items.map((row) => row.teamId),
  );
  return {
    ...page,
    items: page.items.flatMap(({ teamId, permission }) => {
      const team = known.get(teamId);
      return team ? [{ team, permission }] : [];
    }),
  };
}

export interface WorkOfTeam {
  readonly repository: Repository;
  /** What the team may do, which can be less than what the reader may. */
  readonly permission: Level;
}

/** The repositories in which a team has rights, by name, as far as the actor may see them. */
export async function listRepositoriesOf(
  ctx: Context,
  team: Team,
  request: PageRequest,
): Promise<Page<WorkOfTeam>> {
  const condition = sql`exists (select 1 from ${teamRepositories}
    where ${teamRepositories.repoId} = ${repositories.id} and ${teamRepositories.teamId} = ${team.id})`;
  const order = { sort: "full_name", direction: "asc" } as const;
  const page = await listRepositories(ctx, { ownerId: team.orgId, condition }, order, request);
  const ids = page.items.map((repository) => repository.id);
  const rows =
    ids.length === 0
      ? []
      : await ctx.db
          .select()
          .from(teamRepositories)
          .where(and(eq(teamRepositories.teamId, team.id), inArray(teamRepositories.repoId, ids)));
  const held = new Map(rows.map((row) => [row.repoId, row.permission]));
  return mapPage(page, (repository) => ({ repository, permission: held.get(repository.id) ?? "read" }));
}

/** What a team may do in a repository; null for nothing of its own. */
export async function permissionOfTeam(
  ctx: Context,
  repo: RepoWith<"read">,
  team: Team,
): Promise<Level | null> {
  const [row] = await ctx.db
    .select({ permission: teamRepositories.permission })
    .from(teamRepositories)
    .where(and(eq(teamRepositories.repoId, repo.id), eq(teamRepositories.teamId, team.id)));
  return row && team.orgId === repo.ownerId ? row.permission : null;
}

/** In how many repositories each team has rights, of those that the actor may see. */
export async function countRepositoriesOf(
  ctx: Context,
  teamIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await ctx.db
    .select({ teamId: teamRepositories.teamId, count: sql<number>`count(*)::int` })
    .from(teamRepositories)
    .innerJoin(repositories, eq(repositories.id, teamRepositories.repoId))
    .where(and(inArray(teamRepositories.teamId, [...teamIds]), visibleTo(ctx.actor)))
    .groupBy(teamRepositories.teamId);
  return new Map(rows.map((row) => [row.teamId, row.count]));
}
