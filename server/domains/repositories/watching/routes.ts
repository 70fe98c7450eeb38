import { z } from "zod";
import { anyone, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import type { Context } from "../../../kernel/context.ts";
import { unprocessable } from "../../../kernel/errors.ts";
import { getUser, simpleUser, simpleUserShape } from "../../accounts/index.ts";
import { asPerson, withRepository, type Repository } from "../access.ts";
import { repositoryUrl } from "../addresses.ts";
import { listLiked } from "../stars/queries.ts";
import { repositoryShape, repositoryView } from "../views.ts";
import { unwatch, watch } from "./commands.ts";
import { getWatch, listWatchers } from "./queries.ts";

const path = "/repos/{owner}/{repo}/subscription";

/** GitHub's `repository-subscription`. */
const subscriptionShape = z.object({
  subscribed: z.boolean(),
  ignored: z.boolean(),
  reason: z.string().nullable(),
  created_at: z.iso.datetime(),
  url: z.url(),
  repository_url: z.url(),
});

const subscriptionView = (ctx: Context, repo: Repository, since: Date, subscribed = true) => ({
  subscribed,
  ignored: false,
  reason: null,
  created_at: since.toISOString(),
  url: `${repositoryUrl(ctx, repo)}/subscription`,
  repository_url: repositoryUrl(ctx, repo),
});

const get = route({
  method: "GET",
  path,
  operation: "activity/get-repo-subscription",
  summary: "Whether one watches a repository",
  access: asPerson("read", "user:read"),
  answer: subscriptionShape,
  handle: async ({ ctx, repo, me }) => subscriptionView(ctx, repo, await getWatch(ctx, repo, me)),
});

const put = route({
  method: "PUT",
  path,
  operation: "activity/set-repo-subscription",
  summary: "Watch a repository, or stop",
  access: asPerson("read", "user:write"),
  body: z.object({ subscribed: z.boolean().default(true), ignored: z.boolean().default(false) }),
  answer: subscriptionShape,
  handle: async ({ ctx, repo, me, body }) => {
    if (body.ignored) throw unprocessable("Notifications of a repository are muted by not watching it");
    if (body.subscribed) return subscriptionView(ctx, repo, await watch(ctx, repo, me));
    await unwatch(ctx, repo, me);
    return subscriptionView(ctx, repo, ctx.clock.now(), false);
  },
});

const remove = route({
  method: "DELETE",
  path,
  operation: "activity/delete-repo-subscription",
  summary: "Stop watching a repository",
  access: asPerson("read", "user:write"),
  answer: z.undefined(),
  status: 204,
  handle: ({ ctx, repo, me }) => unwatch(ctx, repo, me),
});

const watchers = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/subscribers",
  operation: "activity/list-watchers-for-repo",
  summary: "List who watches a repository",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(simpleUserShape),
  handle: async ({ ctx, repo, query }) =>
    mapPage(await listWatchers(ctx, repo, query), (person) => simpleUser(ctx, person)),
});

const listMine = route({
  method: "GET",
  path: "/user/subscriptions",
  operation: "activity/list-watched-repos-for-authenticated-user",
  summary: "List the repositories one watches",
  access: signedIn("user:read"),
  query: z.object(pagingQuery),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, me, query }) =>
    mapPage(await listLiked(ctx, "watches", me.user.id, "desc", query), (repo) => repositoryView(ctx, repo)),
});

const listOfUser = route({
  method: "GET",
  path: "/users/{username}/subscriptions",
  operation: "activity/list-repos-watched-by-user",
  summary: "List the repositories a person watches",
  access: anyone,
  query: z.object(pagingQuery),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, params, query }) => {
    const person = await getUser(ctx, params.username);
    const page = await listLiked(ctx, "watches", person.id, "desc", query);
    return mapPage(page, (repo) => repositoryView(ctx, repo));
  },
});

export const watchingRoutes = [get, put, remove, watchers, listMine, listOfUser];
