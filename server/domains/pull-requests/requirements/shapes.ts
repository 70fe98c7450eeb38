/** What is decided from, and what is decided. */

/** What the rule of the target branch asks of a pull request. */
export interface MergeRule {
  readonly requirePullRequest: boolean;
  readonly requiredReviewers: number;
  readonly requireStatusChecks: boolean;
  readonly requireCodeOwnerReviews: boolean;
  readonly requireLastPushApproval: boolean;
  readonly requireConversationResolution: boolean;
  readonly requireUpToDate: boolean;
}

/** The last word of one reviewer, which nobody dismissed. */
export interface LastWord {
  readonly byId: string;
  readonly by: string;
  readonly verdict: "approved" | "changes_requested";
  /** Given to the commit that is the head now, or to the same change on another base. False where no rule asks. */
  readonly ofChange: boolean;
  /** The reviewer can write. */
  readonly counts: boolean;
}

/** Files that one line of CODEOWNERS gives owners. */
export interface Owned {
  readonly owners: readonly string[];
  /** Whose approval is that of an owner. */
  readonly people: ReadonlySet<string>;
  readonly paths: readonly string[];
}

export interface Facts {
  readonly isDraft: boolean;
  readonly targetBranch: string;
  readonly targetExists: boolean;
  /** What git says of merging the two; null when there is nothing to merge into. */
  readonly merge: { readonly clean: boolean; readonly reason: string | null } | null;
  readonly rule: MergeRule | null;
  readonly authorId: string;
  /** Who made the last push that changed more than the base beneath it; the author, where nobody knows. */
  readonly pushedBy: { readonly id: string; readonly login: string };
  readonly reviews: readonly LastWord[];
  /** Null when it cannot be said. */
  readonly owned: readonly Owned[] | null;
  readonly unresolved: number;
  /** Commits of the target that the head lacks. */
  readonly behind: number;
  /** Why the checks do not suffice; null when they do. */
  readonly checksLacking: string | null;
  /** Some check failed or runs, whether it is required or not. */
  readonly checksFailing: boolean;
  readonly archived: boolean;
  /** The settings of the repository leave a way of merging. */
  readonly allowsMerging: boolean;
  readonly mayMerge: boolean;
}

export type RequirementName =
  | "open"
  | "ready"
  | "target"
  | "conflicts"
  | "changes"
  | "reviews"
  | "owners"
  | "last-push"
  | "conversations"
  | "checks"
  | "up-to-date"
  | "writable"
  | "method"
  | "permission";

/** Owners whose word is missing, and for which files. */
export interface MissingOwners {
  readonly owners: readonly string[];
  /** The first of them. */
  readonly paths: readonly string[];
  readonly count: number;
}

export interface Requirement {
  readonly name: RequirementName;
  readonly met: boolean;
  /** What is the case, as people are told. */
  readonly sentence: string;
  /** With `owners` that is not met. */
  readonly missing?: readonly MissingOwners[];
}

/** GitHub's word for the whole. */
export type MergeState = "clean" | "dirty" | "draft" | "blocked" | "behind" | "unstable" | "unknown";

export interface Decision {
  readonly requirements: readonly Requirement[];
  readonly state: MergeState;
}

export const said = (name: RequirementName, met: boolean, yes: string, no: string): Requirement => ({
  name,
  met,
  sentence: met ? yes : no,
});
