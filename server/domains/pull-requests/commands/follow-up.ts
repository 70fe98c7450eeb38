/** New pull requests that a merged one gives rise to: one that takes it back, one that brings it to another branch. */
import type { Context } from "../../../kernel/context.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { getProfile } from "../../accounts/index.ts";
import { identityOf, signatureOf, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { forgeSignature } from "./compose.ts";
import { landedChange } from "./landed.ts";
import { mergeMessage } from "./merge-message.ts";
import { byHand, cut, propose, type FollowUp } from "./propose.ts";

/**
 * Makes a branch that takes back what a merged pull request brought, and a pull request of it.
 *
 * @throws Refusal 409 where later changes stand in the way, 422 when it is not merged or taken back already
 */
export async function revertPullRequest(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  wish: FollowUp,
): Promise<PullRequest> {
  const landed = await landedChange(ctx, repo, pull);
  const me = signatureOf(ctx, identityOf(ctx, requireUser(ctx.actor).user));
  const title = cut(`Revert "${pull.title}"`);
  return propose(ctx, repo, {
    ...wish,
    detail: { number: pull.number },
    name: `revert-${pull.number}-${pull.sourceBranch}`,
    targetBranch: pull.targetBranch,
    change: { from: landed.to, to: landed.from },
    text: {
      message: `${title}\n\nThis takes back #${pull.number}, which came in as ${landed.to}.\n`,
      author: me,
      committer: forgeSignature(ctx),
    },
    title: wish.title ?? title,
    body: wish.body === undefined ? `Reverts #${pull.number}` : wish.body,
    nothing: `Nothing of #${pull.number} is left in ${pull.targetBranch}`,
    byHand: await byHand(ctx, repo, landed, "revert"),
  });
}

/**
 * Makes a branch that brings what a merged pull request brought to another branch as one commit, and a pull request of it.
 *
 * @throws Refusal 409 where it conflicts with that branch, 422 when it is not merged or that branch has it or does not exist
 */
export async function cherryPickPullRequest(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  targetBranch: string,
  wish: FollowUp,
): Promise<PullRequest> {
  const landed = await landedChange(ctx, repo, pull);
  const author = signatureOf(ctx, identityOf(ctx, await getProfile(ctx, pull.authorId)));
  const { title, body } = await mergeMessage(ctx, repo, pull, "squash");
  return propose(ctx, repo, {
    ...wish,
    detail: { number: pull.number },
    name: `cherry-pick-${pull.number}-to-${targetBranch}`,
    targetBranch,
    change: landed,
    text: {
      message: `${[title, body, `(cherry picked from commit ${landed.to})`].filter((part) => part !== "").join("\n\n")}\n`,
      author,
      committer: forgeSignature(ctx),
    },
    title: wish.title ?? cut(`${pull.title} (for ${targetBranch})`),
    body: wish.body === undefined ? `Brings #${pull.number} to \`${targetBranch}\`.` : wish.body,
    nothing: `${targetBranch} has all of #${pull.number} already`,
    byHand: await byHand(ctx, repo, landed, "cherry-pick"),
  });
}
