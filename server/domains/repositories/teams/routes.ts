/** What teams may do in the repositories of their organization: set by who administers the repository and sees the team. */
import { z } from "zod";
import { invalid, notFound } from "../../../kernel/errors.ts";
import { nothing, route, type Access } from "../../../kernel/http/route.ts";
import { actorId } from "../../../kernel/actor.ts";
import type { Level } from "../../../kernel/grants.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import {
  getTeam,
  listTeams,
  roleOf,
  teamShape,
  teamView,
  withOrganization,
  type OrganizationWith,
} from "../../organizations/index.ts";
import { withRepository, type RepoWith } from "../access.ts";
import { permissionNamed } from "../collaborators/permission-names.ts";
import { removeTeam, setTeamPermission } from "./commands.ts";
import { listRepositoriesOf, listTeamsOf, permissionOfTeam } from "./queries.ts";
import { teamAtWorkShape, teamAtWorkView, workOfTeamShape, workOfTeamView } from "./views.ts";

const ofTeam = "/orgs/{org}/teams/{team_slug}/repos" as const;
const one = "/orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}" as const;

/** Who sees the organization's teams and has this right in the repository; both are in the path. */
function withBoth<L extends Level>(
  level: L,
): Access<{ organization: OrganizationWith<"read">; repo: RepoWith<L> }> {
  const organization = withOrganization("read");
  const repository = withRepository(level);
  return {
    name: `${organization.name}+${repository.name}`,
    resolve: async (ctx, params) => ({
      ...(await organization.resolve(ctx, params)),
      ...(await repository.resolve(ctx, params)),
    }),
  };
}

const listOfTeam = route({
  method: "GET",
  path: ofTeam,
  operation: "teams/list-repos-in-org",
  summary: "The repositories in which a team has rights, with the team's permissions",
  access: withOrganization("read"),
  query: z.object(pagingQuery),
  answer: z.array(workOfTeamShape),
  handle: async ({ ctx, organization, params, query }) => {
    const team = await getTeam(ctx, organization, params.team_slug);
    return mapPage(await listRepositoriesOf(ctx, team, query), (work) => workOfTeamView(ctx, work));
  },
});

const check = route({
  method: "GET",
  path: one,
  operation: "teams/check-permissions-for-repo-in-org",
  summary: "204 when a team has rights of its own in a repository, else 404",
  access: withBoth("read"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, repo, params }) => {
    const team = await getTeam(ctx, organization, params.team_slug);
    if ((await permissionOfTeam(ctx, repo, team)) === null) throw notFound();
  },
});

const put = route({
  method: "PUT",
  path: one,
  operation: "teams/add-or-update-repo-permissions-in-org",
  summary: "Let a team work on a repository of its organization, or change what it may do",
  access: withBoth("admin"),
  body: z.object({ permission: z.string().default("push").describe("pull, push or admin") }),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, repo, params, body }) => {
    const level = permissionNamed(body.permission);
    if (!level) throw invalid("Team", "permission", "One of pull, push and admin");
    await setTeamPermission(ctx, repo, await getTeam(ctx, organization, params.team_slug), level);
  },
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "teams/remove-repo-in-org",
  summary: "End what a team may do in a repository",
  access: withBoth("admin"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, organization, repo, params }) =>
    removeTeam(ctx, repo, await getTeam(ctx, organization, params.team_slug)),
});

const listOfRepository = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/teams",
  operation: "repos/list-teams",
  summary: "The teams that have rights in a repository, for who administers it",
  access: withRepository("admin"),
  query: z.object(pagingQuery),
  answer: z.array(teamAtWorkShape),
  handle: async ({ ctx, repo, query }) =>
    mapPage(await listTeamsOf(ctx, repo, query), (work) => teamAtWorkView(ctx, work)),
});

const settings = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/teams",
  operation: "web/repository-teams",
  summary: "What the settings of a repository show of teams",
  access: withRepository("admin"),
  internal: true,
  answer: z
    .object({
      organization: z.string(),
      at_work: z.array(teamAtWorkShape),
      others: z.array(teamShape).describe("That can be added; none for who does not see the teams"),
    })
    .nullable()
    .describe("null where no organization owns it"),
  handle: async ({ ctx, repo }) => {
    if (repo.owner.type !== "organization") return null;
    const me = actorId(ctx.actor);
    const sees = me !== null && (await roleOf(ctx, repo.ownerId, me)) !== null;
    const [{ items: present }, all] = await Promise.all([
      listTeamsOf(ctx, repo, { per_page: 100 }),
      sees ? listTeams(ctx, repo.owner, { per_page: 100 }) : null,
    ]);
    const taken = new Set(present.map(({ team }) => team.id));
    return {
      organization: repo.owner.login,
      at_work: present.map((work) => teamAtWorkView(ctx, work)),
      others: (all?.items ?? []).filter(({ id }) => !taken.has(id)).map((team) => teamView(ctx, team)),
    };
  },
});

export const teamRoutes = [listOfTeam, check, put, remove, listOfRepository, settings];
