/**
 * Who may do what with a repository, as a pure function of where the actor stands to it. `visibleTo` and `holds` say the same in
 * SQL, for lists; property tests hold them together.
 */
import { eq, isNull, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { actorId, hasScope, type Actor } from "../../kernel/actor.ts";
import { levels, type Level } from "../../kernel/grants.ts";
import { organizations, orgMembers, teamMembers, teams } from "../organizations/schema.ts";
import { collaborators, repositories } from "./schema.ts";
import { teamRepositories } from "./teams/schema.ts";

/** What the decision is made from. */
export interface Standing {
  readonly isPrivate: boolean;
  readonly ownerId: string;
  readonly orgRole: "member" | "admin" | "owner" | null;
  /** What the organization gives every member; null for who is none. */
  readonly base: Level | "none" | null;
  /** The most that the person's teams of the owning organization have. */
  readonly team: Level | null;
  readonly collaborator: Level | null;
}

/**
 * What an actor may do with a repository: the most that ownership, organization role, teams, collaboration and visibility give,
 * cut down to what the credential carries.
 */
export function repoAccess(actor: Actor, standing: Standing): Level | "none" {
  if (actor.kind === "system") return "admin";
  const held = standingLevel(actorId(actor), standing);
  if (held === "none") return "none";
  if (hasScope(actor, "repo:write")) return held;
  if (hasScope(actor, "repo:read")) return "read";
  return standing.isPrivate ? "none" : "read";
}

/** What a person may do, whatever credential they use; null stands for nobody in particular. */
export function standingLevel(userId: string | null, standing: Standing): Level | "none" {
  const ways: (Level | "none" | null)[] = [standing.isPrivate ? "none" : "read"];
  if (userId !== null) {
    const { orgRole } = standing;
    if (standing.ownerId === userId || orgRole === "owner" || orgRole === "admin") return "admin";
    ways.push(standing.collaborator, standing.team, orgRole === "member" ? standing.base : null);
  }
  return levels.findLast((level) => ways.includes(level)) ?? "none";
}

const one = sql`select 1`;

/**
 * The most that the teams of a person have in a row's repository, for a query on `repositories`: null without one. Teams of
 * another organization than the one that owns it give nothing.
 */
export const teamLevel = (userId: SQLWrapper | string | null): SQL<Level | null> =>
  sql<Level | null>`(select max(${teamRepositories.permission}) ${teamsOf(repositories, userId)})`;

function teamsOf(repo: Held, userId: SQLWrapper | string | null): SQL {
  return sql`from ${teamRepositories} inner join ${teams} on ${teams.id} = ${teamRepositories.teamId}
    inner join ${teamMembers} on ${teamMembers.teamId} = ${teamRepositories.teamId}
    where ${teamRepositories.repoId} = ${repo.id} and ${teams.orgId}::text = ${repo.ownerId}
    and ${teamMembers.userId} = ${userId}`;
}

/** A repository, as columns of a query or as values. */
export interface Held {
  readonly id: SQLWrapper | string;
  readonly ownerId: SQLWrapper | string;
}

/**
 * The condition that is true for who has rights of their own in a repository, and not only because everybody may read it.
 *
 * @param least no less than this
 */
export function holds(repo: Held, userId: SQLWrapper | string, least: Level): SQL {
  // Both enumerations stand in the order of strength.
  const enough = sql.raw(`>= '${least}'`);
  const belongs = sql`exists (${one} from ${orgMembers} inner join ${organizations} on ${organizations.id} = ${orgMembers.orgId}
    where ${orgMembers.orgId}::text = ${repo.ownerId} and ${orgMembers.userId} = ${userId}
    and (${orgMembers.role} <> 'member' or ${organizations.basePermission} ${enough}))`;
  const collaborates = sql`exists (${one} from ${collaborators} where ${collaborators.repoId} = ${repo.id}
    and ${collaborators.userId} = ${userId} and ${collaborators.permission} ${enough})`;
  const throughTeam = sql`exists (${one} ${teamsOf(repo, userId)} and ${teamRepositories.permission} ${enough})`;
  return sql`(${repo.ownerId} = ${userId} or ${belongs} or ${collaborates} or ${throughTeam})`;
}

/** The condition on `repositories` that is true for exactly those the actor may read. */
export function visibleTo(actor: Actor): SQL {
  const alive = isNull(repositories.deletedAt);
  if (actor.kind === "system") return alive;
  const isPublic = eq(repositories.isPrivate, false);
  const id = actorId(actor);
  if (id === null || !hasScope(actor, "repo:read")) return sql`(${alive} and ${isPublic})`;
  return sql`(${alive} and (${isPublic} or ${holds(repositories, id, "read")}))`;
}

/**
 * The condition that is true when a person may write to a repository, whatever credential they use: `standingLevel` in SQL.
 *
 * @param repoId the repository, as a column of an outer query
 * @param userId the person, likewise
 */
export function writes(repoId: SQLWrapper, userId: SQLWrapper): SQL {
  return sql`exists (${one} from ${repositories} where ${repositories.id} = ${repoId} and ${isNull(repositories.deletedAt)}
    and ${holds(repositories, userId, "write")})`;
}
