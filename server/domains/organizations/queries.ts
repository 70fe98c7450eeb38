import { and, eq, sql } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { forbidden, notFound, unauthorized } from "../../kernel/errors.ts";
import { grant, reaches, type Granted, type Level } from "../../kernel/grants.ts";
import type { Access } from "../../kernel/http/route.ts";
import { isUuid } from "../../kernel/ids.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { findOwner, ownerColumns, type Owner } from "../accounts/index.ts";
import { owners, user } from "../accounts/schema.ts";
import { organizationAccess, type OrgRole } from "./policy.ts";
import { orgMembers, organizations } from "./schema.ts";

/** An organization as anyone sees it. */
export interface Organization extends Owner {
  readonly displayName: string | null;
  readonly description: string | null;
  readonly website: string | null;
  readonly location: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An organization and what the actor is and may do in it. */
export interface OrganizationSeen extends Organization {
  readonly role: OrgRole | null;
  readonly access: Level | "none";
}

export type OrganizationWith<L extends Level> = Granted<OrganizationSeen, L>;

const columns = {
  ...ownerColumns,
  displayName: organizations.displayName,
  description: organizations.description,
  website: organizations.website,
  location: organizations.location,
  createdAt: organizations.createdAt,
  updatedAt: organizations.updatedAt,
};

/** Organizations with the role of one person in each. */
function rows(ctx: Context, userId: string | null) {
  return ctx.db
    .select({ ...columns, role: orgMembers.role })
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
  const [row] = await rows(ctx, actorId(ctx.actor)).where(eq(organizations.id, id));
  return row ? seen(ctx, row) : null;
}

/** By present or former name, in any case. Everybody may see that an organization exists. */
export async function findOrganization(ctx: Context, login: string): Promise<OrganizationSeen | null> {
  const [row] = await rows(ctx, actorId(ctx.actor)).where(
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
  throw forbidden(
    {
      read: "You must be a member of this organization, with a token that carries user:read",
      write: "You must be an admin or owner of this organization, with a token that carries user:write",
      admin: "You must be an owner of this organization, with a token that carries user:write",
    }[level],
  );
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

const byId = { column: organizations.id, value: (row: Owner) => row.id };

/** All organizations in the order they were created; `since` is the integer id of one, as GitHub has it. */
export function listOrganizations(
  ctx: Context,
  request: PageRequest,
  since: number | undefined,
): Promise<Page<Organization>> {
  const before = sql`(select ${owners.id} from ${owners} where ${owners.apiId} <= ${since} and ${owners.type} = 'organization' order by ${owners.apiId} desc limit 1)`;
  const after = sql`${organizations.id} > coalesce(${before}, '00000000-0000-0000-0000-000000000000')::uuid`;
  return readPage<Organization>(request, [byId], "asc", (page) =>
    rows(ctx, null)
      .where(where(page.where, since === undefined ? undefined : after))
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}

export interface Belonging extends Organization {
  readonly role: OrgRole;
}

/** A user's organizations with the user's role. Others than the user see those that they are in too. */
export function listOrganizationsOf(
  ctx: Context,
  userId: string,
  request: PageRequest,
): Promise<Page<Belonging>> {
  const viewer = actorId(ctx.actor);
  const shared =
    ctx.actor.kind === "system" || viewer === userId
      ? undefined
      : sql`exists (select 1 from ${orgMembers} mine where mine.org_id = ${organizations.id} and mine.user_id = ${viewer})`;
  return readPage<Belonging>(request, [byId], "asc", (page) =>
    ctx.db
      .select({ ...columns, role: orgMembers.role })
      .from(orgMembers)
      .innerJoin(organizations, eq(organizations.id, orgMembers.orgId))
      .innerJoin(owners, sql`${owners.id} = ${organizations.id}::text`)
      .where(where(page.where, eq(orgMembers.userId, userId), shared))
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}

export interface Member extends Owner {
  readonly role: OrgRole;
}

/** The members of an organization. `role` as GitHub divides them: its `admin` is our owner. */
export function listMembers(
  ctx: Context,
  organization: OrganizationWith<"read">,
  request: PageRequest,
  role: "all" | "admin" | "member",
): Promise<Page<Member>> {
  const owner = eq(orgMembers.role, "owner");
  const byUser = { column: orgMembers.userId, value: (row: Member) => row.id };
  return readPage<Member>(request, [byUser], "asc", (page) =>
    ctx.db
      .select({ ...ownerColumns, role: orgMembers.role })
      .from(orgMembers)
      .innerJoin(owners, eq(owners.id, orgMembers.userId))
      .where(
        where(
          page.where,
          eq(orgMembers.orgId, organization.id),
          role === "admin" ? owner : role === "member" ? sql`not ${owner}` : undefined,
        ),
      )
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}

/** The role of a user in an organization, or null. */
export async function roleOf(ctx: Context, organizationId: string, userId: string): Promise<OrgRole | null> {
  const [row] = await ctx.db
    .select({ role: orgMembers.role })
    .from(orgMembers)
    .where(and(eq(orgMembers.orgId, organizationId), eq(orgMembers.userId, userId)));
  return row?.role ?? null;
}

/** The owners in good standing besides one person. */
export async function countOtherOwners(
  ctx: Context,
  organizationId: string,
  userId: string,
): Promise<number> {
  const [row] = await ctx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(orgMembers)
    .innerJoin(user, eq(user.id, orgMembers.userId))
    .where(
      and(
        eq(orgMembers.orgId, organizationId),
        eq(orgMembers.role, "owner"),
        eq(user.suspended, false),
        sql`${user.id} <> ${userId}`,
      ),
    );
  return row?.count ?? 0;
}
