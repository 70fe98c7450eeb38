/** Words on a pull request: on the whole, on a line, and in answer to either. */
import { eq, sql } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import { mayComment, mayEditComment } from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { noteEdit } from "../../texts/index.ts";
import { about, described } from "../commands/record.ts";
import * as facts from "../events.ts";
import { mayResolve } from "../policy.ts";
import type { PullRequest } from "../queries.ts";
import { prComments, prReviews, pullRequests } from "../schema.ts";
import { suggestionOf } from "../suggestions/blocks.ts";
import type { InlineComment, PullComment } from "./queries.ts";
import type { Located } from "./locate.ts";

/** @throws Refusal 403 with the rule that forbids it, e.g. a lock that came a moment earlier */
export function addComment(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  body: string,
): Promise<PullComment> {
  const author = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    // The count comes first: it locks the row, and the rule is asked of what the row says then.
    enforce(mayComment(tx.actor, repo, await count(tx, pull, { commentsCount: 1 })));
    const comment = await insert(tx, { prId: pull.id, userId: author.id, body });
    await emit(tx, facts.pullCommented, about(pull), { ...described(pull), comment_id: comment.id });
    return comment;
  });
}

/** A comment on a line that stands by itself, outside of any review. */
export function addInline(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  place: Located,
  body: string,
): Promise<InlineComment> {
  const author = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    enforce(mayComment(tx.actor, repo, await count(tx, pull, { reviewCommentsCount: 1 })));
    const comment = await insert(tx, {
      prId: pull.id,
      userId: author.id,
      ...wordColumns(body),
      ...placeColumns(place),
    });
    await emit(tx, facts.pullCommented, about(pull), { ...described(pull), comment_id: comment.id });
    return comment as InlineComment;
  });
}

/**
 * Answers in a thread. In a thread that the person has begun in a review and not submitted, the answer belongs to the review.
 *
 * @throws Refusal 422 for an answer to an answer
 */
export function reply(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  root: InlineComment,
  body: string,
): Promise<InlineComment> {
  const author = requireUser(ctx.actor).user;
  if (root.replyToId !== null) throw unprocessable("Answer the first comment of the thread");
  return transact(ctx, async (tx) => {
    enforce(mayComment(tx.actor, repo, await count(tx, pull, {})));
    const pendingId = root.reviewId === null ? null : await pendingIdOf(tx, root.reviewId);
    if (pendingId === null) await count(tx, pull, { reviewCommentsCount: 1 });
    const comment = await insert(tx, {
      prId: pull.id,
      userId: author.id,
      ...wordColumns(body),
      replyToId: root.id,
      reviewId: pendingId,
      ...samePlace(root),
    });
    if (pendingId === null)
      await emit(tx, facts.pullCommented, about(pull), { ...described(pull), comment_id: comment.id });
    return comment as InlineComment;
  });
}

/** The words of a comment on lines, and what they suggest. */
export const wordColumns = (body: string) => ({ body, suggestion: suggestionOf(body) });

const samePlace = (root: InlineComment) => ({
  path: root.path,
  side: root.side,
  line: root.line,
  startLine: root.startLine,
  endLine: root.endLine,
  originalLine: root.originalLine,
  originalStartLine: root.originalStartLine,
  commitSha: root.commitSha,
  originalCommitSha: root.originalCommitSha,
  diffHunk: root.diffHunk,
  subjectType: root.subjectType,
});

export async function pendingIdOf(tx: TransactionContext, reviewId: string): Promise<string | null> {
  const [review] = await tx.db
    .select({ id: prReviews.id, state: prReviews.state })
    .from(prReviews)
    .where(eq(prReviews.id, reviewId))
    .for("share");
  return review?.state === "pending" ? review.id : null;
}

