import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const pull = { pull_request_id: z.string(), number: z.int(), title: z.string() };
const fact = z.object(pull);
const comment = z.object({ ...pull, comment_id: z.string() });

export const pullOpened = eventType("pull-request.opened", fact);
/** `from` is the former title where that changed. */
export const pullEdited = eventType(
  "pull-request.edited",
  z.object({ ...pull, from: z.string().nullable() }),
);
/** `automatic` when it followed from the deletion of the former target. */
export const pullRetargeted = eventType(
  "pull-request.retargeted",
  z.object({ ...pull, from: z.string(), to: z.string(), automatic: z.boolean().optional() }),
);
/** The target was deleted, and the one that took its place would not do. */
export const pullRetargetFailed = eventType(
  "pull-request.retarget-failed",
  z.object({ ...pull, from: z.string(), to: z.string(), problem: z.string() }),
);
export const pullHeadDeleted = eventType(
  "pull-request.head-deleted",
  z.object({ ...pull, branch: z.string() }),
);
export const pullHeadRestored = eventType(
  "pull-request.head-restored",
  z.object({ ...pull, branch: z.string() }),
);
/**
 * The source branch moved; `forced` when the former head is not part of the new one. What the new revision is to the one before it is
 * absent in old events.
 */
export const pullSynchronized = eventType(
  "pull-request.synchronized",
  z.object({
    ...pull,
    before: z.string(),
    after: z.string(),
    forced: z.boolean(),
    revision: z.int().optional(),
    kind: z.enum(["added", "rebased", "rewritten"]).optional(),
    same_change: z.boolean().nullable().optional(),
    commits: z.int().optional(),
    base: z.string().optional(),
  }),
);
/** A text elsewhere names this one; the source may be where not everybody may look. */
export const pullCrossReferenced = eventType(
  "pull-request.cross-referenced",
  z.object({ ...pull, source_kind: z.string(), source_id: z.string(), source_repo_id: z.string() }),
);
/** A commit names this one. */
export const pullReferenced = eventType(
  "pull-request.referenced",
  z.object({ ...pull, commit_id: z.string(), source_repo_id: z.string() }),
);
export const pullClosed = eventType("pull-request.closed", fact);
export const pullReopened = eventType("pull-request.reopened", fact);
export const pullMerged = eventType(
  "pull-request.merged",
  z.object({ ...pull, sha: z.string(), method: z.string(), target: z.string() }),
);
export const autoMergeEnabled = eventType(
  "pull-request.auto-merge-enabled",
  z.object({ ...pull, method: z.string() }),
);
/** `reason` is null where somebody wished it. */
export const autoMergeDisabled = eventType(
  "pull-request.auto-merge-disabled",
  z.object({ ...pull, reason: z.string().nullable() }),
);
export const pullReadied = eventType("pull-request.readied", fact);
export const pullDrafted = eventType("pull-request.drafted", fact);
export const pullLabeled = eventType(
  "pull-request.labeled",
  z.object({ ...pull, label: z.string(), color: z.string() }),
);
export const pullUnlabeled = eventType(
  "pull-request.unlabeled",
  z.object({ ...pull, label: z.string(), color: z.string() }),
);
export const pullAssigned = eventType(
  "pull-request.assigned",
  z.object({ ...pull, assignee_id: z.string() }),
);
export const pullUnassigned = eventType(
  "pull-request.unassigned",
  z.object({ ...pull, assignee_id: z.string() }),
);
export const pullMilestoned = eventType(
  "pull-request.milestoned",
  z.object({ ...pull, from: z.string().nullable(), to: z.string().nullable() }),
);
export const pullLocked = eventType(
  "pull-request.locked",
  z.object({ ...pull, reason: z.string().nullable() }),
);
export const pullUnlocked = eventType("pull-request.unlocked", fact);
export const pullCommented = eventType("pull-request.commented", comment);
export const pullCommentEdited = eventType("pull-request.comment-edited", comment);
export const pullCommentDeleted = eventType("pull-request.comment-deleted", comment);
export const pullCommentRestored = eventType("pull-request.comment-restored", comment);
/** One commit put what comments suggested into the source branch. */
export const suggestionsApplied = eventType(
  "pull-request.suggestions-applied",
  z.object({ ...pull, sha: z.string(), comment_ids: z.array(z.string()) }),
);
export const pullReviewed = eventType(
  "pull-request.reviewed",
  z.object({ ...pull, review_id: z.string(), state: z.string() }),
);
/** A person or a team. */
const reviewer = { reviewer_id: z.string().optional(), team_id: z.string().optional() };

export const reviewRequested = eventType(
  "pull-request.review-requested",
  z.object({ ...pull, ...reviewer, as_owner: z.boolean().optional() }),
);
export const reviewRequestRemoved = eventType(
  "pull-request.review-request-removed",
  z.object({ ...pull, ...reviewer }),
);
export const reviewDismissed = eventType(
  "pull-request.review-dismissed",
  z.object({
    ...pull,
    review_id: z.string(),
    review_number: z.int(),
    state: z.string(),
    message: z.string(),
    /** The head that ended it, where nobody took it back but new code. */
    after: z.string().optional(),
  }),
);
export const threadResolved = eventType("pull-request.thread-resolved", comment);
export const threadUnresolved = eventType("pull-request.thread-unresolved", comment);
