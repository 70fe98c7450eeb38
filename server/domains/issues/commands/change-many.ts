/** Many issues at once: all or none, each with its own history and events. */
import { and, asc, eq, inArray } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { usersById } from "../../accounts/index.ts";
import { countOpenIssues, type RepoWith } from "../../repositories/index.ts";
import { backTo, each, labelsAfter, lockMilestones, type ManyAnswer, type Wanted } from "../many.ts";
import { labelsOf, type Issue } from "../queries.ts";
import { issues } from "../schema.ts";
import { changeIssue } from "./change.ts";

/** @throws Refusal 403 that names the first issue which the actor may not change so, 404 for a number that is no issue */
export function changeManyIssues(
  ctx: Context,
  repo: RepoWith<"read">,
  wanted: readonly Wanted[],
): Promise<ManyAnswer> {
  return transact(ctx, async (tx) => {
    const numbers = [...new Set(wanted.flatMap((one) => one.numbers))];
    const rows = await tx.db
      .select()
      .from(issues)
      .where(and(eq(issues.repoId, repo.id), inArray(issues.number, numbers)))
      .orderBy(asc(issues.id))
      .for("no key update");
    if (rows.length < numbers.length) throw notFound();
    await countOpenIssues(tx, repo.id, 0);
    const milestones = await lockMilestones(
      tx,
      [...rows, ...wanted].map((one) => one.milestoneId),
    );
    const before = new Map(rows.map((row) => [row.number, row]));
    const ids = rows.map((row) => row.id);
    const heldBefore = await labelsOf(tx, ids);
    const after = new Map<number, Issue>(before);
    for (const change of wanted)
      for (const number of change.numbers) {
        const issue = before.get(number);
        if (!issue) throw notFound();
        const changed = await each(number, () =>
          changeIssue(tx, repo, issue, (_now, held) => ({
            ...(change.state === undefined ? {} : { target: change.state === "open" ? "open" : "completed" }),
            ...(change.assigneeId === undefined ? {} : { assigneeId: change.assigneeId }),
            ...(change.milestoneId === undefined ? {} : { milestoneId: change.milestoneId }),
            ...(change.adds.length + change.removes.length === 0
              ? {}
              : { labels: labelsAfter(held, change) }),
          })),
        );
        after.set(number, changed);
      }
    const heldAfter = await labelsOf(tx, ids);
    const people = await usersById(
      tx,
      rows.map((row) => row.assigneeId),
    );
    const undo = rows.flatMap((row) => {
      const now = after.get(row.number) ?? row;
      const back = backTo(
        { ...row, labels: heldBefore.get(row.id) ?? [] },
        { ...now, labels: heldAfter.get(row.id) ?? [] },
        { login: (id) => people.get(id)?.login ?? null, milestone: (id) => milestones.get(id) ?? null },
      );
      return back ? [back] : [];
    });
    return { changed: undo.flatMap((one) => one.numbers), undo };
  });
}
