/** From a change to a pull request of it: the commit, a branch with a free name, and the opening. */
import { readCommit } from "../../../git/commits.ts";
import { changeCommit, type MergeText } from "../../../git/merges.ts";
import { readRef } from "../../../git/refs.ts";
import type { Context } from "../../../kernel/context.ts";
import { Refusal, conflict, invalid, unprocessable } from "../../../kernel/errors.ts";
import { gitOf, moveRefs, requireMoved, type RepoWith } from "../../repositories/index.ts";
import { branchTip } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import type { Landed } from "./landed.ts";
import { openPullRequest } from "./open.ts";
import { pathsOf } from "./update-branch.ts";

export interface FollowUp {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly isDraft?: boolean | undefined;
}

export interface Proposal extends FollowUp {
  /** What it follows, for the log of the branch. */
  readonly detail: Readonly<Record<string, string | number>>;
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

/**
 * Makes a commit, a branch and a pull request of a change that is known already.
 *
 * @throws Refusal 409 with how to do it by hand where it conflicts, 422 when there is nothing to do or no such branch
 */
export async function propose(ctx: Context, repo: RepoWith<"write">, wish: Proposal): Promise<PullRequest> {
  const git = gitOf(ctx, repo);
  const tip = await branchTip(git, wish.targetBranch);
  if (tip === null) throw invalid("PullRequest", "base", `There is no branch ${wish.targetBranch}`);
  const outcome = await changeCommit(git, tip, wish.change, wish.text);
  if (outcome.kind === "up-to-date") throw unprocessable(wish.nothing);
  if (outcome.kind === "conflict")
    throw conflict(
      `It conflicts with ${wish.targetBranch} in ${pathsOf(outcome.conflicts)}. By hand: ${wish.byHand}`,
    );
  const branch = await makeBranch(ctx, repo, wish, outcome.commit);
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
  { name: wished, detail }: Pick<Proposal, "name" | "detail">,
  commit: string,
): Promise<string> {
  const base = wished.length > longestName ? wished.split("-", 2).join("-") : wished;
  for (let index = 1; index <= mostTries; index += 1) {
    const name = index === 1 ? base : `${base}-${index}`;
    if (await readRef(gitOf(ctx, repo), `refs/heads/${name}`)) continue;
    const move = { ref: `refs/heads/${name}`, old: null, new: commit };
    const results = await moveRefs(ctx, repo, [move], { reason: "follow-up", detail });
    if (results.every(({ failure }) => failure === null)) return name;
    if (results.some(({ failure }) => failure !== null && failure.kind !== "exists")) requireMoved(results);
  }
  throw new Refusal("validation_failed", `There are ${mostTries} branches named ${base} already`);
}

/** The command that does it on one's own machine. */
export async function byHand(
  ctx: Context,
  repo: RepoWith<"read">,
  { from, to }: Landed,
  act: "revert" | "cherry-pick",
): Promise<string> {
  const parents = (await readCommit(gitOf(ctx, repo), to))?.parents ?? [];
  if (parents[0] !== from) return `git ${act} ${from}..${to}`;
  return parents.length > 1 ? `git ${act} -m 1 ${to}` : `git ${act} ${to}`;
}

/** As long as a title may be. */
export const cut = (title: string): string =>
  [...title].length > 256 ? `${[...title].slice(0, 255).join("")}…` : title;
