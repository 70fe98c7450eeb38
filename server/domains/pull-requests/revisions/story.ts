/** What a new head of a pull request is to the one before it, worked out from the ids alone. */
import { isAncestor, mergeBase } from "../../../git/ancestry.ts";
import { isSameChange } from "../../../git/carried-change.ts";
import { countCommits } from "../../../git/commits.ts";
import { GitError, GitTimeout } from "../../../git/process.ts";
import { MissingObject } from "../../../git/objects.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Revision } from "./queries.ts";

export type Story = Pick<
  Revision,
  "headSha" | "baseSha" | "mergeBaseSha" | "kind" | "sameChange" | "commits"
>;

/** @param base where the target branch is; of a head that it has already, where the head left it */
export async function storyOf(
  git: GitRepository,
  before: Pick<Revision, "headSha" | "mergeBaseSha"> | null,
  head: string,
  base: string,
): Promise<Story> {
  const mergeBaseSha = await mergeBase(git, base, head);
  const known = { headSha: head, baseSha: base, mergeBaseSha };
  const came = [base, ...(before ? [before.headSha] : [])];
  const commits = await orNull(countCommits(git, { from: head, exclude: came }));
  if (before === null) return { ...known, kind: "opened", sameChange: null, commits: commits ?? 0 };
  const straight = (await orNull(isAncestor(git, before.headSha, head))) ?? false;
  const sameChange =
    before.mergeBaseSha === null || mergeBaseSha === null
      ? null
      : await orNull(
          isSameChange(
            git,
            { base: before.mergeBaseSha, head: before.headSha },
            { base: mergeBaseSha, head },
          ),
        );
  const rebased = sameChange === true && before.mergeBaseSha !== mergeBaseSha;
  const kind = straight ? "added" : rebased ? "rebased" : "rewritten";
  return { ...known, kind, sameChange, commits: commits ?? 0 };
}

/** Null when a former head is gone from a repository that was restored, or git takes too long to tell. */
export async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MissingObject || error instanceof GitTimeout || error instanceof GitError)
      return null;
    throw error;
  }
}
