import { z } from "zod";
import { diffTrees } from "../../../git/diffs.ts";
import { route, settledUnless } from "../../../kernel/http/route.ts";
import { annotationsOn, diffAnnotationsShape } from "../../checks/index.ts";
import {
  diffOptions,
  diffQuery,
  diffShape,
  diffView,
  gitOf,
  repositoryShape,
  repositoryView,
} from "../../repositories/index.ts";
import { verdictShape } from "../../issues/index.ts";
import { withPullRequest } from "../access.ts";
import { changeOf, interdiff, pairs } from "../revisions/compare.ts";
import { getRevision, revisionsOf } from "../revisions/queries.ts";
import { current } from "../revisions/routes.ts";
import { pairShape, pairViews, revisionShape, revisionViews } from "../revisions/views.ts";
import { pullShape } from "../shapes.ts";
import { pullView } from "../views.ts";
import { canOf } from "./page.ts";
import { untold } from "./range.ts";

const number = z
  .string()
  .regex(/^[1-9]\d{0,5}$/)
  .optional();

const revisions = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/pulls/{pull_number}/revisions",
  operation: "web/get-pull-revisions-page",
  summary: "Every head that a pull request had, and what changed between two of them",
  access: withPullRequest("read"),
  internal: true,
  query: z.object({
    ...diffQuery,
    from: number.describe("A revision; the one before the last unless told"),
    to: number.describe("A revision; the last unless told"),
  }),
  answer: z.object({
    repository: repositoryShape,
    pull: pullShape,
    revisions: z.array(revisionShape),
    comparison: z
      .object({
        from: z.int(),
        to: z.int(),
        same: z.boolean(),
        unable: z.string().nullable().describe("Why the files cannot be told apart"),
        base: z.string().nullable().describe("A commit with the former change on the newer base"),
        head: z.string(),
        diff: diffShape.nullable(),
        annotations: diffAnnotationsShape,
        commits: z.array(pairShape).nullable(),
        unpaired: z.string().nullable().describe("Why the commits are not paired"),
      })
      .nullable()
      .describe("Null while there is one revision only"),
    can: z.object({ edit: verdictShape }),
  }),
  handle: async ({ ctx, repo, pull: seen, query }) => {
    const pull = await current(ctx, repo, seen);
    const list = await revisionsOf(ctx, pull);
    const last = list.at(-1)?.number ?? 1;
    const to = await getRevision(ctx, pull, Number(query.to ?? last));
    const from = await getRevision(ctx, pull, Number(query.from ?? Math.max(1, to.number - 1)));
    const before = await changeOf(ctx, repo, pull, from);
    const after = await changeOf(ctx, repo, pull, to);
    const isAlone = list.length < 2;
    const [view, views, found, paired] = await Promise.all([
      pullView(ctx, repo, pull),
      revisionViews(ctx, repo, pull, list),
      isAlone ? null : interdiff(ctx, repo, before, after),
      isAlone ? null : pairs(ctx, repo, before, after),
    ]);
    const git = gitOf(ctx, repo);
    const diff =
      found?.kind === "told" ? await diffTrees(git, found.from, found.to, diffOptions(query)) : null;
    const paths = diff && (diff.list ?? diff.files).map(({ path }) => path);
    const said = paths && (await annotationsOn(ctx, repo, to.headSha, paths));
    const drawn = diff && (await diffView(ctx, git, diff));
    return settledUnless(drawn?.colours_later ?? false, {
      repository: repositoryView(ctx, repo),
      pull: view,
      revisions: views,
      comparison:
        found === null || paired === null
          ? null
          : {
              from: from.number,
              to: to.number,
              same: found.kind === "told" && found.same,
              unable: found.kind === "told" ? null : untold(from.number, to.number, found),
              base: found.kind === "told" ? found.from : null,
              head: to.headSha,
              diff: drawn,
              annotations: said ?? { items: [], more: 0, elsewhere: 0 },
              commits: "pairs" in paired ? await pairViews(ctx, repo, paired.pairs) : null,
              unpaired: "because" in paired ? paired.because : null,
            },
      can: { edit: canOf(ctx, repo, pull).edit },
    });
  },
});

export const revisionPageRoutes = [revisions];
