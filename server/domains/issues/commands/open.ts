import { requireUser } from "../../../kernel/grants.ts";
import { enforce } from "../../../kernel/grants.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import type { Label } from "../../labels/index.ts";
import { moveMilestoneCounts } from "../../planning/index.ts";
import { allocateNumber, countOpenIssues, type RepoWith } from "../../repositories/index.ts";
import { issueOpened } from "../events.ts";
import { mayOpen, mayTriage } from "../policy.ts";
import type { Issue } from "../queries.ts";
import { issueLabels, issues } from "../schema.ts";
import { pickStage, stageColumns, stagesOf } from "../stages.ts";
import { described, record } from "./record.ts";

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
    if (issue.milestoneId) await moveMilestoneCounts(tx, issue.milestoneId, { open: 1, closed: 0 });
    if (chosen.labels.length > 0)
      await tx.db
        .insert(issueLabels)
        .values(chosen.labels.map((label) => ({ issueId: issue.id, labelId: label.id })));
    for (const label of chosen.labels)
      await record(tx, issue, "labeled", { newValue: label.name, metadata: { color: label.color } });
    if (issue.assigneeId) await record(tx, issue, "assigned", { newValue: issue.assigneeId });
    await emit(tx, issueOpened, { repoId: repo.id, subjectId: issue.id }, described(issue));
    return issue;
  });
}
