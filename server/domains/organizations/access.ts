/** Which organization a request means, and what the actor may do in it. */
import { and, eq, sql } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { forbidden, notFound, unauthorized } from "../../kernel/errors.ts";
import { grant, reaches, type Granted, type Level } from "../../kernel/grants.ts";
import type { Access } from "../../kernel/http/route.ts";
import { isUuid } from "../../kernel/ids.ts";
import { findOwner, ownerColumns, type Owner } from "../accounts/index.ts";
import { owners } from "../accounts/schema.ts";
import { organizationAccess, type OrgRole } from "./policy.ts";
import { orgMembers, organizations } from "./schema.ts";

/** An organization as anyone sees it. */
export interface Organization extends Owner {
  readonly displayName: string | null;
  readonly description: string | null;
  readonly website: string | null;
  readonly location: string | null;
  /** What every member may do in its repositories, before teams and collaborations. */
  readonly basePermission: Level | "none";
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An organization and what the actor is and may do in it. */
export interface OrganizationSeen extends Organization {
  readonly role: OrgRole | null;
  readonly access: Level | "none";
}

export type OrganizationWith<L extends Level> = Granted<OrganizationSeen, L>;

export const organizationColumns = {
  ...ownerColumns,
  displayName: organizations.displayName,
  description: organizations.description,
  website: organizations.website,
  location: organizations.location,
  basePermission: organizations.basePermission,
  createdAt: organizations.createdAt,
  updatedAt: organizations.updatedAt,
};

/** Organizations with the role of one person in each. */
export function organizationRows(ctx: Context, userId: string | null) {
  return ctx.db
    .select({ ...organizationColumns, role: orgMembers.role })
    .from(organizations)
    .innerJoin(owners, sql`${owners.id} = ${organizations.id}::text`)
    .leftJoin(orgMembers, and(eq(orgMembers.orgId, organizations.id), sql`${orgMembers.userId} = ${userId}`))
    .$dynamic();
}

const seen = (ctx: Context, row: Organization & { role: OrgRole | null }): OrganizationSeen => ({
  ...row,
  access: organizationAccess(ctx.actor, row.role),
});

/** By id; null when there is none. */
export async function findOrganizationById(ctx: Context, id: string): Promise<OrganizationSeen | null> {
  if (!isUuid(id)) return null;
  const [row] = await organizationRows(ctx, actorId(ctx.actor)).where(eq(organizations.id, id));
  return row ? seen(ctx, row) : null;
}

/** By present or former name, in any case. Everybody may see that an organization exists. */
export async function findOrganization(ctx: Context, login: string): Promise<OrganizationSeen | null> {
  const [row] = await organizationRows(ctx, actorId(ctx.actor)).where(
    sql`lower(${organizations.name}) = lower(${login})`,
  );
  if (row) return seen(ctx, row);
  const moved = await findOwner(ctx, login);
  return moved?.type === "organization" ? findOrganizationById(ctx, moved.id) : null;
}

/** Mints the grant. @throws Refusal 404 without an organization, 401 or 403 when the level is not reached */
export function requireOrganization<L extends Level>(
  ctx: Context,
  organization: OrganizationSeen | null,
  level: L,
): OrganizationWith<L> {
  if (!organization) throw notFound();
  if (reaches(organization.access, level)) return grant(organization, level);
  if (ctx.actor.kind === "anonymous") throw unauthorized();
  const role = { read: "a member", write: "an admin or owner", admin: "an owner" }[level];
  const byToken = ctx.actor.kind === "user" && ctx.actor.via === "token";
  const token = byToken ? `, with a token that carries ${level === "read" ? "user:read" : "user:write"}` : "";
  throw forbidden(`You must be ${role} of this organization${token}`);
}

/** Access to the organization that `{org}` of the path names. */
export function withOrganization<L extends Level>(level: L): Access<{ organization: OrganizationWith<L> }> {
  return {
    name: `organization:${level}`,
    resolve: async (ctx, params) => ({
      organization: requireOrganization(ctx, await findOrganization(ctx, params["org"] ?? ""), level),
    }),
  };
}
