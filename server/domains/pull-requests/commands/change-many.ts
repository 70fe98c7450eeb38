/** Many pull requests at once: all or none, each with its own history and events. */
import { and, asc, eq, inArray } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { usersById } from "../../accounts/index.ts";
import { countOpenPullRequests, type RepoWith } from "../../repositories/index.ts";
import { many, type ManyAnswer, type Wanted } from "../../issues/index.ts";
import { labelsOf, type PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { changePullRequest } from "./change.ts";

const { backTo, each, labelsAfter, lockMilestones } = many;

/** @throws Refusal 403 that names the first one which the actor may not change so, 404 for a number that is none */
export function changeManyPullRequests(
  ctx: Context,
  repo: RepoWith<"read">,
  wanted: readonly Wanted[],
): Promise<ManyAnswer> {
  return transact(ctx, async (tx) => {
    const numbers = [...new Set(wanted.flatMap((one) => one.numbers))];
    const rows = await tx.db
      .select()
      .from(pullRequests)
      .where(and(eq(pullRequests.repoId, repo.id), inArray(pullRequests.number, numbers)))
      .orderBy(asc(pullRequests.id))
      .for("update");
    if (rows.length < numbers.length) throw notFound();
    await countOpenPullRequests(tx, repo.id, 0);
    const milestones = await lockMilestones(
      tx,
      [...rows, ...wanted].map((one) => one.milestoneId),
    );
    const before = new Map(rows.map((row) => [row.number, row]));
    const ids = rows.map((row) => row.id);
    const heldBefore = await labelsOf(tx, ids);
    const after = new Map<number, PullRequest>(before);
    for (const change of wanted)
      for (const number of change.numbers) {
        const pull = before.get(number);
        if (!pull) throw notFound();
        const changed = await each(number, () =>
          changePullRequest(tx, repo, pull, {
            ...(change.state === undefined ? {} : { state: change.state }),
            ...(change.assigneeId === undefined ? {} : { assigneeId: change.assigneeId }),
            ...(change.milestoneId === undefined ? {} : { milestoneId: change.milestoneId }),
            ...(change.adds.length + change.removes.length === 0
              ? {}
              : { labels: (held) => labelsAfter(held, change) }),
          }),
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
