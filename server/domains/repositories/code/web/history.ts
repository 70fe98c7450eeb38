import { z } from "zod";
import { listCommits, readCommit } from "../../../../git/commits.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route, type RouteRequest } from "../../../../kernel/http/route.ts";
import { pagingQuery, type PageRequest } from "../../../../kernel/paging.ts";
import { withRepository, type RepoWith, type Repository } from "../../access.ts";
import { pageAt, placeOf } from "../paging.ts";
import { peopleOf } from "../people.ts";
import { requirePlace } from "./places.ts";
import { commitCard, commitCardShape, revisionShape, revisionView } from "./shapes.ts";

const answer = z.object({
  revision: revisionShape,
  path: z.string(),
  commits: z.array(commitCardShape),
  next: z.string().nullable().describe("The cursor of the next page"),
});

async function history(
  ctx: Context,
  repo: Repository,
  rest: string,
  query: PageRequest,
): Promise<z.input<typeof answer>> {
  const { git, revision, path } = await requirePlace(ctx, repo, rest);
  const place = placeOf(query, revision.commit);
  if (!(await readCommit(git, place.from))) throw notFound();
  const { commits, more } = await listCommits(git, {
    from: place.from,
    skip: place.skip,
    limit: query.per_page,
    ...(path === "" ? {} : { path }),
  });
  const people = await peopleOf(ctx, commits);
  return {
    revision: revisionView(revision),
    path,
    commits: commits.map((commit) => commitCard(ctx, people, commit)),
    next: pageAt(commits, more, place, query).next,
  };
}

type Asked = RouteRequest & { readonly repo: RepoWith<"read">; readonly query: PageRequest };

const described = {
  method: "GET",
  summary: "The history of a branch, a folder or a file",
  access: withRepository("read"),
  internal: true,
  query: z.object(pagingQuery),
  answer,
} as const;

export const historyRoutes = [
  route({
    ...described,
    path: "/_web/repos/{owner}/{repo}/commits",
    operation: "web/default-history",
    handle: ({ ctx, repo, query }: Asked) => history(ctx, repo, "", query),
  }),
  route({
    ...described,
    path: "/_web/repos/{owner}/{repo}/commits/{rest*}",
    operation: "web/history",
    handle: ({ ctx, repo, query, params }) => history(ctx, repo, params.rest, query),
  }),
];
