/** What stands in the way of one method of merging where another might do. */
import { aheadBehind } from "../../../git/ancestry.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import type { MergeMethod } from "../requirements.ts";

/** Why a pull request that meets all requirements cannot be merged by this method, in a sentence; null when it can. */
export async function methodRefusal(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  method: MergeMethod,
): Promise<string | null> {
  if (method !== "fast-forward") return null;
  const { behind } = await aheadBehind(gitOf(ctx, repo), pull.baseSha, pull.headSha);
  if (behind === 0) return null;
  const lacking = behind === 1 ? "a commit" : `${behind} commits`;
  return `${pull.targetBranch} cannot be moved forward: the branch lacks ${lacking} of it; update the branch first`;
}
