/** What the rules' texts say of a history of acts, asked of the history itself: knows nothing of how the product keeps it. */
import type { MergeRule, RequirementName } from "./shapes.ts";

export const people = ["ann", "ben", "cat", "dan"] as const;
type Person = (typeof people)[number];

export type Act =
  /** `update` merges the base in, `rebase` carries the branch onto it; both cleanly. */
  | { readonly kind: "push" | "update" | "rebase"; readonly by: Person }
  | {
      readonly kind: "review";
      readonly by: Person;
      readonly verdict: "approved" | "changes_requested";
    }
  | { readonly kind: "dismiss"; readonly of: Person }
  | { readonly kind: "talk" | "settle"; readonly thread: number }
  | { readonly kind: "base-moves" }
  | { readonly kind: "check"; readonly passed: boolean };

export interface Scene {
  readonly rule: MergeRule | null;
  readonly author: Person;
  readonly writers: readonly Person[];
  /** Of each owned file, who owns it. */
  readonly owned: readonly (readonly Person[])[];
  readonly draft: boolean;
  readonly acts: readonly Act[];
}

/** Which requirements forbid the merge. */
export function oracle({ rule, author, writers, owned, draft, acts }: Scene): RequirementName[] {
  const forbidden: RequirementName[] = draft ? ["ready"] : [];
  if (!rule) return forbidden;
  const last = (is: (one: Act) => boolean): number => acts.findLastIndex(is);
  /** "The latest review of each reviewer counts, until it is dismissed or replaced." */
  const stands = (who: Person, verdict: "approved" | "changes_requested"): boolean => {
    const said = last((one) => one.kind === "review" && one.by === who);
    const word = acts[said];
    return (
      word?.kind === "review" &&
      word.verdict === verdict &&
      last((one) => one.kind === "dismiss" && one.of === who) < said
    );
  };
  /** "Only people who can write decide, and an author never about their own change." */
  const judges = writers.filter((who) => who !== author);
  const approving = judges.filter((who) => stands(who, "approved"));
  const byPullRequest =
    rule.requirePullRequest ||
    rule.requiredReviewers > 0 ||
    rule.requireCodeOwnerReviews ||
    rule.requireLastPushApproval;
  if (byPullRequest && judges.some((who) => stands(who, "changes_requested"))) forbidden.push("changes");
  if (approving.length < rule.requiredReviewers) forbidden.push("reviews");
  if (rule.requireCodeOwnerReviews) {
    // "Who cannot write owns nothing; a file without an owner needs nobody."
    const waiting = owned
      .map((owners) => owners.filter((who) => writers.includes(who)))
      .filter((owners) => owners.length > 0 && !owners.some((who) => approving.includes(who)));
    if (waiting.length > 0) forbidden.push("owners");
  }
  const lastMove = last((one) => one.kind === "push" || one.kind === "update" || one.kind === "rebase");
  if (rule.requireLastPushApproval) {
    // "Whoever only carries the change onto another base changes nothing."
    const lastPush = last((one) => one.kind === "push");
    const push = acts[lastPush];
    const pusher = push?.kind === "push" ? push.by : author;
    const after = approving.filter(
      (who) => who !== pusher && last((one) => one.kind === "review" && one.by === who) > lastPush,
    );
    if (after.length === 0) forbidden.push("last-push");
  }
  if (rule.requireConversationResolution) {
    const open = [0, 1, 2].some(
      (thread) =>
        last((one) => one.kind === "talk" && one.thread === thread) >
        last((one) => one.kind === "settle" && one.thread === thread),
    );
    if (open) forbidden.push("conversations");
  }
  if (rule.requireStatusChecks) {
    const check = acts[last((one) => one.kind === "check")];
    const fresh = last((one) => one.kind === "check") > lastMove;
    if (!(fresh && check?.kind === "check" && check.passed)) forbidden.push("checks");
  }
  if (rule.requireUpToDate) {
    const brought = last((one) => one.kind === "update" || one.kind === "rebase");
    if (last((one) => one.kind === "base-moves") > brought) forbidden.push("up-to-date");
  }
  return forbidden;
}
