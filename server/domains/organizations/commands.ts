import { and, eq } from "drizzle-orm";
import type { UserActor } from "../../kernel/actor.ts";
import { actorId } from "../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../kernel/context.ts";
import { constraintViolation } from "../../kernel/db/client.ts";
import { conflict, forbidden, notFound } from "../../kernel/errors.ts";
import { emit } from "../../kernel/events.ts";
import type { Level } from "../../kernel/grants.ts";
import { requireScope } from "../../kernel/http/route.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { claimLogin, releaseLogin, renameLogin, type Owner } from "../accounts/index.ts";
import { findOrganizationById, type OrganizationSeen, type OrganizationWith } from "./access.ts";
import {
  basePermissionChanged,
  memberAdded,
  memberRemoved,
  memberRoleChanged,
  organizationCreated,
  organizationDeleted,
  organizationRenamed,
  organizationUpdated,
} from "./events.ts";
import { mayChangeRole, type OrgRole } from "./policy.ts";
import { countOtherOwners, roleOf } from "./queries.ts";
import { orgMembers, organizations } from "./schema.ts";
import { leaveTeams } from "./teams/commands.ts";

/** What an organization gives every member in its repositories. */
export type BasePermission = Level | "none";

export interface OrganizationProfile {
  readonly displayName?: string | null;
  readonly description?: string | null;
  readonly website?: string | null;
  readonly location?: string | null;
}

/** Makes an organization; who makes it is its first owner. @throws Refusal 422 for a name that is taken or reserved */
export async function createOrganization(
  ctx: Context,
  me: UserActor,
  input: OrganizationProfile & { readonly login: string },
): Promise<OrganizationSeen> {
  return transact(ctx, async (tx) => {
    const { login, ...profile } = input;
    const id = uuidv7();
    const now = tx.clock.now();
    await claimLogin(tx, { id, type: "organization", login });
    await tx.db.insert(organizations).values({ ...profile, id, name: login, createdAt: now, updatedAt: now });
    await tx.db.insert(orgMembers).values({ orgId: id, userId: me.user.id, role: "owner", createdAt: now });
    await emit(tx, organizationCreated, { orgId: id, subjectId: id }, { org_id: id, login });
    return reread(tx, id);
  });
}

async function reread(tx: TransactionContext, id: string): Promise<OrganizationSeen> {
  const organization = await findOrganizationById(tx, id);
  if (!organization) throw notFound();
  return organization;
}

export async function updateOrganization(
  ctx: Context,
  organization: OrganizationWith<"write">,
  changes: OrganizationProfile,
): Promise<OrganizationSeen> {
  return transact(ctx, async (tx) => {
    const { id, login } = organization;
    await tx.db
      .update(organizations)
      .set({ ...changes, updatedAt: tx.clock.now() })
      .where(eq(organizations.id, id));
    await emit(tx, organizationUpdated, { orgId: id, subjectId: id }, { org_id: id, login });
    return reread(tx, id);
  });
}

/** Changes what every member may do in its repositories. What they have as members of a team or by name stays. */
export function setBasePermission(
  ctx: Context,
  organization: OrganizationWith<"admin">,
  permission: BasePermission,
): Promise<void> {
  return transact(ctx, async (tx) => {
    const { id, login } = organization;
    const [before] = await tx.db
      .select({ permission: organizations.basePermission })
      .from(organizations)
      .where(eq(organizations.id, id))
      .for("update");
    if (!before) throw notFound();
    if (before.permission === permission) return;
    await tx.db
      .update(organizations)
      .set({ basePermission: permission, updatedAt: tx.clock.now() })
      .where(eq(organizations.id, id));
    await emit(
      tx,
      basePermissionChanged,
      { orgId: id, subjectId: id },
      { org_id: id, login, permission, previous_permission: before.permission },
    );
  });
}

