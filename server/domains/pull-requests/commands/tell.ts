/** What a change of a pull request leaves behind: an event for each difference, and the counts it moves. */
import type { TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import type { Label } from "../../labels/index.ts";
import { milestonesById, moveMilestoneCounts } from "../../planning/index.ts";
import { countOpenPullRequests } from "../../repositories/index.ts";
import { noteEdit } from "../../texts/index.ts";
import { dropAutoMerge } from "../auto-merge/drop.ts";
import * as facts from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { about, described } from "./record.ts";

/** Tells every difference between two states of a row. */
export async function tellDifferences(
  tx: TransactionContext,
  before: PullRequest,
  after: PullRequest,
  more: {
    readonly lockReason?: string | null;
    readonly byId?: string | null;
    /** The new target followed from the deletion of the former one. */
    readonly automatic?: boolean;
  } = {},
): Promise<void> {
  const subject = { ...about(after), ...(more.byId === undefined ? {} : { byId: more.byId }) };
  const fact = described(after);
  if (after.body !== before.body)
    await noteEdit(tx, { id: after.repoId }, { id: after.id, kind: "pull_request" }, before.body ?? "");
  if (after.title !== before.title || after.body !== before.body)
    await emit(tx, facts.pullEdited, subject, {
      ...fact,
      from: after.title === before.title ? null : before.title,
    });
  if (after.targetBranch !== before.targetBranch)
    await emit(tx, facts.pullRetargeted, subject, {
      ...fact,
      from: before.targetBranch,
      to: after.targetBranch,
      automatic: more.automatic ?? false,
    });
  if (after.targetBranch !== before.targetBranch)
    await dropAutoMerge(tx, after, "the base branch was changed");
  else if (after.state !== "open") await dropAutoMerge(tx, after, "it was closed");
  if (after.isDraft !== before.isDraft)
    await emit(tx, after.isDraft ? facts.pullDrafted : facts.pullReadied, subject, fact);
  if (after.state !== before.state) {
    await emit(tx, after.state === "open" ? facts.pullReopened : facts.pullClosed, subject, fact);
    // Locks are taken in the order pull request, repository, milestone, as everywhere.
    await countOpenPullRequests(tx, after.repoId, after.state === "open" ? 1 : -1);
  }
  if ((after.lockedAt === null) !== (before.lockedAt === null))
    await (after.lockedAt
      ? emit(tx, facts.pullLocked, subject, { ...fact, reason: more.lockReason ?? null })
      : emit(tx, facts.pullUnlocked, subject, fact));
  await tellAssignee(tx, before, after);
  await tellMilestone(tx, before, after);
}

export async function tellLabels(
  tx: TransactionContext,
  pull: PullRequest,
  added: readonly Label[],
  removed: readonly Label[],
): Promise<void> {
  for (const { name: label, color } of removed)
    await emit(tx, facts.pullUnlabeled, about(pull), { ...described(pull), label, color });
  for (const { name: label, color } of added)
    await emit(tx, facts.pullLabeled, about(pull), { ...described(pull), label, color });
}

async function tellAssignee(tx: TransactionContext, before: PullRequest, after: PullRequest): Promise<void> {
  if (after.assigneeId === before.assigneeId) return;
  const tell = (type: typeof facts.pullAssigned, id: string | null) =>
    id === null
      ? Promise.resolve("")
      : emit(tx, type, about(after), { ...described(after), assignee_id: id });
  await tell(facts.pullUnassigned, before.assigneeId);
  await tell(facts.pullAssigned, after.assigneeId);
}

async function tellMilestone(tx: TransactionContext, before: PullRequest, after: PullRequest): Promise<void> {
  if (after.milestoneId === before.milestoneId && after.state === before.state) return;
  const weight = (pull: PullRequest, sign: 1 | -1) => ({
    open: pull.state === "open" ? sign : 0,
    closed: pull.state === "open" ? 0 : sign,
  });
  if (before.milestoneId) await moveMilestoneCounts(tx, before.milestoneId, weight(before, -1));
  if (after.milestoneId) await moveMilestoneCounts(tx, after.milestoneId, weight(after, 1));
  if (after.milestoneId === before.milestoneId) return;
  const titles = await milestonesById(tx, [before.milestoneId, after.milestoneId]);
  const title = (id: string | null) => (id === null ? null : (titles.get(id)?.title ?? null));
  await emit(tx, facts.pullMilestoned, about(after), {
    ...described(after),
    from: title(before.milestoneId),
    to: title(after.milestoneId),
  });
}
