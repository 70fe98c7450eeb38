export { asParticipant, withPullRequest } from "./access.ts";
export { changePullRequest, type PullRequestChanges } from "./commands/change.ts";
export { mergePullRequest, type MergeRequest } from "./commands/merge.ts";
export { openPullRequest, type NewPullRequest } from "./commands/open.ts";
export { addComment } from "./comments/commands.ts";
export {
  pullAssigned,
  pullClosed,
  pullCommentDeleted,
  pullCommentEdited,
  pullCommented,
  pullDrafted,
  pullEdited,
  pullLabeled,
  pullLocked,
  pullMerged,
  pullMilestoned,
  pullOpened,
  pullReadied,
  pullReopened,
  pullRetargeted,
  pullReviewed,
  pullSynchronized,
  pullUnassigned,
  pullUnlabeled,
  pullUnlocked,
  reviewDismissed,
  reviewRequestRemoved,
  reviewRequested,
  threadResolved,
  threadUnresolved,
} from "./events.ts";
export { catchUp } from "./heads.ts";
export { pullIssueView, pullIssueViews, type PullInRepository } from "./issue-views.ts";
export {
  findPullRequest,
  type PullRequest,
  type PullRequestFilter,
  type PullRequestOrder,
} from "./queries.ts";
export { judge, type Mergeability, type MergeMethod, type Requirement } from "./requirements.ts";
export { createReview, type NewReview } from "./reviews/commands.ts";
export { countFoundPullRequests, searchPullRequests, type PullRequestSearch } from "./search.ts";
export { pullShape, simplePullShape, type PullView, type SimplePullView } from "./shapes.ts";
export { pullView, simplePullViews } from "./views.ts";
