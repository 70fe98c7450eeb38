/** Every change of an issue: one locked row, one transaction, one line of history and one event a difference. */
import { and, eq, inArray } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { enforce } from "../../../kernel/grants.ts";
import type { Label } from "../../labels/index.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { mayEdit, mayTriage } from "../policy.ts";
import { labelsOf, type Issue } from "../queries.ts";
import { issueLabels, issues } from "../schema.ts";
import { pickStage, stageColumns, stagesOf, type Target } from "../stages.ts";
import { tellDifferences, tellLabels } from "./tell.ts";

/** What shall be; what is not mentioned stays. */
export interface IssueChanges {
  readonly title?: string;
  readonly body?: string | null;
  /** Where to: opened, or closed as done or as given up. */
  readonly target?: Target;
  readonly assigneeId?: string | null;
  readonly milestoneId?: string | null;
  /** The whole set it shall carry. */
  readonly labels?: readonly Label[];
}

/** Changes that depend on what is there: asked for once the row is locked, so that two of them at once lose nothing. */
export type Decide = (now: Issue, labels: readonly Label[]) => IssueChanges;

/**
 * Changes an issue; asked for what is already so, it leaves no trace.
 *
 * @param why goes into the history with a closing, e.g. the commit that asked for it
 * @throws Refusal 403 with the rule that forbids it
 */
export function changeIssue(
  ctx: Context,
  repo: RepoWith<"read">,
  issue: Issue,
  wanted: IssueChanges | Decide,
  why: Readonly<Record<string, unknown>> = {},
): Promise<Issue> {
  return transact(ctx, async (tx) => {
    const [before] = await tx.db.select().from(issues).where(eq(issues.id, issue.id)).for("no key update");
    if (!before) throw notFound();
    const held = (await labelsOf(tx, [before.id])).get(before.id) ?? [];
    const changes = typeof wanted === "function" ? wanted(before, held) : wanted;
    if (changes.title !== undefined || changes.body !== undefined || changes.target !== undefined)
      enforce(mayEdit(tx.actor, repo, before));
    if (changes.assigneeId !== undefined || changes.milestoneId !== undefined || changes.labels !== undefined)
      enforce(mayTriage(tx.actor, repo));

    const columns = { ...(await stateColumns(tx, before, changes.target)), ...plainColumns(before, changes) };
    const { added, removed } = compare(held, changes.labels ?? held);
    if (Object.keys(columns).length === 0 && added.length === 0 && removed.length === 0) return before;

    const [after] = await tx.db
      .update(issues)
      .set({ ...columns, updatedAt: tx.clock.now() })
      .where(eq(issues.id, before.id))
      .returning();
    if (!after) throw notFound();
    await tellDifferences(tx, before, after, why);
    await setLabels(tx, after, added, removed);
    return after;
  });
}

/** The mentioned columns that differ. */
function plainColumns(before: Issue, { title, body, assigneeId, milestoneId }: IssueChanges) {
  return {
    ...(title !== undefined && title !== before.title ? { title } : {}),
    ...(body !== undefined && body !== before.body ? { body } : {}),
    ...(assigneeId !== undefined && assigneeId !== before.assigneeId ? { assigneeId } : {}),
    ...(milestoneId !== undefined && milestoneId !== before.milestoneId ? { milestoneId } : {}),
  };
}

async function stateColumns(tx: TransactionContext, before: Issue, target: Target | undefined) {
  if (target === undefined || !leavesState(before, target)) return {};
  const stage = pickStage(await stagesOf(tx, before.repoId), target);
  if (stage.id === before.stageId) return {};
  return {
    ...stageColumns(stage),
    closedAt: stage.isClosedState ? (before.closedAt ?? tx.clock.now()) : null,
    closedById: stage.isClosedState ? actorId(tx.actor) : null,
  };
}

/** Closing what is closed for the same reason, or opening what is open, is no change. */
function leavesState(issue: Issue, target: Target): boolean {
  if (target === "open") return issue.state === "closed";
  return issue.state === "open" || (issue.status === "canceled") !== (target === "not_planned");
}

function compare(held: readonly Label[], wanted: readonly Label[]) {
  const lacks = (list: readonly Label[]) => (label: Label) => !list.some((one) => one.id === label.id);
  return { added: wanted.filter(lacks(held)), removed: held.filter(lacks(wanted)) };
}

async function setLabels(
  tx: TransactionContext,
  issue: Issue,
  added: readonly Label[],
  removed: readonly Label[],
): Promise<void> {
  const ids = removed.map((label) => label.id);
  if (ids.length > 0)
    await tx.db
      .delete(issueLabels)
      .where(and(eq(issueLabels.issueId, issue.id), inArray(issueLabels.labelId, ids)));
  if (added.length > 0)
    await tx.db.insert(issueLabels).values(added.map((label) => ({ issueId: issue.id, labelId: label.id })));
  await tellLabels(tx, issue, added, removed);
}
