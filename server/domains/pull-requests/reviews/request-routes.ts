import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { invalid } from "../../../kernel/errors.ts";
import { created, route } from "../../../kernel/http/route.ts";
import { simpleUser, simpleUserShape, usersById, usersByLogin } from "../../accounts/index.ts";
import { teamView, teamShape, teamsById, teamsByName } from "../../organizations/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import { simplePullShape } from "../shapes.ts";
import { simplePullView } from "../views.ts";
import { requestsOf } from "./asked.ts";
import { requestReviews, withdrawRequests, type Asked } from "./requests.ts";

const path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers";

const body = z.object({
  reviewers: z
    .array(z.string().min(1).max(201))
    .max(50)
    .default([])
    .describe("Logins; a team may also stand here, as organization/name"),
  team_reviewers: z
    .array(z.string().min(1).max(100))
    .max(50)
    .default([])
    .describe("Names of teams of the organization that owns the repository"),
});

/** @throws Refusal 422 that names who is unknown */
async function named(ctx: Context, repo: RepoWith<"write">, input: z.output<typeof body>): Promise<Asked> {
  const prefix = `${repo.owner.login}/`.toLowerCase();
  const logins = input.reviewers.filter((name) => !name.includes("/"));
  const mentioned = input.reviewers.filter((name) => name.includes("/"));
  const foreign = mentioned.filter((name) => !name.toLowerCase().startsWith(prefix));
  const names = [
    ...input.team_reviewers,
    ...mentioned.filter((name) => !foreign.includes(name)).map((name) => name.slice(prefix.length)),
  ];
  const [people, teams] = await Promise.all([
    usersByLogin(ctx, logins),
    repo.owner.type === "organization" ? teamsByName(ctx, repo.owner.id, names) : new Map<string, never>(),
  ]);
  const unknown = logins.filter((login) => !people.has(login.toLowerCase()));
  if (unknown.length > 0) throw invalid("PullRequest", "reviewers", `Nobody is called ${unknown.join(", ")}`);
  const strange = [...foreign, ...names.filter((name) => !teams.has(name.toLowerCase()))];
  if (strange.length > 0)
    throw invalid("PullRequest", "team_reviewers", `${repo.owner.login} has no team ${strange.join(", ")}`);
  return { people: [...people.values()], teams: [...teams.values()] };
}

const list = route({
  method: "GET",
  path,
  operation: "pulls/list-requested-reviewers",
  summary: "List who is asked for a review and has not given one",
  access: withPullRequest("read"),
  answer: z.object({ users: z.array(simpleUserShape), teams: z.array(teamShape) }),
  handle: async ({ ctx, pull }) => {
    const asked = (await requestsOf(ctx, [pull.id])).get(pull.id) ?? [];
    const [people, teams] = await Promise.all([
      usersById(
        ctx,
        asked.map((one) => one.userId),
      ),
      teamsById(
        ctx,
        asked.map((one) => one.teamId),
      ),
    ]);
    return {
      users: asked.flatMap((one) => {
        const person = people.get(one.userId ?? "");
        return person ? [simpleUser(ctx, person)] : [];
      }),
      teams: asked.flatMap((one) => {
        const team = teams.get(one.teamId ?? "");
        return team ? [teamView(ctx, team)] : [];
      }),
    };
  },
});

const add = route({
  method: "POST",
  path,
  operation: "pulls/request-reviewers",
  summary: "Ask people and teams for a review",
  access: withPullRequest("write"),
  body,
  answer: simplePullShape,
  status: 201,
  handle: async ({ ctx, repo, pull, body: input }) => {
    await requestReviews(ctx, repo, pull, await named(ctx, repo, input));
    const view = await simplePullView(ctx, repo, pull);
    return created(view, view.url);
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "pulls/remove-requested-reviewers",
  summary: "Ask people and teams no longer",
  access: withPullRequest("write"),
  body,
  answer: simplePullShape,
  handle: async ({ ctx, repo, pull, body: input }) => {
    await withdrawRequests(ctx, repo, pull, await named(ctx, repo, input));
    return simplePullView(ctx, repo, pull);
  },
});

export const requestRoutes = [list, add, remove];
