/** Each demand of a protection rule on its own: nothing where the rule does not make it, else whether it is met. */
import { wantsPullRequest } from "../../repositories/index.ts";
import { said, type Facts, type LastWord, type MergeRule, type Requirement } from "./shapes.ts";

/** Named beside owners who have not approved. */
const shownPaths = 5;

/** An author's word about their own change is none, and of those who cannot write it is advice. */
const counting = (facts: Facts): readonly LastWord[] =>
  facts.reviews.filter((review) => review.counts && review.byId !== facts.authorId);

const approvals = (facts: Facts): readonly LastWord[] =>
  counting(facts).filter((review) => review.verdict === "approved");

/** Somebody's request for changes holds, until they take it back or it is dismissed; and so many must approve. */
export function reviews(facts: Facts, rule: MergeRule): Requirement[] {
  if (!wantsPullRequest(rule)) return [];
  const refusing = counting(facts).filter((review) => review.verdict === "changes_requested");
  const who = refusing.map((review) => review.by).join(", ");
  const refused = said("changes", false, "", `${who} asked for changes`);
  const wanted = rule.requiredReviewers;
  const given = approvals(facts).length;
  const asked = wanted === 1 ? "1 approval" : `${wanted} approvals`;
  return [
    ...(refusing.length > 0 ? [refused] : []),
    ...(wanted > 0
      ? [
          said(
            "reviews",
            given >= wanted,
            `It has the approvals that ${facts.targetBranch} requires`,
            `${facts.targetBranch} requires ${asked} by people with write access; it has ${given}`,
          ),
        ]
      : []),
  ];
}

/** Of every line of CODEOWNERS that owns a changed file, one owner must have approved. */
export function owners(facts: Facts, rule: MergeRule): Requirement[] {
  if (!rule.requireCodeOwnerReviews) return [];
  if (facts.owned === null)
    return [said("owners", false, "", "So many files change that their owners cannot be worked out")];
  const approved = new Set(approvals(facts).map((review) => review.byId));
  const lacking = facts.owned.filter(({ people }) => ![...people].some((id) => approved.has(id)));
  const missing = lacking.map(({ owners: names, paths }) => ({
    owners: names,
    paths: paths.slice(0, shownPaths),
    count: paths.length,
  }));
  const files = missing.reduce((sum, one) => sum + one.count, 0);
  const names = [...new Set(missing.flatMap((one) => one.owners))];
  const shown = names.length > 3 ? `${names.slice(0, 3).join(", ")} and others` : names.join(", ");
  const requirement = said(
    "owners",
    lacking.length === 0,
    facts.owned.length === 0
      ? "No file that changes has an owner"
      : "The owners of the changed files approved",
    `An owner of ${files === 1 ? "1 file" : `${files} files`} has not approved: ${shown}`,
  );
  return [lacking.length === 0 ? requirement : { ...requirement, missing }];
}

/** The newest head must be approved by somebody who did not push it. */
export function lastPush(facts: Facts, rule: MergeRule): Requirement[] {
  if (!rule.requireLastPushApproval) return [];
  const seen = approvals(facts).some((review) => review.ofChange && review.byId !== facts.pushedBy.id);
  return [
    said(
      "last-push",
      seen,
      `The last push was approved by somebody else than ${facts.pushedBy.login}`,
      `The last push needs an approval by somebody else than ${facts.pushedBy.login}, who pushed it`,
    ),
  ];
}

export function conversations(facts: Facts, rule: MergeRule): Requirement[] {
  if (!rule.requireConversationResolution) return [];
  const count = facts.unresolved;
  return [
    said(
      "conversations",
      count === 0,
      "All conversations are settled",
      count === 1 ? "1 conversation is not settled" : `${count} conversations are not settled`,
    ),
  ];
}

export function checks(facts: Facts, rule: MergeRule): Requirement[] {
  if (!rule.requireStatusChecks) return [];
  return [
    said(
      "checks",
      facts.checksLacking === null,
      `It passed the checks that ${facts.targetBranch} requires`,
      `${facts.targetBranch} requires checks: ${facts.checksLacking ?? ""}`,
    ),
  ];
}

export function upToDate(facts: Facts, rule: MergeRule): Requirement[] {
  if (!rule.requireUpToDate) return [];
  const lacks = facts.behind === 1 ? "1 commit" : `${facts.behind} commits`;
  return [
    said(
      "up-to-date",
      facts.behind === 0,
      `It has all that ${facts.targetBranch} has`,
      `It must have all that ${facts.targetBranch} has, and lacks ${lacks}`,
    ),
  ];
}
