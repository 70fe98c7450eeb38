/** New pull requests that a commit gives rise to: one that takes it back, one that brings it to another branch. */
import { isAncestor } from "../../../git/ancestry.ts";
import type { Commit } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { unprocessable } from "../../../kernel/errors.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { gitOf, identityOf, signatureOf, type RepoWith } from "../../repositories/index.ts";
import { branchTip } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { forgeSignature } from "./compose.ts";
import type { Landed } from "./landed.ts";
import { byHand, cut, propose, type FollowUp } from "./propose.ts";

/** What the page of a commit shows: of a merge, what it brought to its first parent. */
function changeOf(commit: Commit): Landed {
  const [from] = commit.parents;
  if (from === undefined)
    throw unprocessable("Nothing stands before the first commit of a history, so it can be neither");
  return { from, to: commit.oid };
}

const subjectOf = (commit: Commit): string => commit.subject || short(commit);
const short = (commit: Commit): string => commit.oid.slice(0, 10);

/**
 * Makes a branch that takes back what a commit of `targetBranch` changed, and a pull request of it.
 *
 * @throws Refusal 409 where later changes stand in the way, 422 when the branch has it not, or nothing of it any more
 */
export async function revertCommit(
  ctx: Context,
  repo: RepoWith<"write">,
  commit: Commit,
  targetBranch: string,
  wish: FollowUp,
): Promise<PullRequest> {
  const change = changeOf(commit);
  if ((await hasCommit(ctx, repo, targetBranch, commit)) === false)
    throw unprocessable(`${targetBranch} does not have ${short(commit)}`);
  const me = signatureOf(ctx, identityOf(ctx, requireUser(ctx.actor).user));
  const title = cut(`Revert "${subjectOf(commit)}"`);
  return propose(ctx, repo, {
    ...wish,
    detail: { commit: commit.oid },
    name: `revert-${short(commit)}`,
    targetBranch,
    change: { from: change.to, to: change.from },
    text: {
      message: `${title}\n\nThis takes back commit ${commit.oid}.\n`,
      author: me,
      committer: forgeSignature(ctx),
    },
    title: wish.title ?? title,
    body: wish.body === undefined ? `Reverts ${commit.oid}` : wish.body,
    nothing: `Nothing of ${short(commit)} is left in ${targetBranch}`,
    byHand: await byHand(ctx, repo, change, "revert"),
  });
}

/**
 * Makes a branch that brings what a commit changed to `targetBranch`, with its author and message, and a pull request of it.
 *
 * @throws Refusal 409 where it conflicts with that branch, 422 when that branch has it already or does not exist
 */
export async function cherryPickCommit(
  ctx: Context,
  repo: RepoWith<"write">,
  commit: Commit,
  targetBranch: string,
  wish: FollowUp,
): Promise<PullRequest> {
  const change = changeOf(commit);
  if ((await hasCommit(ctx, repo, targetBranch, commit)) === true)
    throw unprocessable(`${targetBranch} has ${short(commit)} already`);
  return propose(ctx, repo, {
    ...wish,
    detail: { commit: commit.oid },
    name: `cherry-pick-${short(commit)}-to-${targetBranch}`,
    targetBranch,
    change,
    text: {
      message: `${commit.message.trimEnd()}\n\n(cherry picked from commit ${commit.oid})\n`,
      author: commit.author,
      committer: forgeSignature(ctx),
    },
    title: wish.title ?? cut(`${subjectOf(commit)} (for ${targetBranch})`),
    body: wish.body === undefined ? `Brings ${commit.oid} to \`${targetBranch}\`.` : wish.body,
    nothing: `${targetBranch} has all of ${short(commit)} already`,
    byHand: await byHand(ctx, repo, change, "cherry-pick"),
  });
}

/** Null where there is no such branch, which is refused when the change is made. */
async function hasCommit(
  ctx: Context,
  repo: RepoWith<"read">,
  branch: string,
  commit: Commit,
): Promise<boolean | null> {
  const git = gitOf(ctx, repo);
  const tip = await branchTip(git, branch);
  return tip === null ? null : isAncestor(git, commit.oid, tip);
}
