/** What stands in the way of one method of merging where another might do. */
import { aheadBehind } from "../../../git/ancestry.ts";
import type { RebaseVerdict } from "../../../git/rebase-sweep.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import type { MergeMethod } from "../requirements.ts";
import { rebaseVerdict } from "../requirements/rebases.ts";

/** Why a pull request that meets all requirements cannot be merged by this method, in a sentence; null when it can. */
export async function methodRefusal(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  method: MergeMethod,
): Promise<string | null> {
  if (method === "rebase") return rebaseProblem(await rebaseVerdict(ctx, repo, pull), pull.targetBranch);
  if (method !== "fast-forward") return null;
  const { behind } = await aheadBehind(gitOf(ctx, repo), pull.baseSha, pull.headSha);
  if (behind === 0) return null;
  const lacking = behind === 1 ? "a commit" : `${behind} commits`;
  return `${pull.targetBranch} cannot be moved forward: the branch lacks ${lacking} of it; update the branch first`;
}

/** Why a verdict on a rebase rules it out; null when it does not, or nobody knows. */
export function rebaseProblem(verdict: RebaseVerdict | null, target: string): string | null {
  if (verdict === "conflict")
    return `its commits conflict with ${target} when they are put on top of it one by one; merge or squash it`;
  if (verdict === "differs")
    return "its commits on top of the base would leave other files than a merge; merge or squash it";
  return verdict === "nothing" ? "the base branch has all of it already" : null;
}
