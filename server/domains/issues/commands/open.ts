import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import type { Label } from "../../labels/index.ts";
import { milestonesById, moveMilestoneCounts } from "../../planning/index.ts";
import { allocateNumber, countOpenIssues, type RepoWith } from "../../repositories/index.ts";
import { issueOpened } from "../events.ts";
import { mayOpen, mayTriage } from "../policy.ts";
import type { Issue } from "../queries.ts";
import { issueLabels, issues } from "../schema.ts";
import { pickStage, stageColumns, stagesOf } from "../stages.ts";
import { about, described, record } from "./record.ts";

export interface NewIssue {
  readonly title: string;
  readonly body: string | null;
  readonly assigneeId: string | null;
  readonly milestoneId: string | null;
  readonly labels: readonly Label[];
}

/**
 * Opens an issue. What only writers may decide (labels, assignee, milestone) is left out for others, as at GitHub: the text of a
 * reader is not lost because a client sent more.
 */
export function openIssue(ctx: Context, repo: RepoWith<"read">, input: NewIssue): Promise<Issue> {
  enforce(mayOpen(ctx.actor, repo));
  const author = requireUser(ctx.actor).user;
  const triaged = mayTriage(ctx.actor, repo) === true;
  const chosen = triaged ? input : { ...input, assigneeId: null, milestoneId: null, labels: [] };
  return transact(ctx, async (tx) => {
    // The number comes first: its row lock makes the creations of one repository stand in line.
    const number = await allocateNumber(tx, repo);
    const stage = pickStage(await stagesOf(tx, repo.id), "open");
    const now = tx.clock.now();
    const [issue] = await tx.db
      .insert(issues)
      .values({
        ...stageColumns(stage),
        repoId: repo.id,
        number,
        title: chosen.title,
        body: chosen.body,
        authorId: author.id,
        assigneeId: chosen.assigneeId,
        milestoneId: chosen.milestoneId,
        createdAt: now,
        updatedAt: now,
      })
      .returning();
    if (!issue) throw new Error("the insert answered no row");
    await countOpenIssues(tx, repo.id, 1);
    await describeFirst(tx, issue, chosen.labels);
    await emit(tx, issueOpened, about(issue), described(issue));
    return issue;
  });
}

/** The history of an issue that starts with properties: people see who gave them, readers of events see one opening. */
async function describeFirst(tx: TransactionContext, issue: Issue, labels: readonly Label[]): Promise<void> {
  if (labels.length > 0)
    await tx.db.insert(issueLabels).values(labels.map((label) => ({ issueId: issue.id, labelId: label.id })));
  for (const label of labels)
    await record(tx, issue, "labeled", { newValue: label.name, metadata: { color: label.color } });
  if (issue.assigneeId)
    await record(tx, issue, "assigned", { field: "assignee", newValue: issue.assigneeId });
  if (issue.milestoneId === null) return;
  await moveMilestoneCounts(tx, issue.milestoneId, { open: 1, closed: 0 });
  const milestone = (await milestonesById(tx, [issue.milestoneId])).get(issue.milestoneId);
  await record(tx, issue, "milestoned", { field: "milestone", newValue: milestone?.title ?? "" });
}
