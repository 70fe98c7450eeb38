import { isAncestor } from "../../../git/ancestry.ts";
import { TooManyCommits, mergeCommit, rebaseCommits, type Conflict } from "../../../git/merges.ts";
import type { GitRepository } from "../../../git/store.ts";
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
import { catchUp } from "../heads.ts";
import { mayPushToSource } from "../policy.ts";
import type { PullRequest } from "../queries.ts";

export type UpdateMethod = "merge" | "rebase";

/**
 * Brings the source branch up to date with the base: by a merge, or by putting its commits on top anew, which needs the right to
 * move the branch other than forward.
 *
 * @throws Refusal 422 when there is nothing to update or it conflicts, 409 when the head moved meanwhile
 */
export async function updateBranch(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: PullRequest,
  expectedHead: string | undefined,
  method: UpdateMethod = "merge",
): Promise<PullRequest> {
  const pull = await catchUp(ctx, repo, seen);
  if (pull.state !== "open") throw unprocessable("Only an open pull request can be updated");
  if (expectedHead !== undefined && expectedHead !== pull.headSha)
    throw unprocessable("expected head sha didn’t match current head ref.");
  const source = await requireSource(ctx, repo, pull);
  const there = await bringBase(ctx, repo, source, pull);
  if (await isAncestor(there, pull.baseSha, pull.headSha))
    throw unprocessable("There are no new commits on the base branch.");
  const next = method === "rebase" ? await rebased(ctx, there, pull) : await joined(ctx, there, pull);
  await moveSource(ctx, source, pull, next, method);
  return catchUp(ctx, repo, pull);
}

/** The source repository's git data, with the commits of the base in it. */
export async function bringBase(
  ctx: Context,
  repo: RepoWith<"read">,
  source: RepoWith<"write">,
  pull: PullRequest,
): Promise<GitRepository> {
  const [here, there] = [gitOf(ctx, repo), gitOf(ctx, source)];
  if (there.dir !== here.dir) await bringCommit(here, there, pull.baseSha);
  return there;
}

/** Moves the source branch from the head that is known. @throws Refusal 409 when it is elsewhere by now */
export async function moveSource(
  ctx: Context,
  source: RepoWith<"write">,
  pull: PullRequest,
  next: string,
  method: UpdateMethod | "resolve",
): Promise<void> {
  const results = await moveRefs(
    ctx,
    source,
    [{ ref: `refs/heads/${pull.sourceBranch}`, old: pull.headSha, new: next }],
    { reason: "update", detail: { pull_request_id: pull.id, method } },
  );
  if (results.some(({ failure }) => failure?.kind === "stale"))
    throw conflict("The head branch was modified meanwhile");
  requireMoved(results);
}

async function joined(ctx: Context, git: GitRepository, pull: PullRequest): Promise<string> {
  const signature = signatureOf(ctx, identityOf(ctx, requireUser(ctx.actor).user));
  const outcome = await mergeCommit(git, pull.headSha, pull.baseSha, {
    message: `Merge branch '${pull.targetBranch}' into ${pull.sourceBranch}\n`,
    author: signature,
    committer: signature,
  });
  if (outcome.kind === "conflict")
    throw unprocessable(`merge conflict between base and head: ${pathsOf(outcome.conflicts)}`);
  if (outcome.kind === "up-to-date") throw unprocessable("There are no new commits on the base branch.");
  return outcome.commit;
}

async function rebased(ctx: Context, git: GitRepository, pull: PullRequest): Promise<string> {
  const committer = signatureOf(ctx, identityOf(ctx, requireUser(ctx.actor).user));
  const outcome = await rebaseCommits(git, pull.baseSha, pull.headSha, { committer }).catch(
    (error: unknown) => {
      throw error instanceof TooManyCommits
        ? unprocessable("The branch has too many commits to put them on top of the base")
        : error;
    },
  );
  if (outcome.kind === "conflict")
    throw unprocessable(
      `The commit ${outcome.at.slice(0, 10)} conflicts with the base branch: ${pathsOf(outcome.conflicts)}`,
    );
  if (outcome.commit === pull.baseSha)
    throw unprocessable("The base branch has all of it already: nothing would be left of the branch");
  return outcome.commit;
}

/** A few of the files that conflict. */
export function pathsOf(conflicts: readonly Conflict[]): string {
  const paths = [...new Set(conflicts.map(({ path }) => path))];
  const more = paths.length - 5;
  return paths.slice(0, 5).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** The source repository, to be written by who may push to the branch: its own writers, or maintainers who were allowed to. */
export async function requireSource(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<RepoWith<"write">> {
  if (pull.topic !== null)
    throw unprocessable("This was opened by a push: its author pushes again to bring it up to date");
  const id = pull.sourceRepoId;
  if (id === null) throw unprocessable("The repository of the branch is gone");
  enforce(mayPushToSource(ctx.actor, repo, pull, await findRepositoryById(ctx, id)));
  const asForge = actingAs(ctx, system("pull-requests"));
  return requireAccess(asForge, await findRepositoryById(asForge, id), "write");
}
