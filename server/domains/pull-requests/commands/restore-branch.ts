import { bringCommit } from "../../../git/bring.ts";
import type { Context } from "../../../kernel/context.ts";
import { conflict, unprocessable } from "../../../kernel/errors.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import {
  findRepositoryById,
  gitOf,
  moveRefs,
  requireAccess,
  requireMoved,
  type RepoWith,
} from "../../repositories/index.ts";
import { branchTip } from "../heads.ts";
import { mayRestore } from "../policy.ts";
import type { PullRequest } from "../queries.ts";

/**
 * Makes the source branch of a pull request again, where its head is kept, also when the fork has forgotten the commits. When
 * the branch is there at that commit, nothing is left to do.
 *
 * @throws Refusal 403 for who cannot push to its repository, 409 when a branch of this name is there at another commit, 422 when
 *   there is no repository for it
 */
export async function restoreBranch(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<void> {
  requireUser(ctx.actor);
  const source = pull.sourceRepoId === null ? null : await findRepositoryById(ctx, pull.sourceRepoId);
  enforce(mayRestore(ctx.actor, pull, source));
  if (!source) throw unprocessable("The repository of the branch is gone");
  const writable = requireAccess(ctx, source, "write");
  const [here, there] = [gitOf(ctx, repo), gitOf(ctx, source)];
  const taken = `There is a branch ${pull.sourceBranch} again, at another commit`;
  const tip = await branchTip(there, pull.sourceBranch);
  if (tip === pull.headSha) return;
  if (tip !== null) throw conflict(taken);
  if (here.dir !== there.dir) await bringCommit(here, there, pull.headSha);
  const move = { ref: `refs/heads/${pull.sourceBranch}`, old: null, new: pull.headSha };
  const results = await moveRefs(ctx, writable, [move], {
    reason: "restore",
    detail: { pull_request_id: pull.id },
  });
  const failed = results.some(({ failure }) => failure?.kind === "exists" || failure?.kind === "stale");
  if (failed && (await branchTip(there, pull.sourceBranch)) !== pull.headSha) throw conflict(taken);
  if (!failed) requireMoved(results);
}
