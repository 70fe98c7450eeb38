import { z } from "zod";
import { listCommits, readCommit, type CommitFilter } from "../../../../git/commits.ts";
import { fileHistory } from "../../../../git/file-history.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import { route, type RouteRequest } from "../../../../kernel/http/route.ts";
import { pagingQuery, type PageRequest } from "../../../../kernel/paging.ts";
import { withRepository, type RepoWith } from "../../access.ts";
import { authorTexts } from "../authors.ts";
import { commitVerdicts, commitVerdictShape } from "../commit-notes.ts";
import { cursorAt, pageAt, placeOf } from "../paging.ts";
import { peopleOf } from "../people.ts";
import { nothingAt, requireSpot } from "./places.ts";
import { commitCard, commitCardShape, revisionShape, revisionView } from "./shapes.ts";

const answer = z.object({
  revision: revisionShape,
  path: z.string(),
  file: z.boolean().describe("Of a file the history goes on under its earlier names"),
  commits: z.array(
    commitCardShape.extend({
      checks: commitVerdictShape,
      path: z.string().describe("What the file was called in this commit; otherwise the path itself"),
      renamed_from: z
        .string()
        .nullable()
        .describe("What the file was called before this commit, if otherwise"),
    }),
  ),
  next: z.string().nullable().describe("The cursor of the next page"),
});

/** A day begins and ends in UTC; a moment is a moment. */
const moment = (endOfDay: boolean) =>
  z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .optional()
    .transform((text) =>
      text === undefined ? undefined : new Date(text.length === 10 && endOfDay ? `${text}T23:59:59Z` : text),
    );

const query = z.object({
  ...pagingQuery,
  author: z
    .string()
    .min(1)
    .max(320)
    .optional()
    .describe("A name on this forge, an e-mail address or a part of it"),
  since: moment(false).describe("A day (in UTC) or a moment"),
  until: moment(true).describe("A day (in UTC, to its end) or a moment"),
});

type Query = z.output<typeof query>;

async function history(
  ctx: Context,
  repo: RepoWith<"read">,
  rest: string,
  asked: Query,
): Promise<z.input<typeof answer>> {
  const { git, revision, path, entry } = await requireSpot(ctx, repo, rest);
  const place = placeOf(asked, revision.commit);
  if (!(await readCommit(git, place.from))) throw notFound();
  const filter = await filterOf(ctx, asked);
  // What was deleted has a history too: whether it was a file is not told any more, and makes no difference.
  const file = entry?.kind !== "directory" && entry?.kind !== "submodule";
  const found = file
    ? await followed(git, { ...place, path: place.path ?? path }, asked, filter)
    : await listed(git, place, path, asked, filter);
  if (!entry && found.entries.length === 0 && asked.cursor === undefined && !isPicked(asked))
    throw nothingAt({ path, revision });
  const commits = found.entries.map(({ commit }) => commit);
  const [people, verdicts] = await Promise.all([
    peopleOf(ctx, commits),
    commitVerdicts(
      ctx,
      repo,
      commits.map(({ oid }) => oid),
    ),
  ]);
  return {
    revision: revisionView(revision),
    path,
    file,
    commits: found.entries.map((one) => ({
      ...commitCard(ctx, people, one.commit),
      checks: verdicts.get(one.commit.oid) ?? null,
      path: one.path,
      renamed_from: one.renamedFrom,
    })),
    next: found.next,
  };
}

const isPicked = ({ author, since, until }: Query): boolean => Boolean(author ?? since ?? until);

type Filter = Pick<CommitFilter, "authors" | "since" | "until">;
type Git = Parameters<typeof listCommits>[0];

async function filterOf(ctx: Context, { author, since, until }: Query): Promise<Filter> {
  return {
    ...(author === undefined ? {} : { authors: await authorTexts(ctx, author) }),
    ...(since ? { since } : {}),
    ...(until ? { until } : {}),
  };
}

async function followed(
  git: Git,
  place: Parameters<typeof fileHistory>[1],
  asked: PageRequest,
  filter: Filter,
) {
  const { entries, next } = await fileHistory(git, place, { limit: asked.per_page, filter });
  return { entries, next: next && cursorAt(next) };
}

async function listed(
  git: Git,
  place: ReturnType<typeof placeOf>,
  path: string,
  asked: PageRequest,
  filter: Filter,
) {
  const { commits, more } = await listCommits(git, {
    ...filter,
    from: place.from,
    skip: place.skip,
    limit: asked.per_page,
    ...(path === "" ? {} : { path }),
  });
  const entries = commits.map((commit) => ({ commit, path, renamedFrom: null }));
  return { entries, next: pageAt(commits, more, place, asked).next };
}

type Asked = RouteRequest & { readonly repo: RepoWith<"read">; readonly query: Query };

const described = {
  method: "GET",
  summary: "The history of a branch, a folder or a file, which goes on under its earlier names",
  access: withRepository("read"),
  internal: true,
  query,
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