export const placeColumns = (place: Located) => ({
  path: place.path,
  side: place.side,
  line: place.line,
  startLine: place.startLine,
  endLine: place.line,
  originalLine: place.line,
  originalStartLine: place.startLine,
  commitSha: place.commit,
  originalCommitSha: place.commit,
  diffHunk: place.hunk,
  subjectType: place.line === null ? "file" : "line",
});

export const kindOf = (comment: Pick<PullComment, "path">) =>
  comment.path === null ? "pull_request_comment" : "review_comment";

export function editComment<C extends PullComment>(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  comment: C,
  body: string,
): Promise<C> {
  enforce(mayEditComment(ctx.actor, repo, pull, comment));
  if (body === comment.body) return Promise.resolve(comment);
  return transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(prComments)
      .where(eq(prComments.id, comment.id))
      .for("no key update");
    if (!before) throw notFound();
    const pending = before.reviewId !== null && (await pendingIdOf(tx, before.reviewId)) !== null;
    // Nobody else has read what is not submitted.
    if (!pending) await noteEdit(tx, repo, { id: before.id, kind: kindOf(before) }, before.body);
    const [edited] = await tx.db
      .update(prComments)
      .set({ ...(comment.path === null ? { body } : wordColumns(body)), updatedAt: tx.clock.now() })
      .where(eq(prComments.id, comment.id))
      .returning();
    if (!edited) throw notFound();
    if (!pending)
      await emit(tx, facts.pullCommentEdited, about(pull), { ...described(pull), comment_id: comment.id });
    return edited as C;
  });
}

/** Settles a thread, or opens it again; asked for what is so already, it changes nothing. */
export function setResolved(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  comment: InlineComment,
  resolved: boolean,
): Promise<InlineComment> {
  const me = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    // A merge judges while it holds this row: what is opened again is seen by it, or comes after it.
    await tx.db
      .select({ id: pullRequests.id })
      .from(pullRequests)
      .where(eq(pullRequests.id, pull.id))
      .for("no key update");
    const [root] = await tx.db
      .select()
      .from(prComments)
      .where(eq(prComments.id, comment.replyToId ?? comment.id))
      .for("update");
    if (!root) throw notFound();
    enforce(mayResolve(tx.actor, repo, pull, root));
    if (root.isResolved === resolved) return root as InlineComment;
    const [settled] = await tx.db
      .update(prComments)
      .set({
        isResolved: resolved,
        resolvedAt: resolved ? tx.clock.now() : null,
        resolvedById: resolved ? me.id : null,
        updatedAt: root.updatedAt,
      })
      .where(eq(prComments.id, root.id))
      .returning();
    const type = resolved ? facts.threadResolved : facts.threadUnresolved;
    await emit(tx, type, about(pull), { ...described(pull), comment_id: root.id });
    return (settled ?? root) as InlineComment;
  });
}

export async function insert(
  tx: TransactionContext,
  values: Omit<typeof prComments.$inferInsert, "createdAt" | "updatedAt">,
): Promise<PullComment> {
  const now = tx.clock.now();
  const [comment] = await tx.db
    .insert(prComments)
    .values({ ...values, createdAt: now, updatedAt: now })
    .returning();
  if (!comment) throw new Error("the insert answered no row");
  return comment;
}

/** Keeps the numbers of comments, locks the row of the pull request and answers what it says now. */
export async function count(
  tx: TransactionContext,
  pull: Pick<PullRequest, "id">,
  steps: { readonly commentsCount?: number; readonly reviewCommentsCount?: number },
): Promise<PullRequest> {
  const [counted] = await tx.db
    .update(pullRequests)
    .set({
      commentsCount: sql`${pullRequests.commentsCount} + ${steps.commentsCount ?? 0}`,
      reviewCommentsCount: sql`${pullRequests.reviewCommentsCount} + ${steps.reviewCommentsCount ?? 0}`,
      updatedAt: tx.clock.now(),
    })
    .where(eq(pullRequests.id, pull.id))
    .returning();
  if (!counted) throw notFound();
  return counted;
}
