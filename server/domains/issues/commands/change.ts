/** Every change of an issue: one locked row, one transaction, one line of history and one event a difference. */
import { and, eq, inArray } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce } from "../../../kernel/grants.ts";
import type { Label } from "../../labels/index.ts";
import { milestonesById, moveMilestoneCounts } from "../../planning/index.ts";
import { countOpenIssues, type RepoWith } from "../../repositories/index.ts";
import * as facts from "../events.ts";
import { mayEdit, mayTriage } from "../policy.ts";
import { labelsOf, type Issue } from "../queries.ts";
import { issueLabels, issues } from "../schema.ts";
import { pickStage, stageColumns, stagesOf, type Target } from "../stages.ts";
import { described, record } from "./record.ts";

export interface IssueChanges {
  readonly title?: string;
  readonly body?: string | null;
  /** Where to: opened, or closed as done or as given up. */
  readonly target?: Target;
  readonly assigneeId?: string | null;
  readonly milestoneId?: string | null;
  /** The whole set it shall carry. */
  readonly labels?: readonly Label[];
  /** Why it was closed, e.g. the commit that says so. */
  readonly closedBy?: Record<string, unknown>;
}

/** @throws Refusal 403 with the rule that forbids it */
export function changeIssue(
  ctx: Context,
  repo: RepoWith<"read">,
  issue: Issue,
  changes: IssueChanges,
): Promise<Issue> {
  if (changes.title !== undefined || changes.body !== undefined || changes.target !== undefined)
    enforce(mayEdit(ctx.actor, repo, issue));
  if (changes.assigneeId !== undefined || changes.milestoneId !== undefined || changes.labels !== undefined)
    enforce(mayTriage(ctx.actor, repo));
  return transact(ctx, async (tx) => {
    const [before] = await tx.db.select().from(issues).where(eq(issues.id, issue.id)).for("update");
    if (!before) throw notFound();
    const stage =
      changes.target === undefined || !leavesState(before, changes.target)
        ? undefined
        : pickStage(await stagesOf(tx, before.repoId), changes.target);
    const now = tx.clock.now();
    const [after] = await tx.db
      .update(issues)
      .set({
        title: changes.title ?? before.title,
        body: changes.body === undefined ? before.body : changes.body,
        assigneeId: changes.assigneeId === undefined ? before.assigneeId : changes.assigneeId,
        milestoneId: changes.milestoneId === undefined ? before.milestoneId : changes.milestoneId,
        ...(stage ? stageColumns(stage) : {}),
        ...(stage
          ? {
              closedAt: stage.isClosedState ? now : null,
              closedById: stage.isClosedState ? actorId(tx.actor) : null,
            }
          : {}),
        updatedAt: now,
      })
      .where(eq(issues.id, before.id))
      .returning();
    if (!after) throw notFound();
    await tellText(tx, before, after);
    await tellState(tx, before, after, changes);
    await tellAssignee(tx, before, after);
    await tellMilestone(tx, before, after);
    if (changes.labels) await setLabels(tx, after, changes.labels);
    return after;
  });
}

/** Closing what is closed for the same reason, or opening what is open, is no change. */
function leavesState(issue: Issue, target: Target): boolean {
  if (target === "open") return issue.state === "closed";
  return issue.state === "open" || (issue.status === "canceled") !== (target === "not_planned");
}

const about = (issue: Issue) => ({ repoId: issue.repoId, subjectId: issue.id });

async function tellText(tx: TransactionContext, before: Issue, after: Issue): Promise<void> {
  if (after.title !== before.title)
    await record(tx, after, "renamed", { field: "title", oldValue: before.title, newValue: after.title });
  if (after.body !== before.body)
    await record(tx, after, "edited", { field: "body", oldValue: before.body, newValue: after.body });
  if (after.title !== before.title || after.body !== before.body)
    await emit(tx, facts.issueEdited, about(after), described(after));
}

