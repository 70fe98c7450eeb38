import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { anyone, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { getUser, simpleUser, simpleUserShape } from "../../accounts/index.ts";
import type { Context } from "../../../kernel/context.ts";
import { asPerson, withRepository } from "../access.ts";
import { repositoryShape, repositoryView } from "../views.ts";
import { star, unstar } from "./commands.ts";
import { isStarred, listLiked, listStargazers, type Liked } from "./queries.ts";

const mine = "/user/starred/{owner}/{repo}";

const check = route({
  method: "GET",
  path: mine,
  operation: "activity/check-repo-is-starred-by-authenticated-user",
  summary: "Whether one stars a repository",
  access: asPerson("read", "user:read"),
  answer: z.undefined(),
  status: 204,
  handle: async ({ ctx, repo, me }) => {
    if (!(await isStarred(ctx, repo, me))) throw notFound();
  },
});

const put = route({
  method: "PUT",
  path: mine,
  operation: "activity/star-repo-for-authenticated-user",
  summary: "Star a repository",
  access: asPerson("read", "user:write"),
  answer: z.undefined(),
  status: 204,
  handle: ({ ctx, repo, me }) => star(ctx, repo, me),
});

const remove = route({
  method: "DELETE",
  path: mine,
  operation: "activity/unstar-repo-for-authenticated-user",
  summary: "Take a star back",
  access: asPerson("read", "user:write"),
  answer: z.undefined(),
  status: 204,
  handle: ({ ctx, repo, me }) => unstar(ctx, repo, me),
});

/** GitHub's way to ask for the time as well: another media type. */
const wantsTime = (headers: Headers) => headers.get("accept")?.includes("star+json") === true;

const starredShape = z.array(
  z.union([repositoryShape, z.object({ starred_at: z.iso.datetime(), repo: repositoryShape })]),
);

const starredView = (ctx: Context, headers: Headers) => (repo: Liked) => {
  const view = repositoryView(ctx, repo);
  return wantsTime(headers) ? { starred_at: repo.since.toISOString(), repo: view } : view;
};

const starredQuery = z.object({
  ...pagingQuery,
  direction: z.enum(["asc", "desc"]).default("desc").describe("By the time of the star"),
});

const listMine = route({
  method: "GET",
  path: "/user/starred",
  operation: "activity/list-repos-starred-by-authenticated-user",
  summary: "List the repositories one stars",
  access: signedIn("user:read"),
  query: starredQuery,
  answer: starredShape,
  handle: async ({ ctx, me, query, headers }) =>
    mapPage(await listLiked(ctx, "stars", me.user.id, query.direction, query), starredView(ctx, headers)),
});

const listOfUser = route({
  method: "GET",
  path: "/users/{username}/starred",
  operation: "activity/list-repos-starred-by-user",
  summary: "List the repositories a person stars",
  access: anyone,
  query: starredQuery,
  answer: starredShape,
  handle: async ({ ctx, params, query, headers }) => {
    const person = await getUser(ctx, params.username);
    const page = await listLiked(ctx, "stars", person.id, query.direction, query);
    return mapPage(page, starredView(ctx, headers));
  },
});

const stargazers = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/stargazers",
  operation: "activity/list-stargazers-for-repo",
  summary: "List who stars a repository",
  access: withRepository("read"),
  query: z.object(pagingQuery),
  answer: z.array(
    z.union([simpleUserShape, z.object({ starred_at: z.iso.datetime(), user: simpleUserShape })]),
  ),
  handle: async ({ ctx, repo, query, headers }) =>
    mapPage(await listStargazers(ctx, repo, query), (person) => {
      const user = simpleUser(ctx, person);
      return wantsTime(headers) ? { starred_at: person.starredAt.toISOString(), user } : user;
    }),
});

export const starRoutes = [check, put, remove, listMine, listOfUser, stargazers];
