/** Whose branches somebody may push to who cannot write to their repository: those whose pull requests say so. */
import { and, asc, eq } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import type { Verdict } from "../../kernel/grants.ts";
import { repositoriesById, type Repository } from "../repositories/index.ts";
import { mayPushToSource } from "./policy.ts";
import { pullRequests } from "./schema.ts";

const notAllowed = "No open pull request lets you push to this branch";

/**
 * Whether the actor may push a branch (any branch, where it is null) because an open pull request from it, into a repository that they write to, lets
 * maintainers do so (`maintainer_can_modify`).
 */
export async function mayHelpWith(ctx: Context, source: Repository, branch: string | null): Promise<Verdict> {
  const open = await ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.sourceRepoId, source.id),
        branch === null ? undefined : eq(pullRequests.sourceBranch, branch),
        eq(pullRequests.state, "open"),
        eq(pullRequests.maintainerCanModify, true),
      ),
    )
    .orderBy(asc(pullRequests.createdAt))
    .limit(20);
  const targets = await repositoriesById(
    ctx,
    open.map((pull) => pull.repoId),
  );
  for (const pull of open) {
    const target = targets.get(pull.repoId);
    if (target && mayPushToSource(ctx.actor, target, pull, source) === true) return true;
  }
  return notAllowed;
}
