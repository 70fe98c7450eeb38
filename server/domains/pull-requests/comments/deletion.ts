/** Comments taken away, and brought back by whoever took them away. */
import { asc, eq, inArray, or, sql } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce } from "../../../kernel/grants.ts";
import { mayComment, mayDeleteComment } from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { keepDeleted, takeDeleted } from "../../texts/index.ts";
import { about, described } from "../commands/record.ts";
import * as facts from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { prComments, prReviews, pullRequests } from "../schema.ts";
import { count, kindOf, pendingIdOf } from "./commands.ts";
import type { PullComment } from "./queries.ts";

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
    if (pendingId === null) await count(tx, pull, stepOf(comment, -1));
    const heirs = await passOn(tx, comment);
    const [gone] = await tx.db.delete(prComments).where(eq(prComments.id, comment.id)).returning();
    if (!gone) throw notFound();
    await keepDeleted(tx, {
      id: gone.id,
      apiId: gone.apiId,
      kind: kindOf(gone),
      repoId: repo.id,
      kept: { comment: gone, heirs },
    });
    if (pendingId === null)
      await emit(tx, facts.pullCommentDeleted, about(pull), { ...described(pull), comment_id: comment.id });
  });
}

const stepOf = (comment: Pick<PullComment, "path">, by: 1 | -1) =>
  comment.path === null ? { commentsCount: by } : { reviewCommentsCount: by };

/** What happens around a comment is no change of it. */
const unchanged = sql`${prComments.updatedAt}`;

/** Hands a thread to its oldest answer. Answers the ids of the answers, the heir's first. */
async function passOn(tx: TransactionContext, root: PullComment): Promise<string[]> {
  const answers = await tx.db
    .select({ id: prComments.id })
    .from(prComments)
    .where(eq(prComments.replyToId, root.id))
    .orderBy(asc(prComments.createdAt), asc(prComments.id));
  const [heir] = answers;
  if (!heir) return [];
  const { isResolved, resolvedAt, resolvedById } = root;
  await tx.db
    .update(prComments)
    .set({ replyToId: null, isResolved, resolvedAt, resolvedById, updatedAt: unchanged })
    .where(eq(prComments.id, heir.id));
  await tx.db
    .update(prComments)
    .set({ replyToId: heir.id, updatedAt: unchanged })
    .where(eq(prComments.replyToId, root.id));
  return answers.map((answer) => answer.id);
}

export interface Restored {
  readonly pull: PullRequest;
  readonly comment: PullComment;
}

/**
 * Brings back what the actor deleted a short while ago, at its old place in its thread; null when nothing of the kind waits.
 *
 * @throws Refusal 403 when they may not speak there any more, 404 when what it was part of is gone
 */
export function restoreComment(
  ctx: Context,
  repo: RepoWith<"read">,
  kind: ReturnType<typeof kindOf>,
  apiId: number,
): Promise<Restored | null> {
  return transact(ctx, async (tx) => {
    const kept = await takeDeleted(tx, { apiId, kind, repoId: repo.id });
    if (kept === null) return null;
    const { comment: row, heirs } = kept as { comment: Stored; heirs: string[] };
    const [seen] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, row.prId));
    if (!seen) throw notFound();
    const locked = await count(tx, seen, {});
    enforce(mayComment(tx.actor, repo, locked));
    const pending = row.reviewId !== null && (await pendingIdOf(tx, row.reviewId)) !== null;
    if (row.reviewId !== null && !(await reviewIsThere(tx, row.reviewId))) throw notFound();
    const pull = pending ? locked : await count(tx, seen, stepOf(row, 1));
    const comment = await putBack(tx, row, heirs);
    if (!pending)
      await emit(tx, facts.pullCommentRestored, about(pull), { ...described(pull), comment_id: comment.id });
    return { pull, comment };
  });
}

/** As it comes out of JSON. */
type Stored = {
  readonly [K in keyof PullComment]: PullComment[K] extends Date | null ? string | null : PullComment[K];
};

async function reviewIsThere(tx: TransactionContext, id: string): Promise<boolean> {
  return (await tx.db.select({ id: prReviews.id }).from(prReviews).where(eq(prReviews.id, id))).length > 0;
}

async function putBack(tx: TransactionContext, row: Stored, heirs: readonly string[]): Promise<PullComment> {
  const date = (text: string | null) => (text === null ? null : new Date(text));
  const [heir] = heirs;
  const [now] =
    heir === undefined ? [] : await tx.db.select().from(prComments).where(eq(prComments.id, heir));
  const root =
    row.replyToId === null
      ? null
      : await tx.db.select({ id: prComments.id }).from(prComments).where(eq(prComments.id, row.replyToId));
  const [comment] = await tx.db
    .insert(prComments)
    .values({
      ...row,
      replyToId: root?.[0]?.id ?? null,
      isResolved: now?.isResolved ?? row.isResolved,
      resolvedAt: now ? now.resolvedAt : date(row.resolvedAt as string | null),
      resolvedById: now ? now.resolvedById : row.resolvedById,
      createdAt: new Date(row.createdAt as unknown as string),
      updatedAt: new Date(row.updatedAt as unknown as string),
    })
    .returning();
  if (!comment) throw new Error("the insert answered no row");
  if (heir !== undefined)
    await tx.db
      .update(prComments)
      .set({
        replyToId: comment.id,
        isResolved: false,
        resolvedAt: null,
        resolvedById: null,
        updatedAt: unchanged,
      })
      .where(or(inArray(prComments.id, [...heirs]), eq(prComments.replyToId, heir)));
  return comment;
}
