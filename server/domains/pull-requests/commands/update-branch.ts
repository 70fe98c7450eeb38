import { mergeCommit } from "../../../git/merges.ts";
import { system } from "../../../kernel/actor.ts";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { conflict, unprocessable } from "../../../kernel/errors.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import { bringCommit } from "../../../git/bring.ts";
import {
  findRepositoryById,
  gitOf,
  identityOf,
  moveRefs,
  requireAccess,
  requireMoved,
  signatureOf,
  type RepoWith,
} from "../../repositories/index.ts";
import { branchTip, catchUp } from "../heads.ts";
import { mayPushToSource } from "../policy.ts";
import type { PullRequest } from "../queries.ts";

/**
 * Merges the base into the source branch.
 *
 * @throws Refusal 422 when there is nothing to update or it conflicts, 409 when the head moved meanwhile
 */
export async function updateBranch(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: PullRequest,
  expectedHead: string | undefined,
): Promise<PullRequest> {
  const me = requireUser(ctx.actor).user;
  const pull = await catchUp(ctx, repo, seen);
  if (pull.state !== "open") throw unprocessable("Only an open pull request can be updated");
  if (expectedHead !== undefined && expectedHead !== pull.headSha)
    throw unprocessable("expected head sha didn’t match current head ref.");
  const source = await sourceOf(ctx, repo, pull);
  const there = gitOf(ctx, source);
  const here = gitOf(ctx, repo);
  if (there.dir !== here.dir)
    await bringCommit(here, there, (await branchTip(here, pull.targetBranch)) ?? pull.baseSha);
  const signature = signatureOf(ctx, identityOf(ctx, me));
  const outcome = await mergeCommit(there, pull.headSha, pull.baseSha, {
    message: `Merge branch '${pull.targetBranch}' into ${pull.sourceBranch}\n`,
    author: signature,
    committer: signature,
  });
  if (outcome.kind === "up-to-date") throw unprocessable("There are no new commits on the base branch.");
  if (outcome.kind === "conflict") throw unprocessable("merge conflict between base and head");
  const results = await moveRefs(
    ctx,
    source,
    [{ ref: `refs/heads/${pull.sourceBranch}`, old: pull.headSha, new: outcome.commit }],
    { reason: "update", detail: { pull_request_id: pull.id } },
  );
  if (results.some(({ failure }) => failure?.kind === "stale"))
    throw conflict("The head branch was modified meanwhile");
  requireMoved(results);
  return catchUp(ctx, repo, pull);
}

/** The source repository, to be written by who may push to the branch: its own writers, or maintainers who were allowed to. */
async function sourceOf(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<RepoWith<"write">> {
  if (pull.topic !== null)
    throw unprocessable("This was opened by a push: its author pushes again to bring it up to date");
  const id = pull.sourceRepoId;
  if (id === null) throw unprocessable("The repository of the branch is gone");
  enforce(mayPushToSource(ctx.actor, repo, pull, await findRepositoryById(ctx, id)));
  const asForge = actingAs(ctx, system("pull-requests"));
  return requireAccess(asForge, await findRepositoryById(asForge, id), "write");
}
