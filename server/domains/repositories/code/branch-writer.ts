/** Who may commit to a branch here without git: who writes to the repository, and who helps with a pull request from the branch. */
import { readRef } from "../../../git/refs.ts";
import { hasScope, system } from "../../../kernel/actor.ts";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { reaches } from "../../../kernel/grants.ts";
import type { Access } from "../../../kernel/http/route.ts";
import {
  findRepositoryById,
  requireAccess,
  withRepository,
  type RepoWith,
  type Repository,
} from "../access.ts";
import { helpProblem } from "../git/admission.ts";
import { proposalTaker } from "../git/proposals.ts";
import { gitOf } from "../addresses.ts";

/**
 * Lets in who may commit to some branch of the repository; which one, the body says, and `requireBranch` is asked for it. To
 * everybody else it is the right to write.
 */
export const someBranch: Access<{ repo: RepoWith<"read"> }> = {
  name: "repository:write",
  resolve: async (ctx, params) => {
    const { repo } = await withRepository("read").resolve(ctx, params);
    if (!(await helps(ctx, repo, null))) requireAccess(ctx, repo, "write");
    return { repo };
  },
};

/** Whether somebody who cannot write to the repository may all the same commit to a branch of it, or to any when it is null. */
export async function helps(ctx: Context, repo: Repository, branch: string | null): Promise<boolean> {
  if (reaches(repo.access, "write") || ctx.actor.kind !== "user" || !hasScope(ctx.actor, "repo:write"))
    return false;
  return (await proposalTaker()?.mayHelp(ctx, repo, branch)) === true;
}

/**
 * The right to commit to one branch, asked of the refs as a push is. What it answers is for that branch alone.
 *
 * @throws Refusal 401 or 403
 */
export async function requireBranch(
  ctx: Context,
  repo: RepoWith<"read">,
  branch: string,
): Promise<RepoWith<"write">> {
  if (!(await helps(ctx, repo, branch))) return requireAccess(ctx, repo, "write");
  const ref = `refs/heads/${branch}`;
  const there = (await readRef(gitOf(ctx, repo), ref))?.oid ?? null;
  if ((await helpProblem(ctx, repo, { ref, old: there, new: there })) !== null)
    return requireAccess(ctx, repo, "write");
  // The people of the repository have lent the branch: the forge writes to it for who helps.
  const lent = await findRepositoryById(actingAs(ctx, system("helping")), repo.id);
  return requireAccess(ctx, lent, "write");
}
