import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { invalid } from "../../../kernel/errors.ts";
import { created, route } from "../../../kernel/http/route.ts";
import { simpleUser, simpleUserShape, usersById, usersByLogin, type Owner } from "../../accounts/index.ts";
import { withPullRequest } from "../access.ts";
import { requestedReviewersOf } from "../queries.ts";
import { simplePullShape } from "../shapes.ts";
import { simplePullView } from "../views.ts";
import { requestReviews, withdrawRequests } from "./requests.ts";

const path = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers";

const body = z.object({
  reviewers: z.array(z.string().min(1).max(100)).max(50).default([]),
  team_reviewers: z.array(z.string()).max(0, "This forge has no teams to ask").default([]),
});

/** @throws Refusal 422 that names who is unknown */
async function named(ctx: Context, logins: readonly string[]): Promise<Owner[]> {
  const people = await usersByLogin(ctx, logins);
  const unknown = logins.filter((login) => !people.has(login.toLowerCase()));
  if (unknown.length > 0) throw invalid("PullRequest", "reviewers", `Nobody is called ${unknown.join(", ")}`);
  return [...people.values()];
}

const list = route({
  method: "GET",
  path,
  operation: "pulls/list-requested-reviewers",
  summary: "List who is asked for a review and has not given one",
  access: withPullRequest("read"),
  answer: z.object({ users: z.array(simpleUserShape), teams: z.array(z.never()) }),
  handle: async ({ ctx, pull }) => {
    const ids = (await requestedReviewersOf(ctx, [pull.id])).get(pull.id) ?? [];
    const people = await usersById(ctx, ids);
    const users = ids.flatMap((id) => {
      const person = people.get(id);
      return person ? [simpleUser(ctx, person)] : [];
    });
    return { users, teams: [] };
  },
});

const add = route({
  method: "POST",
  path,
  operation: "pulls/request-reviewers",
  summary: "Ask people for a review",
  access: withPullRequest("write"),
  body,
  answer: simplePullShape,
  status: 201,
  handle: async ({ ctx, repo, pull, body: input }) => {
    await requestReviews(ctx, repo, pull, await named(ctx, input.reviewers));
    const view = await simplePullView(ctx, repo, pull);
    return created(view, view.url);
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "pulls/remove-requested-reviewers",
  summary: "Ask people no longer",
  access: withPullRequest("write"),
  body,
  answer: simplePullShape,
  handle: async ({ ctx, repo, pull, body: input }) => {
    await withdrawRequests(ctx, repo, pull, await named(ctx, input.reviewers));
    return simplePullView(ctx, repo, pull);
  },
});

export const requestRoutes = [list, add, remove];
