/** What a pull request brings: its commits and its changes, read from git by the ids in its row. */
import { aheadBehind, mergeBase } from "../../git/ancestry.ts";
import { commitsBetween, type Commit } from "../../git/commits.ts";
import { diffText, diffTrees, patchSeries, type Diff, type DiffOptions } from "../../git/diffs.ts";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { gitOf, type Repository } from "../repositories/index.ts";
import type { PullRequest } from "./queries.ts";

type Ends = Pick<PullRequest, "baseSha" | "headSha">;

/** GitHub's own limits: the newest commits of a long branch, and the first files of a large change. */
const mostCommits = 250;
const mostFiles = 3000;

/** Where the diff begins. @throws Refusal 404 when the two histories have nothing in common any more */
export async function forkPoint(ctx: Context, repo: Repository, pull: Ends): Promise<string> {
  const common = await mergeBase(gitOf(ctx, repo), pull.baseSha, pull.headSha);
  if (common === null) throw notFound("The two branches have entirely different histories");
  return common;
}

/** Three-dot: what the head changed since it left the base. */
export async function changesOf(
  ctx: Context,
  repo: Repository,
  pull: Ends,
  options: DiffOptions = {},
): Promise<Diff> {
  const from = await forkPoint(ctx, repo, pull);
  return diffTrees(gitOf(ctx, repo), from, pull.headSha, { maxFiles: mostFiles, ...options });
}

/** Oldest first. */
export async function commitsOf(ctx: Context, repo: Repository, pull: Ends): Promise<readonly Commit[]> {
  const { commits } = await commitsBetween(gitOf(ctx, repo), pull.baseSha, pull.headSha, {
    limit: mostCommits,
  });
  return commits;
}

export interface Extent {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

/** How much it is. */
export async function extentOf(ctx: Context, repo: Repository, pull: Ends): Promise<Extent> {
  const [{ ahead }, diff] = await Promise.all([
    aheadBehind(gitOf(ctx, repo), pull.baseSha, pull.headSha),
    changesOf(ctx, repo, pull),
  ]);
  return {
    commits: ahead,
    additions: diff.additions,
    deletions: diff.deletions,
    changedFiles: diff.totalFiles,
  };
}

/** The change as the text that `git apply` or `git am` take. */
export async function textOf(
  ctx: Context,
  repo: Repository,
  pull: Ends,
  form: "diff" | "patch",
): Promise<Uint8Array<ArrayBuffer>> {
  const git = gitOf(ctx, repo);
  const text =
    form === "diff"
      ? await diffText(git, await forkPoint(ctx, repo, pull), pull.headSha)
      : await patchSeries(git, pull.baseSha, pull.headSha);
  return new Uint8Array(text);
}
