import { count, eq } from "drizzle-orm";
import { pushedRefProblem } from "../../../git/names.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { invalid, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { branchProtectionRules, repositories } from "../schema.ts";
import { protectionCreated, protectionDeleted, protectionUpdated } from "./events.ts";
import type { ProtectionRule } from "./policy.ts";
import type { Rule } from "./queries.ts";

/** Every rule of a repository is asked at every push. */
const mostRules = 100;

/** @throws Refusal 422 for a pattern that no branch could match or that has a rule, and past a hundred rules */
export function createRule(ctx: Context, repo: RepoWith<"admin">, input: ProtectionRule): Promise<Rule> {
  requirePattern(input.pattern);
  return transact(ctx, async (tx) => {
    await holdRepository(tx, repo);
    const [held] = await tx.db
      .select({ rules: count() })
      .from(branchProtectionRules)
      .where(eq(branchProtectionRules.repoId, repo.id));
    if ((held?.rules ?? 0) >= mostRules)
      throw unprocessable(`A repository has at most ${mostRules} protection rules`);
    const [rule] = await tx.db
      .insert(branchProtectionRules)
      .values({ ...columnsOf(input), repoId: repo.id })
      .returning();
    if (!rule) throw new Error("the insert answered no row");
    await emit(tx, protectionCreated, { repoId: repo.id, ...orgOf(repo), subjectId: rule.id }, told(rule));
    return rule;
  });
}

/** @throws Refusal 422 for a pattern that no branch could match or that another rule has */
export function updateRule(
  ctx: Context,
  repo: RepoWith<"admin">,
  rule: Rule,
  changes: Partial<ProtectionRule>,
): Promise<Rule> {
  if (changes.pattern !== undefined) requirePattern(changes.pattern);
  return transact(ctx, async (tx) => {
    await holdRepository(tx, repo);
    const [updated] = await tx.db
      .update(branchProtectionRules)
      .set({ ...columnsOf({ ...rule, ...changes }), updatedAt: tx.clock.now() })
      .where(eq(branchProtectionRules.id, rule.id))
      .returning();
    // Deleted by somebody else since it was read: there is nothing to update and nothing to tell.
    if (!updated) return rule;
    await emit(
      tx,
      protectionUpdated,
      { repoId: repo.id, ...orgOf(repo), subjectId: rule.id },
      { ...told(updated), previous_pattern: rule.pattern },
    );
    return updated;
  });
}

export function deleteRule(ctx: Context, repo: RepoWith<"admin">, rule: Rule): Promise<void> {
  return transact(ctx, async (tx) => {
    const deleted = await tx.db
      .delete(branchProtectionRules)
      .where(eq(branchProtectionRules.id, rule.id))
      .returning({ id: branchProtectionRules.id });
    if (deleted.length === 0) return;
    await emit(tx, protectionDeleted, { repoId: repo.id, ...orgOf(repo), subjectId: rule.id }, told(rule));
  });
}

/** Changes of one repository's rules come one after the other. */
async function holdRepository(tx: TransactionContext, repo: RepoWith<"admin">): Promise<void> {
  await tx.db
    .select({ id: repositories.id })
    .from(repositories)
    .where(eq(repositories.id, repo.id))
    .for("no key update");
}

/** A pattern with its stars filled in must be a name that git takes. */
function requirePattern(pattern: string): void {
  const name = pattern.startsWith("refs/tags/") ? pattern : `refs/heads/${pattern}`;
  if (pushedRefProblem(name.replaceAll("*", "x")) !== null)
    throw invalid("ProtectionRule", "pattern", "No branch or tag could have a name like this");
}

const columnsOf = (rule: ProtectionRule) => ({
  pattern: rule.pattern,
  requirePullRequest: rule.requirePullRequest,
  requiredReviewers: rule.requiredReviewers,
  dismissStaleReviews: rule.dismissStaleReviews,
  requireStatusChecks: rule.requireStatusChecks,
  requiredStatusChecks: [...new Set(rule.requiredStatusChecks)],
  requireCodeOwnerReviews: rule.requireCodeOwnerReviews,
  requireLastPushApproval: rule.requireLastPushApproval,
  requireConversationResolution: rule.requireConversationResolution,
  requireUpToDate: rule.requireUpToDate,
  allowForcePush: rule.allowForcePush,
  allowDeletion: rule.allowDeletion,
});

const told = (rule: Rule) => ({
  rule_id: rule.id,
  pattern: rule.pattern,
  require_pull_request: rule.requirePullRequest,
  required_reviewers: rule.requiredReviewers,
  dismiss_stale_reviews: rule.dismissStaleReviews,
  require_status_checks: rule.requireStatusChecks,
  required_status_checks: rule.requiredStatusChecks,
  require_code_owner_reviews: rule.requireCodeOwnerReviews,
  require_last_push_approval: rule.requireLastPushApproval,
  require_conversation_resolution: rule.requireConversationResolution,
  require_up_to_date: rule.requireUpToDate,
  allow_force_push: rule.allowForcePush,
  allow_deletion: rule.allowDeletion,
});
