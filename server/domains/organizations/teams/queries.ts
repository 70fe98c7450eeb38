import { and, asc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { actorId, hasScope } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { ownerColumns } from "../../accounts/index.ts";
import { owners } from "../../accounts/schema.ts";
import type { OrganizationWith } from "../access.ts";
import type { Member } from "../queries.ts";
import { orgMembers, teamMembers, teams } from "../schema.ts";

export interface Team extends Readonly<typeof teams.$inferSelect> {
  /** Of the organization. */
  readonly login: string;
}

function rows(ctx: Context) {
  return ctx.db
    .select({ team: teams, login: owners.login })
    .from(teams)
    .innerJoin(owners, sql`${owners.id} = ${teams.orgId}::text`)
    .$dynamic();
}

const joined = ({ team, login }: { team: typeof teams.$inferSelect; login: string }): Team => ({
  ...team,
  login,
});

/** The teams of an organization in the order they were made. */
export async function listTeams(
  ctx: Context,
  organization: { readonly id: string },
  request: PageRequest,
): Promise<Page<Team>> {
  const byId = { column: teams.id, value: (row: Team) => row.id };
  return readPage<Team>(request, [byId], "asc", async (page) =>
    (
      await rows(ctx)
        .where(where(page.where, eq(teams.orgId, organization.id)))
        .orderBy(...page.orderBy)
        .limit(page.limit)
        .offset(page.offset)
    ).map(joined),
  );
}

/** The teams of an organization that have one of these names, by name in lower case. */
export async function teamsByName(
  ctx: Context,
  orgId: string,
  names: Iterable<string>,
): Promise<Map<string, Team>> {
  const wanted = [...new Set([...names].map((name) => name.toLowerCase()))];
  if (wanted.length === 0) return new Map();
  const found = await rows(ctx).where(
    and(eq(teams.orgId, orgId), inArray(sql`lower(${teams.name})`, wanted)),
  );
  return new Map(found.map((row) => [row.team.name.toLowerCase(), joined(row)]));
}

/** Teams by id; those that are gone are left out. */
export async function teamsById(
  ctx: Context,
  ids: Iterable<string | null | undefined>,
): Promise<Map<string, Team>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === "string");
  if (wanted.length === 0) return new Map();
  return new Map(
    (await rows(ctx).where(inArray(teams.id, wanted))).map((row) => [row.team.id, joined(row)] as const),
  );
}

/** @throws Refusal 404 for a team that the organization does not have */
export async function getTeam(
  ctx: Context,
  organization: OrganizationWith<"read">,
  slug: string,
): Promise<Team> {
  const team = (await teamsByName(ctx, organization.id, [slug])).get(slug.toLowerCase());
  if (!team) throw notFound();
  return team;
}

/** Who is in each of these teams, as ids of users. */
export async function membersOfTeams(ctx: Context, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const found = await ctx.db
    .select({ teamId: teamMembers.teamId, userId: teamMembers.userId })
    .from(teamMembers)
    .where(inArray(teamMembers.teamId, [...ids]))
    .orderBy(asc(teamMembers.userId));
  const byTeam = Map.groupBy(found, (row) => row.teamId);
  return new Map([...byTeam].map(([teamId, list]) => [teamId, list.map((row) => row.userId)]));
}

/** The ids of the teams that somebody is in. */
export async function teamsOf(ctx: Context, userId: string): Promise<string[]> {
  const found = await ctx.db
    .select({ teamId: teamMembers.teamId })
    .from(teamMembers)
    .where(eq(teamMembers.userId, userId));
  return found.map((row) => row.teamId);
}

