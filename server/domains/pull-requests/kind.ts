/** Pull requests for the language of lists. */
import { and, eq, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import { verdictIs } from "../checks/index.ts";
import { issueActivities } from "../issues/schema.ts";
import { among, timesWithin, userIds, type Kind, type Meaning } from "../lists/index.ts";
import { writes } from "../repositories/index.ts";
import { askedOf, branchesWantingApproval } from "./reviews/wanting.ts";
import { prComments, prLabels, prReviews, pullRequests } from "./schema.ts";
import { prReviewers } from "./reviews/schema.ts";

const either = (values: readonly string[], one: (value: string) => SQL): SQL =>
  or(...values.map((value) => one(value.toLowerCase()))) ?? sql`false`;

/** Somebody for whom `who` holds was asked for a review and has not given it. */
const awaited = (who?: SQL): SQL => sql`exists (select 1 from ${prReviewers}
  where ${and(sql`${prReviewers.prId} = ${pullRequests.id}`, eq(prReviewers.state, "pending"), who)})`;

/**
 * What reviewers who can write say together: `changes_requested`, `approved` or null. Each one's last word counts, one request
 * for changes outweighs every approval: `reviews/queries.ts` in SQL.
 */
export const decision: SQL<"approved" | "changes_requested" | null> = sql`(select case
    when bool_or(verdicts.state = 'changes_requested') then 'changes_requested' when count(*) > 0 then 'approved' end
  from (select distinct on (${prReviews.userId}) ${prReviews.userId} as user_id, ${prReviews.state} as state from ${prReviews}
    where ${prReviews.prId} = ${pullRequests.id} and ${inArray(prReviews.state, ["approved", "changes_requested"])}
      and ${isNull(prReviews.dismissedAt)}
    order by ${prReviews.userId}, ${prReviews.submittedAt} desc, ${prReviews.id} desc) verdicts
  where ${writes(pullRequests.repoId, sql`verdicts.user_id`)})`;

const checks: Meaning = (values) => {
  const states = { failing: "failure", failure: "failure", passing: "success", success: "success" } as const;
  return either(values, (value) => {
    const is = (state: "failure" | "pending" | "success" | null) =>
      verdictIs(state, pullRequests.repoId, pullRequests.headSha);
    if (value === "none") return is(null);
    if (value === "pending") return is("pending");
    return value in states ? is(states[value as keyof typeof states]) : sql`false`;
  });
};

export const pullKind: Kind = {
  name: "pr",
  columns: pullRequests,
  states: {
    open: eq(pullRequests.state, "open"),
    // To a list "closed" is all that is over, merged or not; the constant keeps the index usable.
    closed: inArray(pullRequests.state, ["closed", "merged"]),
    merged: eq(pullRequests.state, "merged"),
  },
  draft: eq(pullRequests.isDraft, true),
  awaited: awaited(),
  labelled: (holds) => sql`exists (select 1 from ${prLabels}
    where ${and(sql`${prLabels.prId} = ${pullRequests.id}`, holds?.(prLabels.labelId))})`,
  // What stands in a review that was not submitted is for its author alone.
  commented: (ctx, holds) => sql`${pullRequests.id} in (select ${prComments.prId} from ${prComments}
    where ${holds(prComments)} and (${prComments.reviewId} is null or ${prComments.userId} = ${actorId(ctx.actor)}
      or exists (select 1 from ${prReviews} where ${prReviews.id} = ${prComments.reviewId} and ${prReviews.state} <> 'pending')))`,
  meanings: {
    checks,
    status: checks,
    draft: (values) => either(values, (value) => eq(pullRequests.isDraft, value === "true")),
    head: (values) => among(pullRequests.sourceBranch, values),
    base: (values) => among(pullRequests.targetBranch, values),
    merged: (values, { ctx }) =>
      either(values, (value) => timesWithin(value, ctx.clock.now(), pullRequests.mergedAt) ?? sql`false`),
    "review-requested": async (values, { ctx }) => awaited(askedOf(await userIds(ctx, values))),
    "reviewed-by": async (
      values,
      { ctx },
    ) => sql`${pullRequests.id} in (select ${prReviews.prId} from ${prReviews}
      where ${among(prReviews.userId, await userIds(ctx, values))} and ${prReviews.state} <> 'pending')`,
    review: async (values, { ctx, repo }) => {
      const words = values.map((value) => value.toLowerCase());
      const wanting = words.includes("required") ? await branchesWantingApproval(ctx, repo) : sql`false`;
      return either(words, (value) => {
        if (value === "none") return sql`${decision} is null`;
        if (value !== "required") return sql`${decision} = ${value}`;
        return sql`(${pullRequests.state} = 'open' and ${wanting} and ${decision} is distinct from 'approved')`;
      });
    },
    linked: (values) =>
      either(values, (value) =>
        value === "issue"
          ? sql`exists (select 1 from ${issueActivities} where ${issueActivities.action} = 'cross-referenced'
              and ${issueActivities.newValue} = ${pullRequests.id}::text)`
          : sql`false`,
      ),
  },
};
