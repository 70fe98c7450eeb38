/** What the page of a commit's checks shows. */
import { z } from "zod";
import { readCommit } from "../../git/commits.ts";
import { notFound } from "../../kernel/errors.ts";
import { route } from "../../kernel/http/route.ts";
import {
  commitCard,
  commitCardShape,
  gitOf,
  peopleOf,
  requireSides,
  withRepository,
} from "../repositories/index.ts";
import { combinedChecks } from "./combined.ts";
import { commitOf } from "./queries.ts";
import { annotationsOn, shownAnnotationShape, shownRun, shownRunShape } from "./runs/shown.ts";
import { checkList, checkListShape, fewestLines, mostLines } from "./shown.ts";

/** How many checks are listed, and which run of them is opened. */
export const openedQuery = {
  checks: z.coerce.number().int().min(1).max(mostLines).default(fewestLines).describe("Listed at most"),
  after: z.string().max(2000).optional().describe("`next` of the part of the list before this"),
  run: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().describe("Its integer id"),
  all: z.string().optional().describe("Whether every annotation is shown, not the first of them"),
};

const page = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/checks/{sha}",
  operation: "web/get-checks-page",
  summary: "The checks of a commit, and one of its runs",
  access: withRepository("read"),
  internal: true,
  query: z.object(openedQuery),
  answer: z.object({ commit: commitCardShape, list: checkListShape, run: shownRunShape.nullable() }),
  handle: async ({ ctx, repo, params, query }) => {
    const sha = await commitOf(ctx, repo, params.sha);
    const commit = await readCommit(gitOf(ctx, repo), sha);
    if (!commit) throw notFound();
    const [people, found] = await Promise.all([peopleOf(ctx, [commit]), combinedChecks(ctx, repo, sha)]);
    return {
      commit: commitCard(ctx, people, commit),
      list: checkList(found, null, { most: query.checks, after: query.after }),
      run: await shownRun(ctx, repo, found, { run: query.run, all: query.all !== undefined }),
    };
  },
});

const list = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/check-lists/{sha}",
  operation: "web/get-check-list",
  summary: "How the checks of a commit stand",
  access: withRepository("read"),
  internal: true,
  answer: checkListShape,
  handle: async ({ ctx, repo, params }) =>
    checkList(await combinedChecks(ctx, repo, await commitOf(ctx, repo, params.sha)), null),
});

const annotations = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/annotations/{basehead*}",
  operation: "web/get-annotations",
  summary: "What the checks of a commit, or of the head of a comparison, say about lines",
  access: withRepository("read"),
  internal: true,
  answer: z.object({
    sha: z.string(),
    items: z.array(shownAnnotationShape),
    more: z.int().describe("How many are left out"),
  }),
  handle: async ({ ctx, repo, params: { basehead } }) => {
    const sha = basehead.includes("..")
      ? (await requireSides(ctx, repo, basehead)).head.commit
      : await commitOf(ctx, repo, basehead);
    // The reports are those of this repository, also about the commit of a fork.
    const { items, more } = await annotationsOn(ctx, repo, sha, null);
    return { sha, items, more };
  },
});

export const webRoutes = [page, list, annotations];
