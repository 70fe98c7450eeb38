import { z } from "zod";
import { diffTrees } from "../../../git/diffs.ts";
import { notFound } from "../../../kernel/errors.ts";
import { route, settledUnless } from "../../../kernel/http/route.ts";
import { annotationsOn, diffAnnotationsShape } from "../../checks/index.ts";
import { verdictShape } from "../../issues/index.ts";
import {
  diffOptions,
  diffQuery,
  diffShape,
  diffView,
  gitOf,
  repositoryShape,
  repositoryView,
} from "../../repositories/index.ts";
import { withPullRequest } from "../access.ts";
import { inlineComments } from "../comments/queries.ts";
import { commitsOf } from "../contents.ts";
import { pendingReview } from "../reviews/queries.ts";
import { reviewShape, reviewView } from "../reviews/views.ts";
import { current } from "../revisions/routes.ts";
import { revisionShape, revisionViews } from "../revisions/views.ts";
import { pullShape } from "../shapes.ts";
import { standingOf, viewedBy } from "../viewed/queries.ts";
import { pullView } from "../views.ts";
import { threadShape, threadsOf } from "./entries.ts";
import { canOf } from "./page.ts";
import { rangeOf, rangeQuery, rangeShape } from "./range.ts";

const files = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/pulls/{pull_number}/files",
  operation: "web/get-pull-files-page",
  summary: "What a pull request changes, highlighted, with the threads on its lines",
  access: withPullRequest("read"),
  internal: true,
  query: z.object({
    ...diffQuery,
    ...rangeQuery,
    since: z
      .string()
      .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
      .optional()
      .describe("Only what changed after this commit of it: since one's own review"),
  }),
  answer: z.object({
    repository: repositoryShape,
    pull: pullShape,
    base: z.string().describe("The commit that the left side shows"),
    head: z.string(),
    range: rangeShape,
    revisions: z.array(revisionShape),
    diff: diffShape,
    threads: z.array(threadShape),
    annotations: diffAnnotationsShape,
    viewed: z
      .object({ files: z.array(z.string()), changed: z.array(z.string()) })
      .nullable()
      .describe("Files that the reader is done with, and those that changed since; null when not signed in"),
    pending: z.object({ review: reviewShape, comments: z.int() }).nullable(),
    can: z.object({ comment: verdictShape, judge: verdictShape, edit: verdictShape }),
  }),
  handle: async ({ ctx, repo, pull: seen, query }) => {
    const pull = await current(ctx, repo, seen);
    const git = gitOf(ctx, repo);
    // A commit says which part is meant; nothing else is asked then.
    const range = await rangeOf(ctx, repo, pull, query.since === undefined ? query : { from: "base" });
    const from = query.since ?? range.base;
    if (query.since !== undefined) {
      const own = await commitsOf(ctx, repo, pull);
      if (!own.some((commit) => commit.oid === query.since))
        throw notFound("This commit is not part of the pull request any more");
    }
    const me = ctx.actor.kind === "user" ? ctx.actor.user.id : null;
    const [view, revisions, diff, comments, pending, marks] = await Promise.all([
      pullView(ctx, repo, pull),
      revisionViews(ctx, repo, pull, range.revisions),
      diffTrees(git, from, range.head, diffOptions(query)),
      inlineComments(ctx, pull.id),
      me === null ? null : pendingReview(ctx, pull.id, me),
      me === null ? null : viewedBy(ctx, pull, me),
    ]);
    const viewed = marks && standingOf(marks, diff.list);
    const paths = (diff.list ?? diff.files).map(({ path }) => path);
    const [threads, said] = await Promise.all([
      threadsOf(ctx, repo, range.at, comments, pending?.id ?? null),
      annotationsOn(ctx, repo, range.head, paths),
    ]);
    const { comment, judge, edit } = canOf(ctx, repo, pull);
    const drawn = await diffView(ctx, git, diff, { at: { repo, commit: range.head }, skipped: query.skip });
    return settledUnless(drawn.colours_later, {
      repository: repositoryView(ctx, repo),
      pull: view,
      base: from,
      head: range.head,
      range: range.shown,
      revisions,
      diff: drawn,
      threads: [...threads.values()],
      annotations: said,
      viewed: viewed && { files: viewed.viewed, changed: viewed.changed },
      pending: pending && {
        review: await reviewView(ctx, repo, pull, pending),
        comments: comments.filter((one) => one.reviewId === pending.id).length,
      },
      can: { comment, judge, edit },
    });
  },
});

export const filesPageRoutes = [files];
