import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { anyone, nothing, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { findOwner, getUser, simpleUser } from "../../accounts/index.ts";
import { findOrganization, requireOrganization, withOrganization } from "../access.ts";
import { removeMember, setMembership } from "../commands.ts";
import { orgRoles } from "../policy.ts";
import { listMembers, listOrganizationsOf, roleOf } from "../queries.ts";
import {
  memberShape,
  membershipShape,
  membershipView,
  organizationSimple,
  organizationSimpleShape,
} from "../views.ts";

const listMine = route({
  method: "GET",
  path: "/user/orgs",
  operation: "orgs/list-for-authenticated-user",
  summary: "The organizations you belong to",
  access: signedIn("user:read"),
  query: z.object(pagingQuery),
  answer: z.array(organizationSimpleShape),
  handle: async ({ ctx, me, query }) =>
    mapPage(await listOrganizationsOf(ctx, me.user.id, query), (row) => organizationSimple(ctx, row)),
});

const listOf = route({
  method: "GET",
  path: "/users/{username}/orgs",
  operation: "orgs/list-for-user",
  summary: "A user's organizations that you belong to as well",
  access: anyone,
  query: z.object(pagingQuery),
  answer: z.array(organizationSimpleShape),
  handle: async ({ ctx, params, query }) => {
    const owner = await findOwner(ctx, params.username);
    if (!owner) throw notFound();
    // An organization is in none.
    if (owner.type !== "user") return [];
    const page = await listOrganizationsOf(ctx, owner.id, query);
    return mapPage(page, (row) => organizationSimple(ctx, row));
  },
});

const listMyMemberships = route({
  method: "GET",
  path: "/user/memberships/orgs",
  operation: "orgs/list-memberships-for-authenticated-user",
  summary: "Your roles in organizations",
  access: signedIn("user:read"),
  query: z.object(pagingQuery),
  answer: z.array(membershipShape),
  handle: async ({ ctx, me, query }) => {
    const person = await getUser(ctx, me.user.login);
    const page = await listOrganizationsOf(ctx, me.user.id, query);
    return mapPage(page, (row) => membershipView(ctx, row, person, row.role));
  },
});

const getMyMembership = route({
  method: "GET",
  path: "/user/memberships/orgs/{org}",
  operation: "orgs/get-membership-for-authenticated-user",
  summary: "Your role in an organization",
  access: signedIn("user:read"),
  answer: membershipShape,
  handle: async ({ ctx, me, params }) => {
    const organization = await findOrganization(ctx, params.org);
    if (!organization?.role) throw notFound();
    const person = await getUser(ctx, me.user.login);
    return membershipView(ctx, requireOrganization(ctx, organization, "read"), person, organization.role);
  },
});

const listAll = route({
  method: "GET",
  path: "/orgs/{org}/members",
  operation: "orgs/list-members",
  summary: "The members of an organization, for its members",
  access: withOrganization("read"),
  query: z.object({
    ...pagingQuery,
    role: z.enum(["all", "admin", "member"]).default("all").describe("admin: owners, member: the others"),
  }),
  answer: z.array(memberShape),
  handle: async ({ ctx, organization, query }) =>
    mapPage(await listMembers(ctx, organization, query, query.role), (member) => ({
      ...simpleUser(ctx, member),
      org_role: member.role,
    })),
});

const check = route({
  method: "GET",
  path: "/orgs/{org}/members/{username}",
  operation: "orgs/check-membership-for-user",
  summary: "204 for a member, 404 for anyone else",
  access: withOrganization("read"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, params }) => {
    const person = await getUser(ctx, params.username);
    if ((await roleOf(ctx, organization.id, person.id)) === null) throw notFound();
  },
});

const getMembership = route({
  method: "GET",
  path: "/orgs/{org}/memberships/{username}",
  operation: "orgs/get-membership-for-user",
  summary: "Somebody's role in an organization, for its members",
  access: withOrganization("read"),
  answer: membershipShape,
  handle: async ({ ctx, organization, params }) => {
    const person = await getUser(ctx, params.username);
    const role = await roleOf(ctx, organization.id, person.id);
    if (role === null) throw notFound();
    return membershipView(ctx, organization, person, role);
  },
});

const putMembership = route({
  method: "PUT",
  path: "/orgs/{org}/memberships/{username}",
  operation: "orgs/set-membership-for-user",
  summary: "Add somebody, or change their role; only owners make and unmake owners",
  access: withOrganization("read"),
  body: z.object({
    role: z.enum(["admin", "member"]).default("member").describe("As GitHub has it: admin is an owner"),
    org_role: z.enum(orgRoles).optional().describe("As this forge has it; goes before role"),
  }),
  answer: membershipShape,
  handle: async ({ ctx, organization, params, body }) => {
    const person = await getUser(ctx, params.username);
    const role = body.org_role ?? (body.role === "admin" ? "owner" : "member");
    await setMembership(ctx, organization, person, role);
    return membershipView(ctx, organization, person, role);
  },
});

const deleteMembership = route({
  method: "DELETE",
  path: "/orgs/{org}/memberships/{username}",
  operation: "orgs/remove-membership-for-user",
  summary: "Take somebody out of an organization, or leave it",
  access: withOrganization("read"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, params }) =>
    removeMember(ctx, organization, await getUser(ctx, params.username)),
});

const deleteMember = route({
  method: "DELETE",
  path: "/orgs/{org}/members/{username}",
  operation: "orgs/remove-member",
  summary: "Take somebody out of an organization, or leave it",
  access: withOrganization("read"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, params }) =>
    removeMember(ctx, organization, await getUser(ctx, params.username)),
});

export const memberRoutes = [
  listMine,
  listOf,
  listMyMemberships,
  getMyMembership,
  listAll,
  check,
  getMembership,
  putMembership,
  deleteMembership,
  deleteMember,
];
