import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { encodePath, repositoryUrl } from "../addresses.ts";
import { wantsPullRequest } from "./policy.ts";
import type { Rule } from "./queries.ts";

export const ruleShape = z
  .object({
    id: z.string(),
    url: z.url(),
    pattern: z.string().describe("Of branches, or with `refs/tags/` before it of tags"),
    require_pull_request: z.boolean(),
    required_reviewers: z.int(),
    dismiss_stale_reviews: z.boolean().describe("An approval ends when the change becomes another one"),
    require_status_checks: z.boolean(),
    required_status_checks: z.array(z.string()).describe("None named: all that were reported"),
    require_code_owner_reviews: z.boolean(),
    require_last_push_approval: z.boolean(),
    require_conversation_resolution: z.boolean(),
    require_up_to_date: z.boolean(),
    allow_force_push: z.boolean(),
    allow_deletion: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "ProtectionRule" });

export const ruleView = (ctx: Context, repo: Repository, rule: Rule): z.input<typeof ruleShape> => ({
  id: rule.id,
  url: `${repositoryUrl(ctx, repo)}/protection-rules/${rule.id}`,
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
  created_at: rule.createdAt.toISOString(),
  updated_at: rule.updatedAt.toISOString(),
});

const enabled = z.object({ enabled: z.boolean() });
const enabledAt = enabled.extend({ url: z.url() });

/** GitHub's `branch-protection` and `protected-branch`, which differ in what they require only. */
export const branchProtectionShape = z
  .object({
    url: z.url(),
    required_status_checks: z
      .object({
        url: z.url(),
        strict: z.boolean(),
        contexts: z.array(z.string()),
        contexts_url: z.url(),
        checks: z.array(z.object({ context: z.string(), app_id: z.null() })),
      })
      .optional(),
    required_pull_request_reviews: z
      .object({
        url: z.url(),
        dismiss_stale_reviews: z.boolean(),
        require_code_owner_reviews: z.boolean(),
        required_approving_review_count: z.int(),
        require_last_push_approval: z.boolean(),
      })
      .optional(),
    enforce_admins: enabledAt,
    required_linear_history: enabled,
    allow_force_pushes: enabled,
    allow_deletions: enabled,
    block_creations: enabled,
    required_conversation_resolution: enabled,
    lock_branch: enabled,
    allow_fork_syncing: enabled,
  })
  .meta({ id: "BranchProtection" });

const off = { enabled: false };

export function branchProtectionView(
  ctx: Context,
  repo: Repository,
  branch: string,
  rule: Rule,
): z.input<typeof branchProtectionShape> {
  const url = `${repositoryUrl(ctx, repo)}/branches/${encodePath(branch)}/protection`;
  const checks = `${url}/required_status_checks`;
  return {
    url,
    ...(rule.requireStatusChecks || rule.requireUpToDate
      ? {
          required_status_checks: {
            url: checks,
            strict: rule.requireUpToDate,
            contexts: rule.requiredStatusChecks,
            contexts_url: `${checks}/contexts`,
            checks: rule.requiredStatusChecks.map((context) => ({ context, app_id: null })),
          },
        }
      : {}),
    ...(wantsPullRequest(rule)
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: rule.dismissStaleReviews,
            require_code_owner_reviews: rule.requireCodeOwnerReviews,
            required_approving_review_count: rule.requiredReviewers,
            require_last_push_approval: rule.requireLastPushApproval,
          },
        }
      : {}),
    // Nobody is above a rule.
    enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
    required_linear_history: off,
    allow_force_pushes: { enabled: rule.allowForcePush },
    allow_deletions: { enabled: rule.allowDeletion },
    block_creations: off,
    required_conversation_resolution: { enabled: rule.requireConversationResolution },
    lock_branch: off,
    allow_fork_syncing: { enabled: true },
  };
}
