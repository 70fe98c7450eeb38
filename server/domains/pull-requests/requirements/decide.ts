/**
 * What stands between a pull request and its merge, decided from facts alone: no database, no git, no clock. Everything that
 * speaks of merging reads this one answer.
 */
import {
  said,
  type Decision,
  type Facts,
  type MergeRule,
  type MergeState,
  type Requirement,
  type RequirementName,
} from "./shapes.ts";
import { checks, conversations, lastPush, owners, reviews, upToDate } from "./rules.ts";

/** Those that somebody can change by other means than bringing the branch up to date. */
const blocking: readonly RequirementName[] = [
  "target",
  "changes",
  "reviews",
  "owners",
  "last-push",
  "conversations",
  "checks",
  "writable",
  "method",
];

/** Of what is over nothing more is asked. */
export function decideEnded(state: "closed" | "merged"): Decision {
  return {
    requirements: [{ name: "open", met: false, sentence: `This pull request is ${state}` }],
    state: "unknown",
  };
}

/**
 * Of an open pull request all requirements, met or not, in the order in which people see to them; and what they come to.
 */
export function decide(facts: Facts): Decision {
  const requirements = [
    said("ready", !facts.isDraft, "This is ready for review", "This is still a draft"),
    said(
      "target",
      facts.targetExists,
      `It goes to ${facts.targetBranch}`,
      `The branch ${facts.targetBranch} does not exist`,
    ),
    said(
      "conflicts",
      facts.merge?.clean === true,
      "It has no conflicts with the base branch",
      facts.merge?.reason ?? "It cannot be compared with the base branch",
    ),
    ...(facts.rule ? demanded(facts, facts.rule) : []),
    said(
      "writable",
      !facts.archived,
      "The repository takes changes",
      "The repository is archived and read-only",
    ),
    said(
      "method",
      facts.allowsMerging,
      "The repository allows merging",
      "The repository's settings allow no way of merging",
    ),
    said("permission", facts.mayMerge, "You may merge this", "Only people with write access can merge this"),
  ];
  return { requirements, state: stateOf(facts, requirements) };
}

const demanded = (facts: Facts, rule: MergeRule): readonly Requirement[] =>
  [reviews, owners, lastPush, conversations, checks, upToDate].flatMap((one) => one(facts, rule));

function stateOf(facts: Facts, requirements: readonly Requirement[]): MergeState {
  const unmet = new Set(requirements.filter((one) => !one.met).map((one) => one.name));
  if (unmet.has("conflicts") && facts.targetExists) return "dirty";
  if (facts.isDraft) return "draft";
  if (blocking.some((name) => unmet.has(name))) return "blocked";
  if (unmet.has("up-to-date")) return "behind";
  return facts.checksFailing ? "unstable" : "clean";
}

/** GraphQL's `MergeStateStatus`, of which REST's `mergeable_state` is the lower case. */
export function mergeStateStatus(
  state: MergeState,
): "CLEAN" | "DIRTY" | "DRAFT" | "BLOCKED" | "BEHIND" | "UNSTABLE" | "UNKNOWN" {
  return state.toUpperCase() as Uppercase<MergeState>;
}
