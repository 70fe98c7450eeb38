import { and, eq, sql } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { ownerColumns, type Owner } from "../accounts/index.ts";
import { owners, user } from "../accounts/schema.ts";
import { organizationColumns, organizationRows, type Organization, type OrganizationWith } from "./access.ts";
import type { OrgRole } from "./policy.ts";
import { orgMembers, organizations } from "./schema.ts";

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
    organizationRows(ctx, null)
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
      .select({ ...organizationColumns, role: orgMembers.role })
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
