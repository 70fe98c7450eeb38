/** The branch that a pull request comes from, and the head of it that is kept in the target repository. */
import { and, eq, isNull } from "drizzle-orm";
import { bringCommit } from "../../git/bring.ts";
import { readRef } from "../../git/refs.ts";
import type { Context } from "../../kernel/context.ts";
import {
  gitOf,
  moveInternalRefs,
  permissionOf,
  requireMoved,
  type RepoWith,
  type Repository,
} from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import type { PullRequest } from "./queries.ts";

export const headRef = (number: number): string => `refs/pull/${number}/head`;

/**
 * The folder of the repository that the source branch is in; null when that repository is gone, or when the author lost sight of
 * it: what happens there from then on is not theirs to carry here.
 */
export async function sourceGit(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "sourceRepoId" | "authorId" | "topic">,
) {
  if (pull.sourceRepoId === repo.id || pull.topic !== null) return gitOf(ctx, repo);
  if (pull.sourceRepoId === null) return null;
  const [row] = await ctx.db
    .select({ id: repositories.id, diskPath: repositories.diskPath, isPrivate: repositories.isPrivate })
    .from(repositories)
    .where(and(eq(repositories.id, pull.sourceRepoId), isNull(repositories.deletedAt)));
  if (!row || (row.isPrivate && (await permissionOf(ctx, row, pull.authorId)) === "none")) return null;
  return gitOf(ctx, row);
}

/** The commit at the end of a branch, or null. */
export async function branchTip(git: { dir: string }, branch: string): Promise<string | null> {
  return (await readRef(git, `refs/heads/${branch}`))?.oid ?? null;
}

/** The reference whose end is the head; of one that was opened by a push it is our own, which the push moves itself. */
export const sourceRef = (pull: Pick<PullRequest, "sourceBranch" | "topic" | "number">): string =>
  pull.topic === null ? `refs/heads/${pull.sourceBranch}` : headRef(pull.number);

/** Where the head is now; null when its branch, or the repository of it, is gone. */
export async function sourceTip(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "sourceRepoId" | "sourceBranch" | "authorId" | "topic" | "number">,
): Promise<string | null> {
  const git = await sourceGit(ctx, repo, pull);
  return git ? ((await readRef(git, sourceRef(pull)))?.oid ?? null) : null;
}

/** Makes the head's commits part of the target repository and keeps them there under `refs/pull/N/head`. */
export async function keepHead(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: Pick<PullRequest, "number" | "sourceRepoId" | "authorId" | "topic">,
  oid: string,
): Promise<void> {
  const here = gitOf(ctx, repo);
  await bringHead(ctx, repo, pull, oid);
  const ref = headRef(pull.number);
  const old = (await readRef(here, ref))?.oid ?? null;
  if (old === oid) return;
  const results = await moveInternalRefs(ctx, repo, [{ ref, old, new: oid }], "pull request head");
  // Somebody else who noticed it did the same at this moment.
  if ((await readRef(here, ref))?.oid !== oid) requireMoved(results);
}

/** Makes the commits that a head reaches part of the target repository. Throws GitError when the source does not have it any more. */
export async function bringHead(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: Pick<PullRequest, "sourceRepoId" | "authorId" | "topic">,
  oid: string,
): Promise<void> {
  const here = gitOf(ctx, repo);
  const there = await sourceGit(ctx, repo, pull);
  if (there && there.dir !== here.dir) await bringCommit(there, here, oid);
}
