import { z } from "zod";
import { diffTrees } from "../../../git/diffs.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { diffEntryShape, diffEntryView, gitOf, type RepoWith } from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { pageOf } from "../slices.ts";
import { changeOf, interdiff, pairs } from "./compare.ts";
import { completeRevisions } from "./complete.ts";
import { getRevision, revisionsOf } from "./queries.ts";
import { pairShape, pairViews, revisionShape, revisionViews } from "./views.ts";

const path = "/repos/{owner}/{repo}/pulls/{pull_number}/revisions" as const;

/** The pull request with its revisions up to date. */
export async function current(ctx: Context, repo: RepoWith<"read">, seen: PullRequest) {
  const pull = await catchUp(ctx, repo, seen);
  await completeRevisions(ctx, repo, pull);
  return pull;
}

const list = route({
  method: "GET",
  path,
  operation: "pulls/list-revisions",
  summary: "List every head that a pull request had, oldest first",
  access: withPullRequest("read"),
  query: z.object(pagingQuery),
  answer: z.array(revisionShape),
  handle: async ({ ctx, repo, pull: seen, query }) => {
    const pull = await current(ctx, repo, seen);
    const page = pageOf(await revisionsOf(ctx, pull), query);
    const views = await revisionViews(ctx, repo, pull, page.items);
    return { ...page, items: views };
  },
});

const compare = route({
  method: "GET",
  path: `${path}/{comparison}`,
  operation: "pulls/compare-revisions",
  summary: "What changed from one revision to another (`1...3`), without what the base brought in between",
  access: withPullRequest("read"),
  answer: z.object({
    before: revisionShape,
    after: revisionShape,
    same_change: z.boolean().nullable().describe("Null where the two cannot be compared"),
    conflicts: z
      .array(z.string())
      .describe("Files in which the former change does not fit the newer base: then `files` is null"),
    files: z.array(diffEntryShape).nullable().describe("At most 300"),
    commits: z.array(pairShape).nullable().describe("Null where there are too many to be paired"),
  }),
  handle: async ({ ctx, repo, pull: seen, params }) => {
    const [, from, to] = /^(\d{1,6})\.\.\.(\d{1,6})$/.exec(params.comparison) ?? [];
    if (from === undefined || to === undefined) throw notFound("Two numbers are compared: 1...3");
    const pull = await current(ctx, repo, seen);
    const [before, after] = await Promise.all([
      getRevision(ctx, pull, Number(from)),
      getRevision(ctx, pull, Number(to)),
    ]);
    const changes = [
      await changeOf(ctx, repo, pull, before),
      await changeOf(ctx, repo, pull, after),
    ] as const;
    const [found, paired, [beforeView, afterView]] = await Promise.all([
      interdiff(ctx, repo, ...changes),
      pairs(ctx, repo, ...changes),
      revisionViews(ctx, repo, pull, [before, after]),
    ]);
    if (!beforeView || !afterView) throw notFound();
    const diff = found.kind === "told" ? await diffTrees(gitOf(ctx, repo), found.from, found.to) : null;
    return {
      before: beforeView,
      after: afterView,
      same_change: found.kind === "told" ? found.same : found.kind === "conflict" ? false : null,
      conflicts: found.kind === "conflict" ? [...found.paths] : [],
      files: diff && diff.files.map((file) => diffEntryView(ctx, repo, file, after.headSha)),
      commits: "pairs" in paired ? await pairViews(ctx, repo, paired.pairs) : null,
    };
  },
});

export const revisionRoutes = [list, compare];
