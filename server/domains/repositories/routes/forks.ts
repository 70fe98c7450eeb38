import { z } from "zod";
import { Reply, route } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { asPerson, withRepository } from "../access.ts";
import { repositoryUrl } from "../addresses.ts";
import { forkRepository } from "../commands/fork.ts";
import { ownHome, requireHome } from "../homes.ts";
import { listRepositories } from "../queries.ts";
import { fullRepositoryShape, repositoryShape, repositoryView } from "../views.ts";
import { fullView } from "./settings.ts";

const fork = route({
  method: "POST",
  path: "/repos/{owner}/{repo}/forks",
  operation: "repos/create-fork",
  summary: "Fork a repository",
  access: asPerson("read", "repo:write"),
  body: z.object({
    organization: z.string().min(1).max(100).optional().describe("One's own account unless told"),
    name: z.string().min(1).max(100).optional().describe("The same name unless told"),
  }),
  answer: fullRepositoryShape,
  status: 202,
  handle: async ({ ctx, repo, me, body }) => {
    const home =
      body.organization === undefined
        ? await ownHome(ctx, me)
        : await requireHome(ctx, me, body.organization, "organization");
    const made = await forkRepository(ctx, repo, home, body.name);
    return new Reply(await fullView(ctx, made), { headers: { location: repositoryUrl(ctx, made) } });
  },
});

const listForks = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/forks",
  operation: "repos/list-forks",
  summary: "List the forks of a repository that one may see",
  access: withRepository("read"),
  query: z.object({
    ...pagingQuery,
    sort: z.enum(["newest", "oldest"]).default("newest"),
  }),
  answer: z.array(repositoryShape),
  handle: async ({ ctx, repo, query }) => {
    const order = { sort: "created", direction: query.sort === "oldest" ? "asc" : "desc" } as const;
    const page = await listRepositories(ctx, { forkedFromId: repo.id }, order, query);
    return mapPage(page, (one) => repositoryView(ctx, one));
  },
});

const languages = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/languages",
  operation: "repos/list-languages",
  summary: "Bytes of code in each language on the default branch",
  access: withRepository("read"),
  answer: z.record(z.string(), z.int()),
  handle: ({ repo }) =>
    Object.fromEntries(Object.entries(repo.languageStats ?? {}).toSorted(([, a], [, b]) => b - a)),
});

export const forkRoutes = [fork, listForks, languages];
