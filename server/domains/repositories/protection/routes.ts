import { z } from "zod";
import { defined } from "../../../kernel/defined.ts";
import { created, nothing, route } from "../../../kernel/http/route.ts";
import { withRepository } from "../access.ts";
import { branchProtectionRoutes } from "./branch-routes.ts";
import { createRule, deleteRule, updateRule } from "./commands.ts";
import type { ProtectionRule } from "./policy.ts";
import { getRule, listRules } from "./queries.ts";
import { ruleShape, ruleView } from "./views.ts";

const contexts = z.array(z.string().trim().min(1).max(255)).max(50);
const fields = {
  pattern: z.string().trim().min(1).max(250).describe("`main`, `release/*`, `**`, `refs/tags/v*`"),
  require_pull_request: z.boolean().describe("Changes come in by pull request only"),
  required_reviewers: z.int().min(0).max(10).describe("Approvals that a pull request needs"),
  dismiss_stale_reviews: z
    .boolean()
    .describe("An approval ends when a push makes the change another one; a clean rebase does not"),
  require_status_checks: z.boolean().describe("Checks must have succeeded"),
  required_status_checks: contexts.describe("These; none named: all that were reported"),
  require_code_owner_reviews: z.boolean().describe("Each file with code owners needs the approval of one"),
  require_last_push_approval: z
    .boolean()
    .describe("The newest head needs an approval by somebody who did not push it"),
  require_conversation_resolution: z.boolean().describe("Conversations on lines must be settled"),
  require_up_to_date: z.boolean().describe("A pull request must have all that its target has"),
  allow_force_push: z.boolean().describe("History may be rewritten, a tag moved"),
  allow_deletion: z.boolean(),
};

type Input = { readonly [Name in keyof typeof fields]: z.output<(typeof fields)[Name]> };

const ruleOf = (input: {
  readonly [Name in keyof Input]?: Input[Name] | undefined;
}): Partial<ProtectionRule> =>
  defined({
    pattern: input.pattern,
    requirePullRequest: input.require_pull_request,
    requiredReviewers: input.required_reviewers,
    dismissStaleReviews: input.dismiss_stale_reviews,
    requireStatusChecks: input.require_status_checks,
    requiredStatusChecks: input.required_status_checks,
    requireCodeOwnerReviews: input.require_code_owner_reviews,
    requireLastPushApproval: input.require_last_push_approval,
    requireConversationResolution: input.require_conversation_resolution,
    requireUpToDate: input.require_up_to_date,
    allowForcePush: input.allow_force_push,
    allowDeletion: input.allow_deletion,
  });

const nothingRequired: Omit<ProtectionRule, "pattern"> = {
  requirePullRequest: false,
  requiredReviewers: 0,
  dismissStaleReviews: false,
  requireStatusChecks: false,
  requiredStatusChecks: [],
  requireCodeOwnerReviews: false,
  requireLastPushApproval: false,
  requireConversationResolution: false,
  requireUpToDate: false,
  allowForcePush: false,
  allowDeletion: false,
};

const collection = "/repos/{owner}/{repo}/protection-rules" as const;
const one = "/repos/{owner}/{repo}/protection-rules/{rule_id}" as const;

const list = route({
  method: "GET",
  path: collection,
  operation: "protection/list-rules",
  summary: "List the rules that protect branches and tags",
  access: withRepository("write"),
  answer: z.array(ruleShape),
  handle: async ({ ctx, repo }) => (await listRules(ctx, repo)).map((rule) => ruleView(ctx, repo, rule)),
});

const create = route({
  method: "POST",
  path: collection,
  operation: "protection/create-rule",
  summary: "Protect the branches or tags that match a pattern",
  access: withRepository("admin"),
  body: z.object({
    pattern: fields.pattern,
    require_pull_request: fields.require_pull_request.default(false),
    required_reviewers: fields.required_reviewers.default(0),
    dismiss_stale_reviews: fields.dismiss_stale_reviews.default(false),
    require_status_checks: fields.require_status_checks.default(false),
    required_status_checks: fields.required_status_checks.default([]),
    require_code_owner_reviews: fields.require_code_owner_reviews.default(false),
    require_last_push_approval: fields.require_last_push_approval.default(false),
    require_conversation_resolution: fields.require_conversation_resolution.default(false),
    require_up_to_date: fields.require_up_to_date.default(false),
    allow_force_push: fields.allow_force_push.default(false),
    allow_deletion: fields.allow_deletion.default(false),
  }),
  answer: ruleShape,
  status: 201,
  handle: async ({ ctx, repo, body }) => {
    const input = { ...nothingRequired, pattern: body.pattern, ...ruleOf(body) };
    const rule = ruleView(ctx, repo, await createRule(ctx, repo, input));
    return created(rule, rule.url);
  },
});

const update = route({
  method: "PATCH",
  path: one,
  operation: "protection/update-rule",
  summary: "Change a protection rule",
  access: withRepository("admin"),
  body: z.object(fields).partial(),
  answer: ruleShape,
  handle: async ({ ctx, repo, params, body }) => {
    const rule = await getRule(ctx, repo, params.rule_id);
    return ruleView(ctx, repo, await updateRule(ctx, repo, rule, ruleOf(body)));
  },
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "protection/delete-rule",
  summary: "Delete a protection rule",
  access: withRepository("admin"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, repo, params }) => deleteRule(ctx, repo, await getRule(ctx, repo, params.rule_id)),
});

export const protectionRoutes = [list, create, update, remove, ...branchProtectionRoutes];
