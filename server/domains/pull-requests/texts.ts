/** How what is said on pull requests is reached as texts: for reactions and for what it said before. */
import { eq } from "drizzle-orm";
import type { AnyPgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Context, TransactionContext } from "../../kernel/context.ts";
import { mayComment } from "../issues/index.ts";
import { asPerson, type RepoWith } from "../repositories/index.ts";
import { editRoutes, reactionRoutes, seenThrough, type Text, type TextDoor } from "../texts/index.ts";
import { asParticipant, withPullRequest } from "./access.ts";
import { withPullComment, withReviewComment } from "./comments/access.ts";
import type { PullComment } from "./comments/queries.ts";
import type { PullRequest } from "./queries.ts";
import { withReview } from "./reviews/access.ts";
import type { Review } from "./reviews/queries.ts";
import { prComments, prReviews, pullRequests } from "./schema.ts";

interface OnPull {
  readonly repo: RepoWith<"read">;
  readonly pull: PullRequest;
}

const held =
  (table: PgTable & { readonly id: AnyPgColumn }, id: string) =>
  async (tx: TransactionContext): Promise<boolean> =>
    (await tx.db.select({ id: table.id }).from(table).where(eq(table.id, id)).for("key share")).length > 0;

const pullText = (ctx: Context, { repo, pull }: OnPull): Text => ({
  id: pull.id,
  kind: "pull_request",
  authorId: pull.authorId,
  speak: mayComment(ctx.actor, repo, pull),
  hold: held(pullRequests, pull.id),
});

const commentText = (
  ctx: Context,
  { repo, pull, comment }: OnPull & { readonly comment: PullComment },
): Text => ({
  id: comment.id,
  kind: comment.path === null ? "pull_request_comment" : "review_comment",
  authorId: comment.userId,
  speak: mayComment(ctx.actor, repo, pull),
  hold: held(prComments, comment.id),
});

const reviewText = (ctx: Context, { repo, pull, review }: OnPull & { readonly review: Review }): Text => ({
  id: review.id,
  kind: "review",
  authorId: review.userId,
  speak: mayComment(ctx.actor, repo, pull),
  hold: held(prReviews, review.id),
});

const asWriter = asPerson("read", "repo:write");

const doors: readonly TextDoor[] = [
  {
    path: "/repos/{owner}/{repo}/issues/{issue_number}",
    noun: "issue",
    seen: seenThrough(withPullRequest("read"), pullText),
    spoken: seenThrough(asParticipant(), pullText),
  },
  {
    path: "/repos/{owner}/{repo}/issues/comments/{comment_id}",
    noun: "issue-comment",
    seen: seenThrough(withPullComment("read"), commentText),
    spoken: seenThrough(withPullComment("read", asWriter), commentText),
  },
  {
    path: "/repos/{owner}/{repo}/pulls/comments/{comment_id}",
    noun: "pull-request-review-comment",
    seen: seenThrough(withReviewComment("read"), commentText),
    spoken: seenThrough(withReviewComment("read", asWriter), commentText),
  },
  {
    path: "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}",
    noun: "review",
    seen: seenThrough(withReview("read"), reviewText),
    spoken: seenThrough(withReview("read", asParticipant()), reviewText),
  },
];

export const textRoutes = doors.flatMap((door) => [...reactionRoutes(door), ...editRoutes(door)]);
