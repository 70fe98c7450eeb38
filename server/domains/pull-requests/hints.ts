/** What `git push` says of a branch that has a pull request. */
import { and, asc, eq } from "drizzle-orm";
import type { PushHint } from "../repositories/index.ts";
import { findRepositoryById } from "../repositories/index.ts";
import { pullRequests } from "./schema.ts";
import { placesOf } from "./views.ts";

/** A branch can go to several targets; a few lines are enough. */
const mostLines = 3;

/** The page of each open pull request of the branch; null leaves the word to others, who offer to open one. */
export const pullRequestHint: PushHint = async (ctx, repo, move) => {
  const branch = move.ref.slice("refs/heads/".length);
  const open = await ctx.db
    .select({ repoId: pullRequests.repoId, number: pullRequests.number })
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.sourceRepoId, repo.id),
        eq(pullRequests.sourceBranch, branch),
        eq(pullRequests.state, "open"),
      ),
    )
    .orderBy(asc(pullRequests.createdAt))
    .limit(mostLines);
  const lines: string[] = [];
  for (const pull of open) {
    // Who pushes to a fork need not see where it goes.
    const target = await findRepositoryById(ctx, pull.repoId);
    if (target) lines.push(`  ${placesOf(ctx, target, pull.number).html}`);
  }
  if (lines.length === 0) return null;
  return ["", `The pull request of '${branch}' was updated:`, ...lines, ""];
};
