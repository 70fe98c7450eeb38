import { and, asc, eq, inArray } from "drizzle-orm";
import type { BranchPullReader } from "../repositories/index.ts";
import { pullRequests } from "./schema.ts";

/** For the list of branches. Those from forks and to other repositories are not the branch's own business here. */
export const openPullsOf: BranchPullReader = async (ctx, repo, branches) => {
  if (branches.length === 0) return new Map();
  const { number, title, isDraft, sourceBranch } = pullRequests;
  const rows = await ctx.db
    .select({ number, title, draft: isDraft, branch: sourceBranch })
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.repoId, repo.id),
        eq(pullRequests.sourceRepoId, repo.id),
        eq(pullRequests.state, "open"),
        inArray(sourceBranch, [...branches]),
      ),
    )
    .orderBy(asc(number));
  return new Map(rows.map(({ branch, ...pull }) => [branch, pull]));
};
