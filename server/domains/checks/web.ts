/** What the page of a commit's checks shows. */
import { z } from "zod";
import { readCommit } from "../../git/commits.ts";
import { notFound } from "../../kernel/errors.ts";
import { route } from "../../kernel/http/route.ts";
import { commitCard, commitCardShape, gitOf, peopleOf, withRepository } from "../repositories/index.ts";
import { combinedChecks } from "./combined.ts";
import { commitOf } from "./queries.ts";
import { shownRun, shownRunShape } from "./runs/shown.ts";
import { checkList, checkListShape, fewestLines, mostLines } from "./shown.ts";

/** How many checks are listed, and which run of them is opened. */
export const openedQuery = {
  checks: z.coerce.number().int().min(1).max(mostLines).default(fewestLines).describe("Listed at most"),
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
      list: checkList(found, null, query.checks),
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

export const webRoutes = [page, list];
