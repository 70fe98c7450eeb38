import { and, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { issueInput, wantsHtml } from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { asParticipant, withPullRequest } from "../access.ts";
import { commitOf, locate } from "../comments/locate.ts";
import { isInline, listPullComments } from "../comments/queries.ts";
import { placeInput, wantedOf } from "../comments/routes.ts";
import { reviewCommentShape, reviewCommentViews } from "../comments/views.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { body, sha } from "../routes/input.ts";
import { prComments } from "../schema.ts";
import { withReview } from "./access.ts";
import {
  addToReview,
  createReview,
  deletePending,
  dismissReview,
  editReview,
  submitReview,
} from "./commands.ts";
import { listReviews } from "./queries.ts";
import { reviewShape, reviewView, reviewViews } from "./views.ts";

const path = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews";
const one = `${path}/{review_id}` as const;

const judgements = {
  APPROVE: "approved",
  REQUEST_CHANGES: "changes_requested",
  COMMENT: "commented",
} as const;
const event = z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]);

const commentInput = z.object({ ...placeInput, body: issueInput.commentBody });

const place = (
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  comment: z.output<typeof commentInput>,
  commit: string,
) => locate(ctx, repo, pull, wantedOf(comment, commit));

const list = route({
  method: "GET",
  path,
  operation: "pulls/list-reviews",
  summary: "List the reviews of a pull request, oldest first",
  access: withPullRequest("read"),
  query: z.object(pagingQuery),
  answer: z.array(reviewShape),
  handle: async ({ ctx, repo, pull, query, headers }) => {
    const page = await listReviews(ctx, pull, query);
    const options = { html: wantsHtml(headers) };
    return { ...page, items: await reviewViews(ctx, repo, pull, page.items, options) };
  },
});

const create = route({
  method: "POST",
  path,
  operation: "pulls/create-review",
  summary: "Review a pull request; without an event the review waits to be submitted",
  access: asParticipant(),
  body: z.object({
    commit_id: sha.optional().describe("The head unless told"),
    body: body.optional(),
    event: event.optional(),
    comments: z.array(commentInput).max(200).default([]),
  }),
  answer: reviewShape,
  handle: async ({ ctx, repo, pull: seen, body: input }) => {
    const pull = await catchUp(ctx, repo, seen);
    const commit = await commitOf(ctx, repo, pull, input.commit_id);
    const comments = await Promise.all(
      input.comments.map(async (comment) => ({
        body: comment.body,
        place: await place(ctx, repo, pull, comment, commit),
      })),
    );
    const review = await createReview(ctx, repo, pull, {
      judgement: input.event === undefined ? null : judgements[input.event],
      body: input.body ?? null,
      commit,
      comments,
    });
    return reviewView(ctx, repo, pull, review);
  },
});

const get = route({
  method: "GET",
  path: one,
  operation: "pulls/get-review",
  summary: "Get a review",
  access: withReview("read"),
  answer: reviewShape,
  handle: ({ ctx, repo, pull, review, headers }) =>
    reviewView(ctx, repo, pull, review, { html: wantsHtml(headers) }),
});

const update = route({
  method: "PUT",
  path: one,
  operation: "pulls/update-review",
  summary: "Change what your review says as a whole",
  access: withReview("read", asParticipant()),
  body: z.object({ body: z.string().max(65_536) }),
  answer: reviewShape,
  handle: async ({ ctx, repo, pull, review, body: input }) =>
    reviewView(ctx, repo, pull, await editReview(ctx, repo, pull, review, input.body)),
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "pulls/delete-pending-review",
  summary: "Throw away your review that is not submitted",
  access: withReview("read", asParticipant()),
  answer: reviewShape,
  handle: async ({ ctx, repo, pull, review }) =>
    reviewView(ctx, repo, pull, await deletePending(ctx, review)),
});

const listComments = route({
  method: "GET",
  path: `${one}/comments`,
  operation: "pulls/list-comments-for-review",
  summary: "List the comments on lines that belong to a review",
  access: withReview("read"),
  query: z.object(pagingQuery),
  answer: z.array(reviewCommentShape),
  handle: async ({ ctx, repo, pull: seen, review, query, headers }) => {
    const pull = await catchUp(ctx, repo, seen);
    const scope = and(eq(prComments.reviewId, review.id), isNotNull(prComments.path));
    const page = await listPullComments(ctx, scope, { sort: "created", direction: "asc" }, query);
    const placed = page.items.filter(isInline).map((comment) => ({ pull, comment }));
    const views = await reviewCommentViews(ctx, repo, placed, { html: wantsHtml(headers) });
    // This list alone is of GitHub's older shape, which wants the position named also when there is none.
    return { ...page, items: views.map((view) => ({ ...view, position: view.position ?? null })) };
  },
});

const addComment = route({
  method: "POST",
  path: `${one}/comments`,
  operation: "pulls/add-comment-to-review",
  summary: "Add a comment on a line to your review that is not submitted",
  access: withReview("read", asParticipant()),
  body: commentInput,
  answer: reviewShape,
  status: 201,
  handle: async ({ ctx, repo, pull: seen, review, body: input }) => {
    const pull = await catchUp(ctx, repo, seen);
    const where = await place(ctx, repo, pull, input, pull.headSha);
    await addToReview(ctx, repo, pull, review, { place: where, body: input.body });
    return reviewView(ctx, repo, pull, review);
  },
});

const submit = route({
  method: "POST",
  path: `${one}/events`,
  operation: "pulls/submit-review",
  summary: "Submit your review",
  access: withReview("read", asParticipant()),
  body: z.object({
    event,
    body: body.optional(),
    commit_id: sha.optional().describe("What you looked at last; where the review began unless told"),
  }),
  answer: reviewShape,
  handle: async ({ ctx, repo, pull: seen, review, body: input }) => {
    const pull = await catchUp(ctx, repo, seen);
    const commit =
      input.commit_id === undefined ? undefined : await commitOf(ctx, repo, pull, input.commit_id);
    const judgement = judgements[input.event];
    return reviewView(
      ctx,
      repo,
      pull,
      await submitReview(ctx, repo, pull, review, judgement, input.body, commit),
    );
  },
});

const dismiss = route({
  method: "PUT",
  path: `${one}/dismissals`,
  operation: "pulls/dismiss-review",
  summary: "Dismiss an approval or a request for changes",
  access: withReview("write"),
  body: z.object({
    message: z.string().trim().min(1).max(65_536),
    event: z.literal("DISMISS").optional(),
  }),
  answer: reviewShape,
  handle: async ({ ctx, repo, pull, review, body: input }) =>
    reviewView(ctx, repo, pull, await dismissReview(ctx, repo, pull, review, input.message)),
});

export const reviewRoutes = [list, create, get, update, remove, listComments, addComment, submit, dismiss];
