/** What a change of an issue leaves behind: a line of history and an event for each difference, and the counts it moves. */
import type { TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import type { Label } from "../../labels/index.ts";
import { milestonesById, moveMilestoneCounts } from "../../planning/index.ts";
import { countOpenIssues } from "../../repositories/index.ts";
import { noteEdit } from "../../texts/index.ts";
import * as facts from "../events.ts";
import type { Issue } from "../queries.ts";
import { about, described, record } from "./record.ts";

/** Tells every difference between two states of an issue's row. `why` goes with the closing, e.g. the commit that asked for it. */
export async function tellDifferences(
  tx: TransactionContext,
  before: Issue,
  after: Issue,
  why: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tellText(tx, before, after);
  await tellState(tx, before, after, why);
  await tellAssignee(tx, before, after);
  await tellMilestone(tx, before, after);
}

export async function tellLabels(
  tx: TransactionContext,
  issue: Issue,
  added: readonly Label[],
  removed: readonly Label[],
): Promise<void> {
  for (const label of removed) {
    await record(tx, issue, "unlabeled", { oldValue: label.name, metadata: { color: label.color } });
    await emit(tx, facts.issueUnlabeled, about(issue), { ...described(issue), label: label.name });
  }
  for (const label of added) {
    await record(tx, issue, "labeled", { newValue: label.name, metadata: { color: label.color } });
    await emit(tx, facts.issueLabeled, about(issue), { ...described(issue), label: label.name });
  }
}

async function tellText(tx: TransactionContext, before: Issue, after: Issue): Promise<void> {
  if (after.title !== before.title)
    await record(tx, after, "renamed", { field: "title", oldValue: before.title, newValue: after.title });
  if (after.body !== before.body) {
    // What it said is kept where it can be erased.
    await record(tx, after, "edited", { field: "body" });
    await noteEdit(tx, { id: after.repoId }, { id: after.id, kind: "issue" }, before.body ?? "");
  }
  if (after.title !== before.title || after.body !== before.body)
    await emit(tx, facts.issueEdited, about(after), described(after));
}

async function tellState(
  tx: TransactionContext,
  before: Issue,
  after: Issue,
  why: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (after.stageId === before.stageId) return;
  const change = { field: "status", oldValue: before.status, newValue: after.status };
  if (after.state === "closed") {
    const reason = after.status === "canceled" ? "not_planned" : "completed";
    await record(tx, after, "closed", { ...change, metadata: { reason, ...why } });
    await emit(tx, facts.issueClosed, about(after), { ...described(after), reason });
  } else {
    await record(tx, after, "reopened", change);
    await emit(tx, facts.issueReopened, about(after), described(after));
  }
  const opened = Number(after.state === "open") - Number(before.state === "open");
  if (opened !== 0) await countOpenIssues(tx, after.repoId, opened);
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
  if (after.milestoneId === before.milestoneId) {
    if (after.milestoneId === null || after.state === before.state) return;
    const opened = after.state === "open" ? 1 : -1;
    await moveMilestoneCounts(tx, after.milestoneId, { open: opened, closed: -opened });
    return;
  }
  const milestones = await milestonesById(tx, [before.milestoneId, after.milestoneId]);
  if (before.milestoneId !== null) {
    await moveMilestoneCounts(tx, before.milestoneId, weight(before, -1));
    const milestone = milestones.get(before.milestoneId)?.title ?? "";
    await record(tx, after, "demilestoned", { field: "milestone", oldValue: milestone });
    await emit(tx, facts.issueDemilestoned, about(after), { ...described(after), milestone });
  }
  if (after.milestoneId !== null) {
    await moveMilestoneCounts(tx, after.milestoneId, weight(after, 1));
    const milestone = milestones.get(after.milestoneId)?.title ?? "";
    await record(tx, after, "milestoned", { field: "milestone", newValue: milestone });
    await emit(tx, facts.issueMilestoned, about(after), { ...described(after), milestone });
  }
}

/** What an issue adds to the counts of its milestone. */
const weight = (issue: Issue, sign: 1 | -1) => ({
  open: issue.state === "open" ? sign : 0,
  closed: issue.state === "closed" ? sign : 0,
});
