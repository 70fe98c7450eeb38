import { actorId } from "../../../kernel/actor.ts";
import type { TransactionContext } from "../../../kernel/context.ts";
import type { Issue } from "../queries.ts";
import { issueActivities } from "../schema.ts";

/** What `issue_activities.action` may say; GitHub's timeline events have the same names. */
export type Action =
  | "closed"
  | "reopened"
  | "renamed"
  | "edited"
  | "labeled"
  | "unlabeled"
  | "assigned"
  | "unassigned"
  | "milestoned"
  | "demilestoned"
  | "locked"
  | "unlocked"
  | "cross-referenced"
  | "referenced"
  | "comment_deleted";

export interface Change {
  readonly field?: string;
  readonly oldValue?: string | null;
  readonly newValue?: string | null;
  readonly metadata?: Record<string, unknown>;
}

/** Adds a line to the issue's history. */
export async function record(
  tx: TransactionContext,
  issue: Pick<Issue, "id">,
  action: Action,
  change: Change = {},
): Promise<void> {
  await tx.db
    .insert(issueActivities)
    .values({ issueId: issue.id, actorId: actorId(tx.actor), action, ...change, createdAt: tx.clock.now() });
}

/** What every event about an issue says of it. */
export const described = (issue: Pick<Issue, "id" | "number" | "title">) => ({
  issue_id: issue.id,
  number: issue.number,
  title: issue.title,
});

/** Where an event about an issue belongs. */
export const about = (issue: Pick<Issue, "id" | "repoId">) => ({ repoId: issue.repoId, subjectId: issue.id });
