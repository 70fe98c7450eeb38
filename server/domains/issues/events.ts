import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const issue = { issue_id: z.string(), number: z.int(), title: z.string() };
const fact = z.object(issue);
const comment = z.object({ ...issue, comment_id: z.string() });

export const issueOpened = eventType("issue.opened", fact);
export const issueEdited = eventType("issue.edited", fact);
export const issueClosed = eventType("issue.closed", z.object({ ...issue, reason: z.string() }));
export const issueReopened = eventType("issue.reopened", fact);
export const issueLabeled = eventType("issue.labeled", z.object({ ...issue, label: z.string() }));
export const issueUnlabeled = eventType("issue.unlabeled", z.object({ ...issue, label: z.string() }));
export const issueAssigned = eventType("issue.assigned", z.object({ ...issue, assignee_id: z.string() }));
export const issueUnassigned = eventType("issue.unassigned", z.object({ ...issue, assignee_id: z.string() }));
export const issueMilestoned = eventType("issue.milestoned", z.object({ ...issue, milestone: z.string() }));
export const issueDemilestoned = eventType(
  "issue.demilestoned",
  z.object({ ...issue, milestone: z.string() }),
);
export const issueLocked = eventType("issue.locked", fact);
export const issueUnlocked = eventType("issue.unlocked", fact);
export const issueCommented = eventType("issue.commented", comment);
export const issueCommentEdited = eventType("issue.comment-edited", comment);
export const issueCommentDeleted = eventType("issue.comment-deleted", comment);
export const issueCommentRestored = eventType("issue.comment-restored", comment);
