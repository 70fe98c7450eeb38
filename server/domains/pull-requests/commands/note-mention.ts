/** Writes down that a text or a commit names a pull request. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { events } from "../../../kernel/schema.ts";
import { mayComment, type Mention } from "../../issues/index.ts";
import type { Repository } from "../../repositories/index.ts";
import { pullCrossReferenced, pullReferenced } from "../events.ts";
import { pullRequests } from "../schema.ts";
import { about, described } from "./record.ts";

/**
 * Tells the pull requests among these numbers that `by` names them. Told once for each thing that names one: the row is locked
 * meanwhile, so two jobs at once leave one line. A pull request does not name itself, and neither does the commit that merged it.
 */
export async function noteMention(
  ctx: Context,
  repo: Repository,
  numbers: readonly number[],
  by: Mention,
): Promise<void> {
  const named = await ctx.db
    .select({ id: pullRequests.id })
    .from(pullRequests)
    .where(and(eq(pullRequests.repoId, repo.id), inArray(pullRequests.number, [...numbers])));
  for (const { id } of named) await note(ctx, repo, id, by);
}

async function note(ctx: Context, repo: Repository, id: string, by: Mention): Promise<void> {
  await transact(ctx, async (tx) => {
    const [pull] = await tx.db
      .select()
      .from(pullRequests)
      .where(eq(pullRequests.id, id))
      .for("no key update");
    if (!pull || mayComment(tx.actor, repo, pull) !== true) return;
    const own = "commit_id" in by ? by.commit_id === pull.mergeSha : by.source_id === pull.id;
    if (own) return;
    const type = "commit_id" in by ? pullReferenced : pullCrossReferenced;
    const [known] = await tx.db
      .select({ id: events.id })
      .from(events)
      .where(
        and(
          eq(events.subjectId, pull.id),
          eq(events.type, type.name),
          sql`${events.payload} @> ${JSON.stringify(by)}::jsonb`,
        ),
      )
      .limit(1);
    if (known) return;
    if ("commit_id" in by) await emit(tx, pullReferenced, about(pull), { ...described(pull), ...by });
    else await emit(tx, pullCrossReferenced, about(pull), { ...described(pull), ...by });
  });
}
