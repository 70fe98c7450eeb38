/** Words on a pull request: on the whole, on a line, and in answer to either. */
import { eq, sql } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import { mayComment, mayDeleteComment, mayEditComment } from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
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

async function pendingIdOf(tx: TransactionContext, reviewId: string): Promise<string | null> {
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
    const [edited] = await tx.db
      .update(prComments)
      .set({ ...(comment.path === null ? { body } : wordColumns(body)), updatedAt: tx.clock.now() })
      .where(eq(prComments.id, comment.id))
      .returning();
    if (!edited) throw notFound();
    await emit(tx, facts.pullCommentEdited, about(pull), { ...described(pull), comment_id: comment.id });
    return edited as C;
  });
}

/** Deletes a comment. Of a thread, the answers stay: the oldest of them takes the place of the first. */
export function deleteComment(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  comment: PullComment,
): Promise<void> {
  enforce(mayDeleteComment(ctx.actor, repo, pull, comment));
  return transact(ctx, async (tx) => {
    // The row of the pull request is locked before the review's, as where reviews are submitted.
    await count(tx, pull, {});
    const pendingId = comment.reviewId === null ? null : await pendingIdOf(tx, comment.reviewId);
    const step = comment.path === null ? { commentsCount: -1 } : { reviewCommentsCount: -1 };
    if (pendingId === null) await count(tx, pull, step);
    await passOn(tx, comment);
    const gone = await tx.db.delete(prComments).where(eq(prComments.id, comment.id)).returning();
    if (gone.length === 0) throw notFound();
    if (pendingId === null)
      await emit(tx, facts.pullCommentDeleted, about(pull), { ...described(pull), comment_id: comment.id });
  });
}

async function passOn(tx: TransactionContext, root: PullComment): Promise<void> {
  const [heir] = await tx.db
    .select({ id: prComments.id })
    .from(prComments)
    .where(eq(prComments.replyToId, root.id))
    .orderBy(prComments.createdAt, prComments.id)
    .limit(1);
  if (!heir) return;
  const { isResolved, resolvedAt, resolvedById } = root;
  await tx.db
    .update(prComments)
    .set({ replyToId: null, isResolved, resolvedAt, resolvedById, updatedAt: sql`${prComments.updatedAt}` })
    .where(eq(prComments.id, heir.id));
  await tx.db
    .update(prComments)
    .set({ replyToId: heir.id, updatedAt: sql`${prComments.updatedAt}` })
    .where(eq(prComments.replyToId, root.id));
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

async function insert(
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
