/** Whose turn it is, and why: pure, so that every row of the inbox can be explained. */
import type { Facts } from "./queries.ts";

export const sections = ["your_turn", "ready", "waiting_on_reviewers", "waiting_on_author"] as const;
export type Section = (typeof sections)[number];

export interface Placed {
  readonly section: Section;
  /** One word for programs. */
  readonly reason:
    | "review_requested"
    | "review_requested_again"
    | "changed_since_review"
    | "changes_requested"
    | "checks_failing"
    | "conflicts"
    | "threads"
    | "draft"
    | "ready"
    | "awaiting_review"
    | "checks_pending"
    | "reviewed";
  readonly sentence: string;
}

const placed = (section: Section, reason: Placed["reason"], sentence: string): Placed => ({
  section,
  reason,
  sentence,
});

/** Where a pull request stands for the person of whom the facts speak. */
export const place = (facts: Facts): Placed => (facts.isMine ? ofAuthor(facts) : ofReviewer(facts));

function ofAuthor(facts: Facts): Placed {
  const { pull, unanswered } = facts;
  if (facts.decision === "changes_requested")
    return placed("your_turn", "changes_requested", "A reviewer asked for changes");
  if (facts.conflicts) return placed("your_turn", "conflicts", `It conflicts with ${pull.targetBranch}`);
  if (facts.checks === "failure") return placed("your_turn", "checks_failing", "Its checks fail");
  if (unanswered > 0)
    return placed(
      "your_turn",
      "threads",
      unanswered === 1 ? "A thread waits for your answer" : `${unanswered} threads wait for your answer`,
    );
  if (pull.isDraft) return placed("waiting_on_author", "draft", "A draft of yours");
  return standing(facts) ?? placed("ready", "ready", ready(facts));
}

function ofReviewer(facts: Facts): Placed {
  const { pull, said } = facts;
  if (facts.askedAt !== null)
    return said === null
      ? placed("your_turn", "review_requested", "Your review was asked for")
      : placed("your_turn", "review_requested_again", "Your review was asked for again");
  if (pull.isDraft) return placed("waiting_on_author", "draft", "It is a draft again");
  const hasChanged = facts.saidOf !== pull.headSha;
  if (hasChanged && (said !== "approved" || facts.dismissed))
    return placed("your_turn", "changed_since_review", "It changed since your review");
  if (said === "changes_requested" && !facts.dismissed)
    return placed("waiting_on_author", "changes_requested", "You asked for changes");
  if (facts.decision === "changes_requested")
    return placed("waiting_on_author", "changes_requested", "A reviewer asked for changes");
  if (facts.conflicts)
    return placed("waiting_on_author", "conflicts", `It conflicts with ${pull.targetBranch}`);
  if (facts.checks === "failure") return placed("waiting_on_author", "checks_failing", "Its checks fail");
  if (said === "commented") return placed("waiting_on_author", "reviewed", "You commented; no change since");
  const waits = standing(facts);
  if (waits) return waits;
  return facts.mayWrite
    ? placed("ready", "ready", ready(facts))
    : placed("waiting_on_author", "reviewed", "You approved; it can be merged");
}

/** What keeps it although nobody has to change anything. */
function standing(facts: Facts): Placed | null {
  if (facts.wantsApproval && facts.decision !== "approved")
    return placed("waiting_on_reviewers", "awaiting_review", `${facts.pull.targetBranch} wants an approval`);
  if (facts.awaited > 0 && facts.decision !== "approved")
    return placed(
      "waiting_on_reviewers",
      "awaiting_review",
      facts.awaited === 1 ? "One reviewer was asked" : `${facts.awaited} reviewers were asked`,
    );
  if (facts.checks === "pending")
    return placed("waiting_on_reviewers", "checks_pending", "Its checks still run");
  return null;
}

function ready({ decision, checks }: Facts): string {
  if (decision === "approved") return checks === "success" ? "Approved, and its checks passed" : "Approved";
  return checks === "success" ? "Checks passed, no approval needed" : "No approval is needed";
}
