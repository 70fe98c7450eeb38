import { and, eq, inArray, or } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { pullRequests } from "../schema.ts";
import { prAutoMerges } from "./schema.ts";

export type AutoMerge = typeof prAutoMerges.$inferSelect;

/** What is set to merge by itself, by the id of its pull request. */
export async function autoMergesOf(
  ctx: Context,
  pullIds: readonly string[],
): Promise<ReadonlyMap<string, AutoMerge>> {
  if (pullIds.length === 0) return new Map();
  const rows = await ctx.db
    .select()
    .from(prAutoMerges)
    .where(inArray(prAutoMerges.prId, [...pullIds]));
  return new Map(rows.map((row) => [row.prId, row]));
}

export async function autoMergeOf(ctx: Context, pullId: string): Promise<AutoMerge | null> {
  return (await autoMergesOf(ctx, [pullId])).get(pullId) ?? null;
}

/** Pull requests that a fact may have made ready: those that match one of the given sides and are set to merge. */
export async function waitingFor(
  ctx: Context,
  news: {
    readonly repoId: string;
    readonly pullId?: string | null;
    readonly headSha?: string;
    readonly branch?: string;
  },
): Promise<string[]> {
  const here = eq(pullRequests.repoId, news.repoId);
  const matching =
    news.pullId !== undefined && news.pullId !== null
      ? and(here, eq(pullRequests.id, news.pullId))
      : news.headSha !== undefined
        ? and(here, eq(pullRequests.headSha, news.headSha))
        : news.branch !== undefined
          ? or(
              and(here, eq(pullRequests.targetBranch, news.branch)),
              and(eq(pullRequests.sourceRepoId, news.repoId), eq(pullRequests.sourceBranch, news.branch)),
            )
          : here;
  const rows = await ctx.db
    .select({ id: pullRequests.id })
    .from(prAutoMerges)
    .innerJoin(pullRequests, eq(pullRequests.id, prAutoMerges.prId))
    .where(matching);
  return rows.map(({ id }) => id);
}
