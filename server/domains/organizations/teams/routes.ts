/** GitHub's teams: kept by the admins of an organization, seen by its members. */
import { z } from "zod";
import { defined } from "../../../kernel/defined.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { Context } from "../../../kernel/context.ts";
import { created, nothing, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { getUser, simpleUser, singleLine } from "../../accounts/index.ts";
import { withOrganization, type OrganizationSeen } from "../access.ts";
import { memberShape, organizationView } from "../views.ts";
import { addToTeam, createTeam, deleteTeam, removeFromTeam, updateTeam } from "./commands.ts";
import {
  countsOfTeams,
  getTeam,
  listTeamMembers,
  listTeams,
  membersOfTeams,
  teamsLike,
  type Team,
} from "./queries.ts";
import { countsView, fullTeamShape, listedTeamShape, teamUrl, teamView } from "./views.ts";

const collection = "/orgs/{org}/teams" as const;
const one = "/orgs/{org}/teams/{team_slug}" as const;
const membership = "/orgs/{org}/teams/{team_slug}/memberships/{username}" as const;

const membershipShape = z.object({ url: z.url(), role: z.literal("member"), state: z.literal("active") });

const teamName = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/,
    "A team's name is of letters, digits and . _ - between them",
  )
  .describe("As it is mentioned: @organization/name");

const full = async (
  ctx: Context,
  organization: OrganizationSeen,
  team: Team,
): Promise<z.input<typeof fullTeamShape>> => ({
  ...teamView(ctx, team),
  ...countsView((await countsOfTeams(ctx, [team]))(team)),
  created_at: team.createdAt.toISOString(),
  updated_at: team.createdAt.toISOString(),
  organization: organizationView(ctx, organization),
});

const list = route({
  method: "GET",
  path: collection,
  operation: "teams/list",
  summary: "The teams of an organization, for its members",
  access: withOrganization("read"),
  query: z.object(pagingQuery),
  answer: z.array(listedTeamShape),
  handle: async ({ ctx, organization, query }) => {
    const page = await listTeams(ctx, organization, query);
    const counts = await countsOfTeams(ctx, page.items);
    return mapPage(page, (team) => ({ ...teamView(ctx, team), ...countsView(counts(team)) }));
  },
});

const create = route({
  method: "POST",
  path: collection,
  operation: "teams/create",
  summary: "Make a team; members are added one by one",
  access: withOrganization("write"),
  body: z.object({ name: teamName, description: singleLine(300).nullable().optional() }),
  answer: fullTeamShape,
  status: 201,
  handle: async ({ ctx, organization, body }) => {
    const input = { name: body.name, description: body.description || null };
    const team = await createTeam(ctx, organization, input);
    return created(await full(ctx, organization, team), teamUrl(ctx, team));
  },
});

const get = route({
  method: "GET",
  path: one,
  operation: "teams/get-by-name",
  summary: "Get a team, for members of its organization",
  access: withOrganization("read"),
  answer: fullTeamShape,
  handle: async ({ ctx, organization, params }) =>
    full(ctx, organization, await getTeam(ctx, organization, params.team_slug)),
});

const update = route({
  method: "PATCH",
  path: one,
  operation: "teams/update-in-org",
  summary: "Give a team another name or description",
  access: withOrganization("write"),
  body: z.object({ name: teamName.optional(), description: singleLine(300).nullable().optional() }),
  answer: fullTeamShape,
  handle: async ({ ctx, organization, params, body }) => {
    const team = await getTeam(ctx, organization, params.team_slug);
    const { name, description } = body;
    const changes = defined({ name, description: description === "" ? null : description });
    return full(ctx, organization, await updateTeam(ctx, organization, team, changes));
  },
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "teams/delete-in-org",
  summary: "Delete a team; it is asked for nothing any more, and its members lose what it gave them",
  access: withOrganization("write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, params }) =>
    deleteTeam(ctx, organization, await getTeam(ctx, organization, params.team_slug)),
});

const listPeople = route({
  method: "GET",
  path: `${one}/members`,
  operation: "teams/list-members-in-org",
  summary: "Who is in a team, for members of its organization",
  access: withOrganization("read"),
  query: z.object(pagingQuery),
  answer: z.array(memberShape),
  handle: async ({ ctx, organization, params, query }) => {
    const team = await getTeam(ctx, organization, params.team_slug);
    return mapPage(await listTeamMembers(ctx, team, query), (member) => ({
      ...simpleUser(ctx, member),
      org_role: member.role,
    }));
  },
});

const getMembership = route({
  method: "GET",
  path: membership,
  operation: "teams/get-membership-for-user-in-org",
  summary: "Whether somebody is in a team, for members of its organization",
  access: withOrganization("read"),
  answer: membershipShape,
  handle: async ({ ctx, organization, params }) => {
    const team = await getTeam(ctx, organization, params.team_slug);
    const person = await getUser(ctx, params.username);
    if (!(await membersOfTeams(ctx, [team.id])).get(team.id)?.includes(person.id)) throw notFound();
    return membershipView(`${teamUrl(ctx, team)}/memberships/${person.login}`);
  },
});

const add = route({
  method: "PUT",
  path: membership,
  operation: "teams/add-or-update-membership-for-user-in-org",
  summary: "Put a member of the organization into a team",
  access: withOrganization("write"),
  answer: membershipShape,
  handle: async ({ ctx, organization, params }) => {
    const team = await getTeam(ctx, organization, params.team_slug);
    const person = await getUser(ctx, params.username);
    await addToTeam(ctx, organization, team, person);
    return membershipView(`${teamUrl(ctx, team)}/memberships/${person.login}`);
  },
});

const takeOut = route({
  method: "DELETE",
  path: membership,
  operation: "teams/remove-membership-for-user-in-org",
  summary: "Take somebody out of a team",
  access: withOrganization("write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, params }) => {
    const team = await getTeam(ctx, organization, params.team_slug);
    return removeFromTeam(ctx, organization, team, await getUser(ctx, params.username));
  },
});

const offer = route({
  method: "GET",
  path: "/_web/teams",
  operation: "web/offer-teams",
  summary: "A few teams of the reader's organizations, to complete a mention with",
  access: signedIn("user:read"),
  internal: true,
  query: z.object({
    begun: z.string().max(140).describe("How the team's name begins, or `organization/` and how it begins"),
    first: z.string().max(100).optional().describe("The organization whose teams come first"),
  }),
  answer: z.array(
    z.object({ mention: z.string().describe("`organization/team`"), description: z.string().nullable() }),
  ),
  handle: async ({ ctx, query }) =>
    (await teamsLike(ctx, query.begun, query.first)).map(({ login, name, description }) => ({
      mention: `${login}/${name}`,
      description,
    })),
});

const membershipView = (url: string): z.input<typeof membershipShape> => ({
  url,
  role: "member",
  state: "active",
});

export const teamRoutes = [list, create, get, update, remove, listPeople, getMembership, add, takeOut, offer];
