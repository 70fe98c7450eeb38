/**
 * Who may do what with a repository, as a pure function of where the actor stands to it. `visibleTo` says the same in SQL, for
 * lists; a property test holds the two together.
 */
import { eq, isNull, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { actorId, hasScope, type Actor } from "../../kernel/actor.ts";
import type { Level } from "../../kernel/grants.ts";
import { orgMembers } from "../organizations/schema.ts";
import { collaborators, repositories } from "./schema.ts";

/** What the decision is made from. */
export interface Standing {
  readonly isPrivate: boolean;
  readonly ownerId: string;
  readonly orgRole: "member" | "admin" | "owner" | null;
  readonly collaborator: Level | null;
}

/**
 * What an actor may do with a repository: the most that ownership, organization role, collaboration and visibility give, cut
 * down to what the credential carries.
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
  if (userId !== null) {
    if (standing.ownerId === userId || standing.orgRole === "owner" || standing.orgRole === "admin")
      return "admin";
    if (standing.collaborator === "admin" || standing.collaborator === "write") return standing.collaborator;
    if (standing.orgRole === "member" || standing.collaborator === "read") return "read";
  }
  return standing.isPrivate ? "none" : "read";
}

/** The condition on `repositories` that is true for exactly those the actor may read. */
export function visibleTo(actor: Actor): SQL {
  const alive = isNull(repositories.deletedAt);
  if (actor.kind === "system") return alive;
  const isPublic = eq(repositories.isPrivate, false);
  const id = actorId(actor);
  if (id === null || !hasScope(actor, "repo:read")) return sql`(${alive} and ${isPublic})`;
  const one = sql`select 1`;
  const membership = sql`exists (${one} from ${orgMembers} where ${orgMembers.orgId}::text = ${repositories.ownerId} and ${orgMembers.userId} = ${id})`;
  const collaboration = sql`exists (${one} from ${collaborators} where ${collaborators.repoId} = ${repositories.id} and ${collaborators.userId} = ${id})`;
  return sql`(${alive} and (${isPublic} or ${repositories.ownerId} = ${id} or ${membership} or ${collaboration}))`;
}

/**
 * The condition that is true when a person may write to a repository, whatever credential they use: `standingLevel` in SQL.
 *
 * @param repoId the repository, as a column of an outer query
 * @param userId the person, likewise
 */
export function writes(repoId: SQLWrapper, userId: SQLWrapper): SQL {
  const one = sql`select 1`;
  const leads = sql`exists (${one} from ${orgMembers} where ${orgMembers.orgId}::text = ${repositories.ownerId}
    and ${orgMembers.userId} = ${userId} and ${orgMembers.role} in ('owner', 'admin'))`;
  const collaborates = sql`exists (${one} from ${collaborators} where ${collaborators.repoId} = ${repositories.id}
    and ${collaborators.userId} = ${userId} and ${collaborators.permission} in ('write', 'admin'))`;
  return sql`exists (${one} from ${repositories} where ${repositories.id} = ${repoId} and ${isNull(repositories.deletedAt)}
    and (${repositories.ownerId} = ${userId} or ${leads} or ${collaborates}))`;
}
