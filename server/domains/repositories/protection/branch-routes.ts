/** GitHub's protection of one branch: a rule whose pattern is the branch's name. */
import { z } from "zod";
import { readRef } from "../../../git/refs.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound, unprocessable } from "../../../kernel/errors.ts";
import { nothing, route } from "../../../kernel/http/route.ts";
import { withRepository, type RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { createRule, deleteRule, updateRule } from "./commands.ts";
import type { ProtectionRule } from "./policy.ts";
import { branchRule, ruleOfPattern } from "./queries.ts";
import { branchProtectionShape, branchProtectionView } from "./views.ts";

const contexts = z.array(z.string().trim().min(1).max(255)).max(50);
const branchPath = "/repos/{owner}/{repo}/branches/{branch*}/protection" as const;

const getBranchProtection = route({
  method: "GET",
  path: branchPath,
  operation: "repos/get-branch-protection",
  summary: "Get the protection that holds for a branch",
  access: withRepository("admin"),
  answer: branchProtectionShape,
  handle: async ({ ctx, repo, params }) => {
    const rule = await branchRule(ctx, repo, params.branch);
    if (!rule) throw notFound("Branch not protected");
    return branchProtectionView(ctx, repo, params.branch, rule);
  },
});

const flag = z.boolean().nullable().optional();

/** GitHub's body. What this forge has no mechanism for is refused instead of being forgotten. */
const protectionBody = z.object({
  required_status_checks: z
    .object({
      strict: z.boolean(),
      contexts: contexts.optional(),
      checks: z
        .array(z.object({ context: z.string().trim().min(1).max(255) }))
        .max(50)
        .optional(),
    })
    .nullable(),
  enforce_admins: z.boolean().nullable(),
  required_pull_request_reviews: z
    .object({
      dismiss_stale_reviews: z.boolean().optional(),
      require_code_owner_reviews: z.boolean().optional(),
      required_approving_review_count: z.int().min(0).max(10).default(1),
      require_last_push_approval: z.boolean().optional(),
    })
    .nullable(),
  restrictions: z.unknown().nullable(),
  required_linear_history: flag,
  allow_force_pushes: flag,
  allow_deletions: flag,
  block_creations: flag,
  required_conversation_resolution: flag,
  lock_branch: flag,
});

function refuseUnknown(body: z.output<typeof protectionBody>): void {
  const asked: Readonly<Record<string, boolean | null | undefined>> = {
    restrictions: body.restrictions !== null && body.restrictions !== undefined,
    required_linear_history: body.required_linear_history,
    block_creations: body.block_creations,
    lock_branch: body.lock_branch,
  };
  const unknown = Object.keys(asked).filter((name) => asked[name] === true);
  if (unknown.length > 0) throw unprocessable(`This forge has no ${unknown.join(", ")}`);
}

async function requireBranch(ctx: Context, repo: RepoWith<"admin">, branch: string): Promise<void> {
  if (!(await readRef(gitOf(ctx, repo), `refs/heads/${branch}`))) throw notFound("Branch not found");
}

const putBranchProtection = route({
  method: "PUT",
  path: branchPath,
  operation: "repos/update-branch-protection",
  summary: "Protect a branch by a rule of its own name",
  access: withRepository("admin"),
  body: protectionBody,
  answer: branchProtectionShape,
  handle: async ({ ctx, repo, params, body }) => {
    await requireBranch(ctx, repo, params.branch);
    refuseUnknown(body);
    const checks = body.required_status_checks;
    const reviews = body.required_pull_request_reviews;
    const named = checks?.checks?.map(({ context }) => context) ?? checks?.contexts ?? [];
    const input: ProtectionRule = {
      pattern: params.branch,
      requirePullRequest: reviews !== null,
      requiredReviewers: reviews?.required_approving_review_count ?? 0,
      dismissStaleReviews: reviews?.dismiss_stale_reviews === true,
      requireCodeOwnerReviews: reviews?.require_code_owner_reviews === true,
      requireLastPushApproval: reviews?.require_last_push_approval === true,
      requireConversationResolution: body.required_conversation_resolution === true,
      requireUpToDate: checks?.strict === true,
      // To GitHub's clients a list without a name asks for nothing.
      requireStatusChecks: named.length > 0,
      requiredStatusChecks: named,
      allowForcePush: body.allow_force_pushes === true,
      allowDeletion: body.allow_deletions === true,
    };
    const existing = await ruleOfPattern(ctx, repo, params.branch);
    const rule = existing ? await updateRule(ctx, repo, existing, input) : await createRule(ctx, repo, input);
    return branchProtectionView(ctx, repo, params.branch, rule);
  },
});

const deleteBranchProtection = route({
  method: "DELETE",
  path: branchPath,
  operation: "repos/delete-branch-protection",
  summary: "Delete the rule of a branch's own name",
  access: withRepository("admin"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) => {
    const rule = await ruleOfPattern(ctx, repo, params.branch);
    if (!rule) throw notFound("Branch not protected");
    await deleteRule(ctx, repo, rule);
  },
});

export const branchProtectionRoutes = [getBranchProtection, putBranchProtection, deleteBranchProtection];
