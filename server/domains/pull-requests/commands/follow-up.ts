/** New pull requests that a merged one gives rise to: one that takes it back, one that brings it to another branch. */
import { readCommit } from "../../../git/commits.ts";
import { changeCommit, type MergeText } from "../../../git/merges.ts";
import { readRef } from "../../../git/refs.ts";
import type { Context } from "../../../kernel/context.ts";
import { Refusal, conflict, invalid, unprocessable } from "../../../kernel/errors.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { getProfile } from "../../accounts/index.ts";
import {
  gitOf,
  identityOf,
  moveRefs,
  requireMoved,
  signatureOf,
  type RepoWith,
} from "../../repositories/index.ts";
import { branchTip } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { forgeSignature } from "./compose.ts";
import { landedChange, type Landed } from "./landed.ts";
import { mergeMessage } from "./merge-message.ts";
import { openPullRequest } from "./open.ts";
import { pathsOf } from "./update-branch.ts";

export interface FollowUp {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly isDraft?: boolean | undefined;
}

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
  return propose(ctx, repo, pull, {
    ...wish,
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
  return propose(ctx, repo, pull, {
    ...wish,
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

interface Proposal extends FollowUp {
  readonly name: string;
  readonly targetBranch: string;
  readonly change: Landed;
  readonly text: MergeText;
  readonly title: string;
  readonly body: string | null;
  /** What is said when there is nothing to do. */
  readonly nothing: string;
  readonly byHand: string;
}

async function propose(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  wish: Proposal,
): Promise<PullRequest> {
  const git = gitOf(ctx, repo);
  const tip = await branchTip(git, wish.targetBranch);
  if (tip === null) throw invalid("PullRequest", "base", `There is no branch ${wish.targetBranch}`);
  const outcome = await changeCommit(git, tip, wish.change, wish.text);
  if (outcome.kind === "up-to-date") throw unprocessable(wish.nothing);
  if (outcome.kind === "conflict")
    throw conflict(
      `It conflicts with ${wish.targetBranch} in ${pathsOf(outcome.conflicts)}. By hand: ${wish.byHand}`,
    );
  const branch = await makeBranch(ctx, repo, wish.name, pull.number, outcome.commit);
  try {
    return await openPullRequest(ctx, repo, {
      title: wish.title,
      body: wish.body,
      source: { repository: repo, branch },
      targetBranch: wish.targetBranch,
      isDraft: wish.isDraft ?? false,
      maintainerCanModify: false,
      assigneeId: null,
      milestoneId: null,
      labels: [],
    });
  } catch (error) {
    const back = { ref: `refs/heads/${branch}`, old: outcome.commit, new: null };
    await moveRefs(ctx, repo, [back], { reason: "undo" }).catch(() => undefined);
    throw error;
  }
}

const mostTries = 20;
const longestName = 200;

/** A branch of a free name at a commit. @throws Refusal 422 when a rule forbids it or too many of that name are there */
async function makeBranch(
  ctx: Context,
  repo: RepoWith<"write">,
  wished: string,
  number: number,
  commit: string,
): Promise<string> {
  const base = wished.length > longestName ? wished.split("-", 2).join("-") : wished;
  for (let index = 1; index <= mostTries; index += 1) {
    const name = index === 1 ? base : `${base}-${index}`;
    if (await readRef(gitOf(ctx, repo), `refs/heads/${name}`)) continue;
    const move = { ref: `refs/heads/${name}`, old: null, new: commit };
    const results = await moveRefs(ctx, repo, [move], { reason: "follow-up", detail: { number } });
    if (results.every(({ failure }) => failure === null)) return name;
    if (results.some(({ failure }) => failure !== null && failure.kind !== "exists")) requireMoved(results);
  }
  throw new Refusal("validation_failed", `There are ${mostTries} branches named ${base} already`);
}

/** The command that does it on one's own machine. */
async function byHand(
  ctx: Context,
  repo: RepoWith<"read">,
  { from, to }: Landed,
  act: "revert" | "cherry-pick",
): Promise<string> {
  const parents = (await readCommit(gitOf(ctx, repo), to))?.parents ?? [];
  if (parents[0] !== from) return `git ${act} ${from}..${to}`;
  return parents.length > 1 ? `git ${act} -m 1 ${to}` : `git ${act} ${to}`;
}

const cut = (title: string): string =>
  [...title].length > 256 ? `${[...title].slice(0, 255).join("")}…` : title;
