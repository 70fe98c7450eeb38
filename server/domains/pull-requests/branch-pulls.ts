import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import {
  repositoriesById,
  type BranchPullReader,
  type Repository,
  type RepoWith,
} from "../repositories/index.ts";
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

/** A branch goes to few places; of more, the newest are looked at. */
const mostTargets = 20;

/**
 * The newest open pull request from a branch, to its own repository before others: a fork's goes to its parent. What the actor
 * may not see is left out.
 */
export async function openPullOf(
  ctx: Context,
  repo: RepoWith<"read">,
  branch: string,
): Promise<{ readonly target: Repository; readonly number: number; readonly title: string } | null> {
  const { repoId, number, title, createdAt } = pullRequests;
  const rows = await ctx.db
    .select({ repoId, number, title })
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.sourceRepoId, repo.id),
        eq(pullRequests.sourceBranch, branch),
        eq(pullRequests.state, "open"),
      ),
    )
    .orderBy(desc(eq(repoId, repo.id)), desc(createdAt), desc(number))
    .limit(mostTargets);
  const targets = await repositoriesById(
    ctx,
    rows.map((row) => row.repoId),
  );
  for (const row of rows) {
    const target = targets.get(row.repoId);
    if (target) return { target, number: row.number, title: row.title };
  }
  return null;
}