/** Gives it another name; the former one redirects. @throws Refusal 422 for a name that is taken or reserved */
export async function renameOrganization(
  ctx: Context,
  organization: OrganizationWith<"admin">,
  login: string,
): Promise<OrganizationSeen> {
  return transact(ctx, async (tx) => {
    const { id, login: previous } = organization;
    if (login === previous) return organization;
    await renameLogin(tx, id, login);
    await tx.db
      .update(organizations)
      .set({ name: login, updatedAt: tx.clock.now() })
      .where(eq(organizations.id, id));
    await emit(
      tx,
      organizationRenamed,
      { orgId: id, subjectId: id },
      { org_id: id, login, previous_login: previous },
    );
    return reread(tx, id);
  });
}

/**
 * Deletes an organization that owns nothing any more. What belongs to it points at its row in `owners`, so the database
 * refuses while anything does, also what is created at this moment.
 *
 * @throws Refusal 409 while it owns something
 */
export async function deleteOrganization(
  ctx: Context,
  organization: OrganizationWith<"admin">,
): Promise<void> {
  const { id, login } = organization;
  try {
    await transact(ctx, async (tx) => {
      const deleted = await tx.db
        .delete(organizations)
        .where(eq(organizations.id, id))
        .returning({ id: organizations.id });
      if (deleted.length === 0) throw notFound();
      await releaseLogin(tx, id);
      await emit(tx, organizationDeleted, { orgId: id, subjectId: id }, { org_id: id, login });
    });
  } catch (error) {
    if (constraintViolation(error)?.kind !== "foreign_key") throw error;
    throw conflict("This organization still owns repositories: transfer or delete them first");
  }
}

/** Gives somebody a role. @throws Refusal 403 with the rule that forbids it */
export async function setMembership(
  ctx: Context,
  organization: OrganizationWith<"read">,
  person: Owner,
  role: OrgRole,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { id, login } = organization;
    const from = await decide(tx, organization, person, role);
    if (from === role) return;
    const payload = { org_id: id, login, user_id: person.id, role };
    if (from === null) {
      await tx.db
        .insert(orgMembers)
        .values({ orgId: id, userId: person.id, role, createdAt: tx.clock.now() });
      await emit(tx, memberAdded, { orgId: id, subjectId: id }, payload);
    } else {
      await tx.db.update(orgMembers).set({ role }).where(isMember(id, person.id));
      await emit(tx, memberRoleChanged, { orgId: id, subjectId: id }, { ...payload, previous_role: from });
    }
  });
}

/** Takes somebody out, or lets a member leave. @throws Refusal 403 with the rule that forbids it, 404 for no member */
export async function removeMember(
  ctx: Context,
  organization: OrganizationWith<"read">,
  person: Owner,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { id, login } = organization;
    const from = await decide(tx, organization, person, null);
    if (from === null) throw notFound();
    await leaveTeams(tx, id, person.id);
    await tx.db.delete(orgMembers).where(isMember(id, person.id));
    await emit(
      tx,
      memberRemoved,
      { orgId: id, subjectId: id },
      { org_id: id, login, user_id: person.id, role: from },
    );
  });
}

const isMember = (orgId: string, userId: string) =>
  and(eq(orgMembers.orgId, orgId), eq(orgMembers.userId, userId));

/**
 * Decides on roles as they are now: the organization's row is locked, so changes of its membership happen one after the other,
 * and somebody who was demoted a moment ago no longer decides. Answers the person's present role.
 */
async function decide(
  tx: TransactionContext,
  organization: OrganizationWith<"read">,
  person: Owner,
  to: OrgRole | null,
): Promise<OrgRole | null> {
  // Roles say what a person may; a token that only reads must not act on them.
  requireScope(tx.actor, "user:write");
  const [locked] = await tx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, organization.id))
    .for("update");
  if (!locked) throw notFound();
  const by = actorId(tx.actor);
  const held = by === null ? null : await roleOf(tx, organization.id, by);
  if (by !== null && held === null) throw forbidden("You are no longer a member of this organization");
  const from = await roleOf(tx, organization.id, person.id);
  const others = await countOtherOwners(tx, organization.id, person.id);
  const verdict = mayChangeRole(held, by === person.id, from, to, others);
  if (verdict !== true) throw forbidden(verdict);
  return from;
}
