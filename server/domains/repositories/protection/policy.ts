/** What a protection rule says to a move of a reference. Asked for every move, whichever door it comes through. */
import { bySpecificity, matchesPattern } from "./patterns.ts";

export interface ProtectionRule {
  /** A pattern of branches, or with `refs/tags/` before it of tags. */
  readonly pattern: string;
  readonly requirePullRequest: boolean;
  /** How many people with write access must have approved a pull request. */
  readonly requiredReviewers: number;
  /** Approvals end when a push makes the change another one. */
  readonly dismissStaleReviews: boolean;
  readonly requireStatusChecks: boolean;
  /** The contexts that must have succeeded; none named: all that were reported. */
  readonly requiredStatusChecks: readonly string[];
  /** Each file that has code owners needs the approval of one of them. */
  readonly requireCodeOwnerReviews: boolean;
  /** The newest head needs an approval by somebody who did not push it. */
  readonly requireLastPushApproval: boolean;
  /** Every conversation on lines must be settled. */
  readonly requireConversationResolution: boolean;
  /** A pull request must have all that its target has. */
  readonly requireUpToDate: boolean;
  readonly allowForcePush: boolean;
  readonly allowDeletion: boolean;
}

const branches = "refs/heads/";
const tags = "refs/tags/";

/** The one rule that holds for a reference: of those that cover it the most specific. */
export function ruleFor<Rule extends Pick<ProtectionRule, "pattern">>(
  rules: readonly Rule[],
  ref: string,
): Rule | null {
  const covering = rules.filter(({ pattern }) =>
    pattern.startsWith(tags)
      ? ref.startsWith(tags) && matchesPattern(pattern.slice(tags.length), ref.slice(tags.length))
      : ref.startsWith(branches) && matchesPattern(pattern, ref.slice(branches.length)),
  );
  return covering.toSorted((a, b) => bySpecificity(a.pattern, b.pattern))[0] ?? null;
}

/** Approvals can only be given to a pull request. */
export const wantsPullRequest = (
  rule: Pick<
    ProtectionRule,
    "requirePullRequest" | "requiredReviewers" | "requireCodeOwnerReviews" | "requireLastPushApproval"
  >,
): boolean =>
  rule.requirePullRequest ||
  rule.requiredReviewers > 0 ||
  rule.requireCodeOwnerReviews ||
  rule.requireLastPushApproval;

export interface Facts {
  readonly ref: string;
  readonly kind: "create" | "update" | "delete";
  /** Whether the new end does not build on the old one. Asked for only when the rule minds. */
  readonly forced: () => Promise<boolean>;
  /** The merge of a pull request that met its own requirements, checks and approvals among them. */
  readonly merged: boolean;
  /** Why the checks of the new end do not suffice; null when they do. Asked for only when the rule wants checks. */
  readonly checks: () => Promise<string | null>;
}

/** Why the rule refuses, naming itself; null when it lets pass. Nobody is above a rule, but who administers may change it. */
export async function refusalOf(rule: ProtectionRule, facts: Facts): Promise<string | null> {
  const name = facts.ref.replace(/^refs\/(?:heads|tags)\//, "");
  const refuse = (what: string) => `${name} is protected by the rule "${rule.pattern}": ${what}`;
  if (facts.kind === "delete") return rule.allowDeletion ? null : refuse("it cannot be deleted");
  if (facts.kind === "create" || facts.merged) return null;
  if (facts.ref.startsWith(tags)) return rule.allowForcePush ? null : refuse("it cannot be moved");
  if (!rule.allowForcePush && (await facts.forced())) return refuse("its history cannot be rewritten");
  if (wantsPullRequest(rule)) return refuse("changes come in by pull request");
  if (!rule.requireStatusChecks) return null;
  const problem = await facts.checks();
  return problem === null ? null : refuse(problem);
}

export type CheckState = "error" | "failure" | "pending" | "success";

/** Why the reported checks of a commit do not suffice for a rule; null when they do. */
export function checksProblem(
  rule: ProtectionRule,
  reported: ReadonlyMap<string, CheckState>,
): string | null {
  if (!rule.requireStatusChecks) return null;
  // Before the first report nothing has passed: whoever is quick would be past the checks.
  if (rule.requiredStatusChecks.length === 0 && reported.size === 0) return "no check has been reported yet";
  const wanted = rule.requiredStatusChecks.length > 0 ? rule.requiredStatusChecks : [...reported.keys()];
  const lacking = wanted.filter((context) => reported.get(context) !== "success");
  if (lacking.length === 0) return null;
  const shown = lacking.slice(0, 5).map((context) => `"${context}" ${said(reported.get(context))}`);
  return `${shown.join(", ")}${lacking.length > 5 ? ` and ${lacking.length - 5} more` : ""}`;
}

const said = (state: CheckState | undefined): string =>
  state === undefined
    ? "has not been reported"
    : state === "pending"
      ? "is still running"
      : "did not succeed";