async function tellState(
  tx: TransactionContext,
  before: Issue,
  after: Issue,
  changes: IssueChanges,
): Promise<void> {
  const opened = Number(after.state === "open") - Number(before.state === "open");
  if (after.stageId === before.stageId) return;
  const reason = after.status === "canceled" ? "not_planned" : "completed";
  if (after.state === "closed") {
    await record(tx, after, "closed", {
      field: "state",
      oldValue: before.status,
      newValue: after.status,
      metadata: { reason, ...changes.closedBy },
    });
    await emit(tx, facts.issueClosed, about(after), { ...described(after), reason });
  } else {
    await record(tx, after, "reopened", { field: "state", oldValue: before.status, newValue: after.status });
    await emit(tx, facts.issueReopened, about(after), described(after));
  }
  await countOpenIssues(tx, after.repoId, opened);
}

async function tellAssignee(tx: TransactionContext, before: Issue, after: Issue): Promise<void> {
  if (after.assigneeId === before.assigneeId) return;
  if (before.assigneeId !== null) {
    await record(tx, after, "unassigned", { field: "assignee", oldValue: before.assigneeId });
    await emit(tx, facts.issueUnassigned, about(after), {
      ...described(after),
      assignee_id: before.assigneeId,
    });
  }
  if (after.assigneeId !== null) {
    await record(tx, after, "assigned", { field: "assignee", newValue: after.assigneeId });
    await emit(tx, facts.issueAssigned, about(after), { ...described(after), assignee_id: after.assigneeId });
  }
}

async function tellMilestone(tx: TransactionContext, before: Issue, after: Issue): Promise<void> {
  const count = (issue: Issue, sign: 1 | -1) => ({
    open: issue.state === "open" ? sign : 0,
    closed: issue.state === "closed" ? sign : 0,
  });
  if (after.milestoneId === before.milestoneId) {
    if (after.milestoneId === null || after.state === before.state) return;
    const opened = after.state === "open" ? 1 : -1;
    await moveMilestoneCounts(tx, after.milestoneId, { open: opened, closed: -opened });
    return;
  }
  const titles = await milestonesById(tx, [before.milestoneId, after.milestoneId]);
  if (before.milestoneId !== null) {
    await moveMilestoneCounts(tx, before.milestoneId, count(before, -1));
    const milestone = titles.get(before.milestoneId)?.title ?? "";
    await record(tx, after, "demilestoned", { field: "milestone", oldValue: milestone });
    await emit(tx, facts.issueDemilestoned, about(after), { ...described(after), milestone });
  }
  if (after.milestoneId !== null) {
    await moveMilestoneCounts(tx, after.milestoneId, count(after, 1));
    const milestone = titles.get(after.milestoneId)?.title ?? "";
    await record(tx, after, "milestoned", { field: "milestone", newValue: milestone });
    await emit(tx, facts.issueMilestoned, about(after), { ...described(after), milestone });
  }
}

async function setLabels(tx: TransactionContext, issue: Issue, wanted: readonly Label[]): Promise<void> {
  const held = (await labelsOf(tx, [issue.id])).get(issue.id) ?? [];
  const added = wanted.filter((label) => !held.some((one) => one.id === label.id));
  const removed = held.filter((label) => !wanted.some((one) => one.id === label.id));
  if (removed.length > 0) {
    const ids = removed.map((label) => label.id);
    await tx.db
      .delete(issueLabels)
      .where(and(eq(issueLabels.issueId, issue.id), inArray(issueLabels.labelId, ids)));
  }
  if (added.length > 0)
    await tx.db
      .insert(issueLabels)
      .values(added.map((label) => ({ issueId: issue.id, labelId: label.id })))
      .onConflictDoNothing();
  for (const label of removed) {
    await record(tx, issue, "unlabeled", { oldValue: label.name, metadata: { color: label.color } });
    await emit(tx, facts.issueUnlabeled, about(issue), { ...described(issue), label: label.name });
  }
  for (const label of added) {
    await record(tx, issue, "labeled", { newValue: label.name, metadata: { color: label.color } });
    await emit(tx, facts.issueLabeled, about(issue), { ...described(issue), label: label.name });
  }
}
