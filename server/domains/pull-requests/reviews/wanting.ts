/** Which branches want approvals: rules have patterns, which the database does not read. */
import { and, eq, gt, sql, type SQL } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { teamMembers } from "../../organizations/schema.ts";
import { branchRules, visibleTo, type Repository } from "../../repositories/index.ts";
import { branchProtectionRules, repositories } from "../../repositories/schema.ts";
import { among } from "../../lists/index.ts";
import { pullRequests } from "../schema.ts";
import { prReviewers } from "./schema.ts";

/**
 * The condition on `pr_reviewers` that is true for what is asked of any of these people, or of a team of theirs. The teams are an
 * array, found first: of a subquery behind an `or` the database would read all requests there are.
 */
export const askedOf = (userIds: readonly string[]): SQL =>
  sql`(${among(prReviewers.userId, userIds)} or ${prReviewers.teamId} = any(array(
    select ${teamMembers.teamId} from ${teamMembers} where ${among(teamMembers.userId, userIds)})))`;

/**
 * The condition on `pull_requests` that is true for those whose target wants approvals: the targets of open pull requests are
 * few, and are asked one by one.
 *
 * @param repo only in this one; else in all that the actor may see
 */
export async function branchesWantingApproval(
  ctx: Context,
  repo: Pick<Repository, "id"> | null,
): Promise<SQL> {
  const ruled = sql`exists (select 1 from ${branchProtectionRules}
    where ${and(eq(branchProtectionRules.repoId, repositories.id), gt(branchProtectionRules.requiredReviewers, 0))})`;
  const targets = await ctx.db
    .selectDistinct({ repoId: pullRequests.repoId, branch: pullRequests.targetBranch })
    .from(pullRequests)
    .innerJoin(repositories, eq(repositories.id, pullRequests.repoId))
    .where(
      and(
        eq(pullRequests.state, "open"),
        repo ? eq(pullRequests.repoId, repo.id) : undefined,
        visibleTo(ctx.actor),
        ruled,
      ),
    );
  const rules = await branchRules(ctx, targets);
  const wanting = targets.filter((_target, index) => (rules[index]?.requiredReviewers ?? 0) > 0);
  if (wanting.length === 0) return sql`false`;
  const pairs = wanting.map(({ repoId, branch }) => sql`(${repoId}::uuid, ${branch})`);
  return sql`(${pullRequests.repoId}, ${pullRequests.targetBranch}) in (${sql.join(pairs, sql`, `)})`;
}
