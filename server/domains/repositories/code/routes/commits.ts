import { z } from "zod";
import { listCommits, readCommit, readCommits } from "../../../../git/commits.ts";
import { diffCommit, diffText, patchSeries } from "../../../../git/diffs.ts";
import { segments } from "../../../../git/paths.ts";
import { emptyTreeId } from "../../../../git/object-ids.ts";
import type { Context } from "../../../../kernel/context.ts";
import { invalid, notFound } from "../../../../kernel/errors.ts";
import { route } from "../../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../../kernel/paging.ts";
import { withRepository, type Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";
import { authorTexts } from "../authors.ts";
import { commitShape, commitView, diffEntryView } from "../commit-views.ts";
import { mediaOf, textAnswer } from "../media.ts";
import { pageAt, placeOf } from "../paging.ts";
import { peopleOf } from "../people.ts";
import { requireRevision } from "../revisions.ts";

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/commits",
  operation: "repos/list-commits",
  summary: "List the history of a branch, a tag or a commit, newest first",
  access: withRepository("read"),
  query: z.object({
    ...pagingQuery,
    sha: z
      .string()
      .min(1)
      .max(1024)
      .optional()
      .describe("A branch, tag or commit; the default branch unless told"),
    path: z.string().max(4096).optional().describe("Only commits that changed this file or folder"),
    author: z.string().min(1).max(320).optional().describe("A name on this forge or an e-mail address"),
    since: time.optional(),
    until: time.optional(),
  }),
  answer: z.array(commitShape),
  handle: async ({ ctx, repo, query }) => {
    const { commit } = await requireRevision(ctx, repo, query.sha);
    const place = placeOf(query, commit);
    const git = gitOf(ctx, repo);
    if (!(await readCommit(git, place.from))) throw notFound();
    const path = query.path?.replace(/^\/+|\/+$/g, "") ?? "";
    if (!segments(path)) throw invalid("Commit", "path", "This is not a path inside a repository");
    const { commits, more } = await listCommits(git, {
      from: place.from,
      skip: place.skip,
      limit: query.per_page,
      ...(path === "" ? {} : { path }),
      ...(query.author === undefined ? {} : { authors: await authorTexts(ctx, query.author) }),
      ...(query.since ? { since: query.since } : {}),
      ...(query.until ? { until: query.until } : {}),
    });
    const people = await peopleOf(ctx, commits);
    return mapPage(pageAt(commits, more, place, query), (one) => commitView(ctx, repo, one, people));
  },
});

const get = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/commits/{ref*}",
  operation: "repos/get-commit",
  summary: "Get a commit with what it changed; as text with the media types diff, patch and sha",
  access: withRepository("read"),
  answer: commitShape,
  handle: async ({ ctx, repo, params, headers }) => {
    const { commit } = await requireRevision(ctx, repo, params.ref);
    const media = mediaOf(headers);
    const git = gitOf(ctx, repo);
    if (media === "sha") return textAnswer(commit, media);
    if (media === "patch") return textAnswer(new Uint8Array(await patchSeries(git, null, commit)), media);
    if (media === "diff") {
      const [read] = await readCommits(git, [commit]);
      const from = read?.parents[0] ?? emptyTreeId(commit);
      return textAnswer(new Uint8Array(await diffText(git, from, commit)), media);
    }
    return fullCommit(ctx, repo, commit);
  },
});

/** A commit with its changes. */
async function fullCommit(ctx: Context, repo: Repository, oid: string): Promise<z.input<typeof commitShape>> {
  const git = gitOf(ctx, repo);
  const [[commit], diff] = await Promise.all([readCommits(git, [oid]), diffCommit(git, oid)]);
  if (!commit) throw notFound();
  const view = commitView(ctx, repo, commit, await peopleOf(ctx, [commit]));
  return {
    ...view,
    stats: {
      total: diff.additions + diff.deletions,
      additions: diff.additions,
      deletions: diff.deletions,
    },
    files: diff.files.map((file) => diffEntryView(ctx, repo, file, oid)),
  };
}

export const commitRoutes = [list, get];
