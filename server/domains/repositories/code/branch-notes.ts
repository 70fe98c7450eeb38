/** What domains above know of branches: the pull request that is open from one. */
import type { Context } from "../../../kernel/context.ts";
import type { RepoWith } from "../access.ts";

export interface BranchPull {
  readonly number: number;
  readonly title: string;
  readonly draft: boolean;
}

/** The newest open pull request within a repository from each of some branches, by the branch's name. */
export type BranchPullReader = (
  ctx: Context,
  repo: RepoWith<"read">,
  branches: readonly string[],
) => Promise<ReadonlyMap<string, BranchPull>>;

let reader: BranchPullReader = async () => new Map();

/** To be called once, when the domain of pull requests is loaded. */
export function answerBranchPulls(answer: BranchPullReader): void {
  reader = answer;
}

export const branchPulls: BranchPullReader = (ctx, repo, branches) => reader(ctx, repo, branches);
