/** What the inbox of reviews is made of: one row for each open pull request that waits for somebody the actor cares about. */
import { and, desc, eq, isNull, or, sql, type SQL } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { verdictOn } from "../../checks/index.ts";
import { branchRules, visibleTo, writes } from "../../repositories/index.ts";
import { repositories } from "../../repositories/schema.ts";
import { decision } from "../kind.ts";
import { askedOf } from "../reviews/wanting.ts";
import { prComments, prReviews, pullRequests } from "../schema.ts";
import { prReviewers } from "../reviews/schema.ts";

/** More than anybody reads; the ones that changed last. */
export const mostInInbox = 200;

/** What is known of one pull request and what it has to do with a person. */
export interface Facts {
  readonly pull: typeof pullRequests.$inferSelect;
  readonly isMine: boolean;
  /** Asked for a review, and since when. */
  readonly askedAt: Date | null;
  /** What the person's last submitted review said, and of which commit; null without one. */
  readonly said: "approved" | "changes_requested" | "commented" | null;
  readonly saidOf: string | null;
  readonly dismissed: boolean;
  readonly decision: "approved" | "changes_requested" | null;
  readonly checks: "failure" | "pending" | "success" | null;
  readonly conflicts: boolean;
  /** Threads that are not settled and whose last word is somebody else's. */
  readonly unanswered: number;
  /** How many others were asked and have not answered. */
  readonly awaited: number;
  readonly mayWrite: boolean;
  /** The target branch wants approvals. */
  readonly wantsApproval: boolean;
}

/** The person's pull requests, those they are asked to review, and those they have reviewed, if they may see them (still). */
export async function inboxFacts(ctx: Context, userId: string): Promise<Facts[]> {
  const mine = eq(pullRequests.authorId, userId);
  const ofThis = sql`${prReviewers.prId} = ${pullRequests.id} and ${prReviewers.state} = 'pending'`;
  // The candidates by their indexes first; what is said of each is worked out for these alone.
  const touched = or(
    mine,
    sql`${pullRequests.id} in (select ${prReviewers.prId} from ${prReviewers}
      where ${prReviewers.state} = 'pending' and ${askedOf([userId])})`,
    sql`${pullRequests.id} in (select ${prReviews.prId} from ${prReviews}
      where ${prReviews.userId} = ${userId} and ${prReviews.state} <> 'pending')`,
  );
  const last = lastReview(ctx, userId);
  const rows = await ctx.db
    .select({
      pull: pullRequests,
      isMine: sql<boolean>`${mine}`,
      askedAt: sql<string | null>`(select max(${prReviewers.requestedAt}) from ${prReviewers}
        where ${ofThis} and ${askedOf([userId])})`,
      said: last.state,
      saidOf: last.commitSha,
      dismissedAt: last.dismissedAt,
      decision: sql<Facts["decision"]>`${decision}`,
      checks: verdictOn(pullRequests.repoId, pullRequests.headSha),
      conflicts: sql<boolean>`(${pullRequests.isMergeable} is false
        and ${pullRequests.mergeCheckedHeadSha} = ${pullRequests.headSha}
        and ${pullRequests.mergeCheckedBaseSha} = ${pullRequests.baseSha})`,
      unanswered: unansweredBy(userId),
      awaited: sql<number>`(select count(*) from ${prReviewers} where ${ofThis})`.mapWith(Number),
      mayWrite: sql<boolean>`${writes(pullRequests.repoId, sql`${userId}::text`)}`,
    })
    .from(pullRequests)
    .innerJoin(repositories, eq(repositories.id, pullRequests.repoId))
    .leftJoinLateral(last, sql`true`)
    .where(
      and(eq(pullRequests.state, "open"), isNull(repositories.archivedAt), visibleTo(ctx.actor), touched),
    )
    .orderBy(desc(pullRequests.updatedAt), desc(pullRequests.id))
    .limit(mostInInbox);
  const rules = await branchRules(
    ctx,
    rows.map(({ pull }) => ({ repoId: pull.repoId, branch: pull.targetBranch })),
  );
  return rows.map(({ dismissedAt, ...row }, index) => ({
    ...row,
    said: row.said === "pending" ? null : row.said,
    askedAt: row.askedAt === null ? null : new Date(row.askedAt),
    dismissed: dismissedAt !== null,
    wantsApproval: (rules[index]?.requiredReviewers ?? 0) > 0,
  }));
}

/** So many are told on every page; of more it is only said that they are more. */
const mostTold = 99;

/**
 * How many open pull requests wait for the person's review: what stands beside the entry of the inbox on every page. Counted
 * no further than 100, which stands for more than 99.
 */
export async function countAsked(ctx: Context, userId: string): Promise<number> {
  const waiting = await ctx.db
    .select({ id: pullRequests.id })
    .from(prReviewers)
    .innerJoin(pullRequests, eq(pullRequests.id, prReviewers.prId))
    .innerJoin(repositories, eq(repositories.id, pullRequests.repoId))
    .where(
      and(
        eq(prReviewers.state, "pending"),
        askedOf([userId]),
        eq(pullRequests.state, "open"),
        isNull(repositories.archivedAt),
        visibleTo(ctx.actor),
      ),
    )
    .groupBy(pullRequests.id)
    .limit(mostTold + 1);
  return waiting.length;
}

/** The last review that the person has submitted. */
const lastReview = (ctx: Context, userId: string) =>
  ctx.db
    .select({
      state: prReviews.state,
      commitSha: prReviews.commitSha,
      dismissedAt: prReviews.dismissedAt,
    })
    .from(prReviews)
    .where(
      and(
        eq(prReviews.prId, pullRequests.id),
        eq(prReviews.userId, userId),
        sql`${prReviews.state} <> 'pending'`,
      ),
    )
    .orderBy(desc(prReviews.submittedAt), desc(prReviews.id))
    .limit(1)
    .as("last_review");

/** Comments that were not submitted are nobody's last word. */
function unansweredBy(userId: string): SQL<number> {
  const submitted = (review: SQL) =>
    sql`(${review} is null or exists (select 1 from ${prReviews} where ${prReviews.id} = ${review} and ${prReviews.state} <> 'pending'))`;
  return sql`(select count(*) from ${prComments} as roots
    where roots.pr_id = ${pullRequests.id} and roots.path is not null and roots.reply_to_id is null and not roots.is_resolved
      and ${submitted(sql`roots.review_id`)}
      and (select said.user_id from ${prComments} as said where (said.id = roots.id or said.reply_to_id = roots.id)
        and ${submitted(sql`said.review_id`)} order by said.created_at desc, said.id desc limit 1) <> ${userId})`.mapWith(
    Number,
  );
}
