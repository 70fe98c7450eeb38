import { and, desc, eq } from "drizzle-orm";
import { mergeBase } from "../../../git/ancestry.ts";
import type { Context } from "../../../kernel/context.ts";
import { unprocessable } from "../../../kernel/errors.ts";
import { events } from "../../../kernel/schema.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { pullMerged } from "../events.ts";
import type { PullRequest } from "../queries.ts";

/** What a merge brought: everything between two commits. */
export interface Landed {
  readonly from: string;
  readonly to: string;
}

/**
 * What a merged pull request brought to its target. Every method moves the target from the base that was checked to the commit
 * that merged it; only what somebody merged elsewhere and pushed is told by its head alone.
 *
 * @throws Refusal 422 for what is not merged
 */
export async function landedChange(ctx: Context, repo: Repository, pull: PullRequest): Promise<Landed> {
  if (pull.state !== "merged" || pull.mergeSha === null)
    throw unprocessable("Only what is merged can be taken back or picked");
  const [fact] = await ctx.db
    .select({ payload: events.payload })
    .from(events)
    .where(and(eq(events.subjectId, pull.id), eq(events.type, pullMerged.name)))
    .orderBy(desc(events.sequence))
    .limit(1);
  const byPush = fact === undefined || pullMerged.payload.parse(fact.payload).method === "push";
  if (!byPush) return { from: pull.baseSha, to: pull.mergeSha };
  const from = await mergeBase(gitOf(ctx, repo), pull.baseSha, pull.headSha);
  if (from === null || from === pull.headSha) throw unprocessable("It is not known what this merge brought");
  return { from, to: pull.headSha };
}