/** Who is in a team, each with their role in the organization. */
export function listTeamMembers(ctx: Context, team: Team, request: PageRequest): Promise<Page<Member>> {
  const byUser = { column: teamMembers.userId, value: (row: Member) => row.id };
  return readPage<Member>(request, [byUser], "asc", (page) =>
    ctx.db
      .select({ ...ownerColumns, role: orgMembers.role })
      .from(teamMembers)
      .innerJoin(owners, eq(owners.id, teamMembers.userId))
      .innerJoin(orgMembers, and(eq(orgMembers.userId, teamMembers.userId), eq(orgMembers.orgId, team.orgId)))
      .where(where(page.where, eq(teamMembers.teamId, team.id)))
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}

/** How much each of some teams holds. */
export interface TeamCounts {
  readonly members: number;
  /** Repositories with rights for the team, as far as the actor may see them. */
  readonly repositories: number;
}

/** How many repositories each team has rights in, of those that the actor may see; teams without one may be absent. */
export type TeamRepositoryCounter = (
  ctx: Context,
  teamIds: readonly string[],
) => Promise<ReadonlyMap<string, number>>;

let countRepositories: TeamRepositoryCounter = async () => new Map();

/** To be called once, when the domain of repositories is loaded: what teams may do there is its to know. */
export function answerTeamRepositories(counter: TeamRepositoryCounter): void {
  countRepositories = counter;
}

export async function countsOfTeams(
  ctx: Context,
  listed: readonly Team[],
): Promise<(team: Team) => TeamCounts> {
  const ids = listed.map((team) => team.id);
  if (ids.length === 0) return () => ({ members: 0, repositories: 0 });
  const [found, held] = await Promise.all([
    ctx.db
      .select({ teamId: teamMembers.teamId, count: sql<number>`count(*)::int` })
      .from(teamMembers)
      .where(inArray(teamMembers.teamId, ids))
      .groupBy(teamMembers.teamId),
    countRepositories(ctx, ids),
  ]);
  const members = new Map(found.map((row) => [row.teamId, row.count]));
  return ({ id }) => ({ members: members.get(id) ?? 0, repositories: held.get(id) ?? 0 });
}

/** A team as it is mentioned: `@organization/team`. */
export interface MentionedTeam {
  readonly organization: string;
  readonly team: string;
}

/**
 * The teams that are mentioned and that the actor may see, which are those of their own organizations; by
 * `organization/team` in lower case.
 */
export async function teamsMentioned(
  ctx: Context,
  mentioned: readonly MentionedTeam[],
): Promise<Map<string, Team>> {
  const mine = mentionable(ctx);
  if (mentioned.length === 0 || mine === null) return new Map();
  const names = mentioned.map((one) => `${one.organization}/${one.team}`.toLowerCase());
  const logins = mentioned.map((one) => one.organization.toLowerCase());
  const found = await rows(ctx).where(
    and(
      inArray(sql`lower(${owners.login})`, [...new Set(logins)]),
      inArray(sql`lower(${owners.login} || '/' || ${teams.name})`, [...new Set(names)]),
      mine,
    ),
  );
  return new Map(found.map((row) => [`${row.login}/${row.team.name}`.toLowerCase(), joined(row)]));
}

/** How many are offered while somebody types. */
const mostOffered = 8;

/**
 * The teams that the actor may mention and whose name begins like this, in any case: alone (`co`) or after that of the organization
 * (`acme/co`). Those of `first`, an organization, come before the others.
 */
export async function teamsLike(ctx: Context, begun: string, first: string | undefined): Promise<Team[]> {
  const mine = mentionable(ctx);
  if (mine === null) return [];
  const word = begun.toLowerCase();
  const mention = sql`lower(${owners.login} || '/' || ${teams.name})`;
  const found = await rows(ctx)
    .where(and(mine, sql`(starts_with(${mention}, ${word}) or starts_with(lower(${teams.name}), ${word}))`))
    .orderBy(sql`lower(${owners.login}) = ${(first ?? "").toLowerCase()} desc`, asc(mention))
    .limit(mostOffered);
  return found.map(joined);
}

/** Of these teams the ids of those whose page the actor may see. */
export async function teamsSeen(ctx: Context, list: readonly Team[]): Promise<ReadonlySet<string>> {
  const mine = mentionable(ctx);
  if (list.length === 0 || mine === null) return new Set();
  const ids = list.map((team) => team.id);
  const found = await ctx.db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, ids), mine));
  return new Set(found.map((team) => team.id));
}

/** The condition that the actor may see a team; null when they may see none. */
function mentionable(ctx: Context): SQL | undefined | null {
  const id = actorId(ctx.actor);
  if (id === null) return ctx.actor.kind === "system" ? undefined : null;
  if (!hasScope(ctx.actor, "user:read")) return null;
  // Asked for the person's own, not for each team: somebody is in few organizations.
  return sql`${teams.orgId} in (select ${orgMembers.orgId} from ${orgMembers} where ${orgMembers.userId} = ${id})`;
}
