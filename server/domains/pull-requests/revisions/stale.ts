/** Approvals end when the change that was approved became another one, where the rule of the target branch says so. */
import { and, asc, eq, isNull } from "drizzle-orm";
import { mergeBase } from "../../../git/ancestry.ts";
import { isSameChange, type Change } from "../../../git/carried-change.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { branchRule, gitOf, type Repository } from "../../repositories/index.ts";
import { about, described } from "../commands/record.ts";
import { reviewDismissed } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import type { Review } from "../reviews/queries.ts";
import { prReviews } from "../schema.ts";
import { revisionWithHead } from "./queries.ts";
import { orNull } from "./story.ts";

export interface NewCode {
  /** What happened, as the beginning of a sentence that says what became of the approval. */
  readonly because: string;
  readonly byId: string | null;
}

/**
 * Dismisses the approvals that do not hold for the head any more. Each is judged for the commit that it was given to; one of a change
 * that was only rebased, or had the base merged in, stays. What cannot be compared ends.
 *
 * Called in the transaction that moves the head or changes the target, which holds the row: an approval is either there, or is judged
 * when it is submitted (`judgeApproval`).
 */
export async function dismissStale(
  tx: TransactionContext,
  repo: Repository,
  pull: PullRequest,
  news: NewCode,
): Promise<void> {
  if (!(await ruleWants(tx, repo, pull))) return;
  const approvals = await tx.db
    .select()
    .from(prReviews)
    .where(and(eq(prReviews.prId, pull.id), eq(prReviews.state, "approved"), isNull(prReviews.dismissedAt)))
    .orderBy(asc(prReviews.id))
    .for("update");
  for (const approval of approvals)
    if (!(await holds(tx, repo, pull, approval.commitSha))) await dismiss(tx, pull, approval, news);
}

/** As `dismissStale` for one approval that is submitted now, of a commit that may not be the head any more. */
export async function judgeApproval(
  tx: TransactionContext,
  repo: Repository,
  pull: PullRequest,
  approval: Review,
): Promise<Review> {
  if (approval.commitSha === pull.headSha || !(await ruleWants(tx, repo, pull))) return approval;
  if (await holds(tx, repo, pull, approval.commitSha)) return approval;
  return dismiss(tx, pull, approval, {
    because: "The branch had moved on when this was submitted",
    byId: null,
  });
}

/** Works out ahead what `dismissStale` will ask, so that nothing waits for git while it holds the row. */
export async function prepareStale(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  after: Pick<PullRequest, "headSha" | "baseSha">,
): Promise<void> {
  if (!(await ruleWants(ctx, repo, pull))) return;
  const approvals = await ctx.db
    .selectDistinct({ commit: prReviews.commitSha })
    .from(prReviews)
    .where(and(eq(prReviews.prId, pull.id), eq(prReviews.state, "approved"), isNull(prReviews.dismissedAt)));
  for (const { commit } of approvals) await holds(ctx, repo, { ...pull, ...after }, commit);
}

const ruleWants = async (ctx: Context, repo: Repository, pull: PullRequest): Promise<boolean> =>
  (await branchRule(ctx, repo, pull.targetBranch))?.dismissStaleReviews === true;

/** Whether a review given to a commit is about the present change: given to the head, or to the same change on another base. */
export const isOfChange = async (
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  commit: string,
): Promise<boolean> => commit === pull.headSha || holds(ctx, repo, pull, commit);

/** Whether what was approved at a commit is what the pull request would bring now, to the byte. */
export async function holds(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  commit: string,
): Promise<boolean> {
  const git = gitOf(ctx, repo);
  const [seen, now] = await Promise.all([
    changeAt(ctx, repo, pull, commit),
    orNull(mergeBase(git, pull.baseSha, pull.headSha)),
  ]);
  if (seen === null || now === null) return false;
  return (await orNull(isSameChange(git, seen, { base: now, head: pull.headSha }))) ?? false;
}

/** The change that the pull request was at a commit of it; null when it shares nothing with the base any more. */
export async function changeAt(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "id" | "baseSha">,
  commit: string,
): Promise<Change | null> {
  const revision = await revisionWithHead(ctx, pull.id, commit);
  const base = revision?.mergeBaseSha ?? (await orNull(mergeBase(gitOf(ctx, repo), pull.baseSha, commit)));
  return base === null ? null : { base, head: commit };
}

async function dismiss(
  tx: TransactionContext,
  pull: PullRequest,
  approval: Review,
  news: NewCode,
): Promise<Review> {
  const now = tx.clock.now();
  const seen = await revisionWithHead(tx, pull.id, approval.commitSha);
  const message = `${news.because}: ${seen ? `revision ${seen.number}` : approval.commitSha.slice(0, 10)} was approved, and the change is another one now`;
  const [dismissed] = await tx.db
    .update(prReviews)
    .set({ dismissedAt: now, dismissedById: news.byId, dismissedMessage: message, updatedAt: now })
    .where(eq(prReviews.id, approval.id))
    .returning();
  await emit(
    tx,
    reviewDismissed,
    { ...about(pull), byId: news.byId },
    {
      ...described(pull),
      review_id: approval.id,
      review_number: approval.apiId,
      state: approval.state,
      message,
      after: pull.headSha,
    },
  );
  return dismissed ?? approval;
}
