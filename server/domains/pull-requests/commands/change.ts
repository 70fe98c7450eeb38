/** Every change of a pull request but its merge: one locked row, one transaction, one event a difference. */
import { and, eq, inArray } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { invalid, notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce } from "../../../kernel/grants.ts";
import { mayEdit, mayTriage } from "../../issues/index.ts";
import type { Label } from "../../labels/index.ts";
import { milestonesById, moveMilestoneCounts } from "../../planning/index.ts";
import { countOpenPullRequests, gitOf, type RepoWith } from "../../repositories/index.ts";
import * as facts from "../events.ts";
import { branchTip } from "../heads.ts";
import { labelsOf, type PullRequest } from "../queries.ts";
import { prLabels, pullRequests } from "../schema.ts";
import { about, described } from "./record.ts";

export interface PullRequestChanges {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: "open" | "closed";
  readonly isDraft?: boolean;
  readonly targetBranch?: string;
  readonly maintainerCanModify?: boolean;
  readonly assigneeId?: string | null;
  readonly milestoneId?: string | null;
  readonly labels?: readonly Label[];
  readonly locked?: boolean;
}

/** @throws Refusal 403 with the rule that forbids it, 422 for what a merged pull request cannot be any more */
export async function changePullRequest(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  changes: PullRequestChanges,
): Promise<PullRequest> {
  const { assigneeId, milestoneId, labels, locked, ...authored } = changes;
  if (Object.values(authored).some((value) => value !== undefined)) enforce(mayEdit(ctx.actor, repo, pull));
  if ([assigneeId, milestoneId, labels, locked].some((value) => value !== undefined))
    enforce(mayTriage(ctx.actor, repo));
  const base = await newBase(ctx, repo, pull, changes);
  return transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(pullRequests)
      .where(eq(pullRequests.id, pull.id))
      .for("update");
    if (!before) throw notFound();
    const state = changes.state ?? before.state;
    if (before.state === "merged" && changes.state !== undefined)
      throw unprocessable("A merged pull request can be neither closed nor reopened");
    const now = tx.clock.now();
    const closes = state !== before.state && state === "closed";
    const reopens = state !== before.state && state === "open";
    const [after] = await tx.db
      .update(pullRequests)
      .set({
        title: changes.title ?? before.title,
        body: changes.body === undefined ? before.body : changes.body,
        isDraft: changes.isDraft ?? before.isDraft,
        maintainerCanModify: changes.maintainerCanModify ?? before.maintainerCanModify,
        assigneeId: changes.assigneeId === undefined ? before.assigneeId : changes.assigneeId,
        milestoneId: changes.milestoneId === undefined ? before.milestoneId : changes.milestoneId,
        lockedAt:
          changes.locked === undefined ? before.lockedAt : changes.locked ? (before.lockedAt ?? now) : null,
        state,
        ...(closes ? { closedAt: now, closedById: actorId(tx.actor) } : {}),
        ...(reopens ? { closedAt: null, closedById: null } : {}),
        ...(base ? { targetBranch: base.branch, baseSha: base.sha, isMergeable: null } : {}),
        updatedAt: now,
      })
      .where(eq(pullRequests.id, before.id))
      .returning();
    if (!after) throw notFound();
    await tell(tx, before, after);
    await tellMilestone(tx, before, after);
    if (closes || reopens) await countOpenPullRequests(tx, repo.id, reopens ? 1 : -1);
    if (changes.labels) await setLabels(tx, after, changes.labels);
    return after;
  });
}

async function newBase(ctx: Context, repo: RepoWith<"read">, pull: PullRequest, changes: PullRequestChanges) {
  const branch = changes.targetBranch;
  if (branch === undefined || branch === pull.targetBranch) return null;
  if (pull.state !== "open") throw unprocessable("Only an open pull request can change its base");
  const sha = await branchTip(gitOf(ctx, repo), branch);
  if (sha === null) throw invalid("PullRequest", "base", `There is no branch ${branch}`);
  return { branch, sha };
}

async function tell(tx: TransactionContext, before: PullRequest, after: PullRequest): Promise<void> {
  const subject = about(after);
  const fact = described(after);
  if (after.title !== before.title || after.body !== before.body)
    await emit(tx, facts.pullEdited, subject, fact);
  if (after.targetBranch !== before.targetBranch)
    await emit(tx, facts.pullRetargeted, subject, {
      ...fact,
      from: before.targetBranch,
      to: after.targetBranch,
    });
  if (after.isDraft !== before.isDraft)
    await emit(tx, after.isDraft ? facts.pullDrafted : facts.pullReadied, subject, fact);
  if (after.state !== before.state)
    await emit(tx, after.state === "open" ? facts.pullReopened : facts.pullClosed, subject, fact);
  if ((after.lockedAt === null) !== (before.lockedAt === null))
    await emit(tx, after.lockedAt ? facts.pullLocked : facts.pullUnlocked, subject, fact);
  if (after.assigneeId === before.assigneeId) return;
  if (before.assigneeId !== null)
    await emit(tx, facts.pullUnassigned, subject, { ...fact, assignee_id: before.assigneeId });
  if (after.assigneeId !== null)
    await emit(tx, facts.pullAssigned, subject, { ...fact, assignee_id: after.assigneeId });
}

async function tellMilestone(tx: TransactionContext, before: PullRequest, after: PullRequest): Promise<void> {
  const count = (pull: PullRequest, sign: 1 | -1) => ({
    open: pull.state === "open" ? sign : 0,
    closed: pull.state === "open" ? 0 : sign,
  });
  if (after.milestoneId === before.milestoneId && after.state === before.state) return;
  if (before.milestoneId) await moveMilestoneCounts(tx, before.milestoneId, count(before, -1));
  if (after.milestoneId) await moveMilestoneCounts(tx, after.milestoneId, count(after, 1));
  if (after.milestoneId === before.milestoneId) return;
  const titles = await milestonesById(tx, [before.milestoneId, after.milestoneId]);
  const title = (id: string | null) => (id === null ? null : (titles.get(id)?.title ?? null));
  await emit(tx, facts.pullMilestoned, about(after), {
    ...described(after),
    from: title(before.milestoneId),
    to: title(after.milestoneId),
  });
}

async function setLabels(tx: TransactionContext, pull: PullRequest, wanted: readonly Label[]): Promise<void> {
  const held = (await labelsOf(tx, [pull.id])).get(pull.id) ?? [];
  const added = wanted.filter((label) => !held.some((one) => one.id === label.id));
  const removed = held.filter((label) => !wanted.some((one) => one.id === label.id));
  if (removed.length > 0) {
    const ids = removed.map((label) => label.id);
    await tx.db.delete(prLabels).where(and(eq(prLabels.prId, pull.id), inArray(prLabels.labelId, ids)));
  }
  if (added.length > 0)
    await tx.db
      .insert(prLabels)
      .values(added.map((label) => ({ prId: pull.id, labelId: label.id })))
      .onConflictDoNothing();
  for (const { name: label, color } of removed)
    await emit(tx, facts.pullUnlabeled, about(pull), { ...described(pull), label, color });
  for (const { name: label, color } of added)
    await emit(tx, facts.pullLabeled, about(pull), { ...described(pull), label, color });
}
