/** Reviews: begun, submitted, changed, thrown away, dismissed. */
import { eq, sql } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import { mayComment, mayEditComment } from "../../issues/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { noteEdit } from "../../texts/index.ts";
import { count, placeColumns, wordColumns } from "../comments/commands.ts";
import type { Located } from "../comments/locate.ts";
import { about, described } from "../commands/record.ts";
import * as facts from "../events.ts";
import { mayDismiss, mayJudge } from "../policy.ts";
import type { PullRequest } from "../queries.ts";
import { judgeApproval } from "../revisions/stale.ts";
import { prComments, prReviews, pullRequests } from "../schema.ts";
import type { Review } from "./queries.ts";
import { completeRequests } from "./requests.ts";

export type Judgement = "approved" | "changes_requested" | "commented";

export interface NewReview {
  /** Null begins one that nobody else sees until it is submitted. */
  readonly judgement: Judgement | null;
  readonly body: string | null;
  readonly commit: string;
  readonly comments: readonly { readonly place: Located; readonly body: string }[];
}

/** @throws Refusal 422 for a review that says nothing, an author's own judgement, or a second pending one */
export function createReview(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  input: NewReview,
): Promise<Review> {
  const me = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    const now = await count(tx, pull, {});
    requireWord(tx, repo, now, input.judgement);
    const time = tx.clock.now();
    const [review] = await tx.db
      .insert(prReviews)
      .values({
        prId: pull.id,
        userId: me.id,
        state: "pending",
        body: input.body,
        commitSha: input.commit,
        createdAt: time,
        updatedAt: time,
      })
      .returning();
    if (!review) throw new Error("the insert answered no row");
    if (input.comments.length > 0)
      await tx.db.insert(prComments).values(
        input.comments.map(({ place, body }) => ({
          prId: pull.id,
          reviewId: review.id,
          userId: me.id,
          ...wordColumns(body),
          ...placeColumns(place),
          createdAt: time,
          updatedAt: time,
        })),
      );
    return input.judgement === null ? review : submit(tx, repo, now, review, input.judgement);
  });
}

/** Adds a comment on a line to a review that is not submitted. */
export function addToReview(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  review: Review,
  comment: { readonly place: Located; readonly body: string },
): Promise<void> {
  const me = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    enforce(mayComment(tx.actor, repo, pull));
    await lockPending(tx, review, me.id);
    const time = tx.clock.now();
    await tx.db.insert(prComments).values({
      prId: pull.id,
      reviewId: review.id,
      userId: me.id,
      ...wordColumns(comment.body),
      ...placeColumns(comment.place),
      createdAt: time,
      updatedAt: time,
    });
  });
}

/** @throws Refusal 422 when it is submitted already */
export function submitReview(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  review: Review,
  judgement: Judgement,
  body: string | null | undefined,
  /** What the reviewer has looked at meanwhile; the commit that the review began with unless told. */
  commit?: string,
): Promise<Review> {
  const me = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    const now = await count(tx, pull, {});
    requireWord(tx, repo, now, judgement);
    const pending = await lockPending(tx, review, me.id);
    const commitSha = commit ?? pending.commitSha;
    const said = { ...pending, commitSha, body: body === undefined ? pending.body : body };
    return submit(tx, repo, now, said, judgement);
  });
}

export function editReview(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  review: Review,
  body: string,
): Promise<Review> {
  enforce(mayEditComment(ctx.actor, repo, pull, review));
  return transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(prReviews)
      .where(eq(prReviews.id, review.id))
      .for("no key update");
    if (!before) throw notFound();
    if ((before.body ?? "") === body) return before;
    if (before.state !== "pending")
      await noteEdit(tx, repo, { id: before.id, kind: "review" }, before.body ?? "");
    const [edited] = await tx.db
      .update(prReviews)
      .set({ body: body === "" ? null : body, updatedAt: tx.clock.now() })
      .where(eq(prReviews.id, review.id))
      .returning();
    if (!edited) throw notFound();
    return edited;
  });
}

/** Throws away what was not submitted, its comments with it. */
export function deletePending(ctx: Context, review: Review): Promise<Review> {
  const me = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    const pending = await lockPending(tx, review, me.id);
    await tx.db.delete(prReviews).where(eq(prReviews.id, pending.id));
    return pending;
  });
}

/** Takes an approval or a request for changes out of the count; what it said stays. */
export function dismissReview(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  review: Review,
  message: string,
): Promise<Review> {
  const me = requireUser(ctx.actor).user;
  return transact(ctx, async (tx) => {
    // A merge judges while it holds this row: the dismissal comes before that, or after the merge.
    await tx.db
      .select({ id: pullRequests.id })
      .from(pullRequests)
      .where(eq(pullRequests.id, pull.id))
      .for("no key update");
    const [now] = await tx.db.select().from(prReviews).where(eq(prReviews.id, review.id)).for("update");
    if (!now) throw notFound();
    const verdict = mayDismiss(tx.actor, repo, now);
    if (verdict !== true) throw unprocessable(verdict);
    const time = tx.clock.now();
    const [dismissed] = await tx.db
      .update(prReviews)
      .set({ dismissedAt: time, dismissedById: me.id, dismissedMessage: message, updatedAt: time })
      .where(eq(prReviews.id, now.id))
      .returning();
    await emit(tx, facts.reviewDismissed, about(pull), {
      ...described(pull),
      review_id: now.id,
      review_number: now.apiId,
      state: now.state,
      message,
    });
    return dismissed ?? now;
  });
}

function requireWord(
  tx: TransactionContext,
  repo: RepoWith<"read">,
  pull: PullRequest,
  judgement: Judgement | null,
) {
  enforce(mayComment(tx.actor, repo, pull));
  const verdict = judgement === null || judgement === "commented" ? true : mayJudge(tx.actor, pull);
  if (verdict !== true) throw unprocessable(verdict);
}

async function lockPending(tx: TransactionContext, review: Review, meId: string): Promise<Review> {
  const [row] = await tx.db.select().from(prReviews).where(eq(prReviews.id, review.id)).for("update");
  if (!row || row.userId !== meId) throw notFound();
  if (row.state !== "pending") throw unprocessable("This review is submitted already");
  return row;
}

/** @param pull its row as it is now, which the transaction holds */
async function submit(
  tx: TransactionContext,
  repo: RepoWith<"read">,
  pull: PullRequest,
  review: Review,
  judgement: Judgement,
): Promise<Review> {
  const [counted] = await tx.db
    .select({ comments: sql<number>`count(*)`.mapWith(Number) })
    .from(prComments)
    .where(eq(prComments.reviewId, review.id));
  const comments = counted?.comments ?? 0;
  const says = (review.body ?? "").trim() !== "" || comments > 0;
  if (judgement !== "approved" && !says)
    throw unprocessable("A review says something, as a whole or on a line");
  const now = tx.clock.now();
  const [submitted] = await tx.db
    .update(prReviews)
    .set({
      state: judgement,
      body: review.body,
      commitSha: review.commitSha,
      submittedAt: now,
      updatedAt: now,
    })
    .where(eq(prReviews.id, review.id))
    .returning();
  if (!submitted) throw notFound();
  if (comments > 0) await count(tx, pull, { reviewCommentsCount: comments });
  await completeRequests(tx, pull, review.userId, now);
  await emit(tx, facts.pullReviewed, about(pull), {
    ...described(pull),
    review_id: submitted.id,
    state: judgement,
  });
  return judgement === "approved" ? judgeApproval(tx, repo, pull, submitted) : submitted;
}
