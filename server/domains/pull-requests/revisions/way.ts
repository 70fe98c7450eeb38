/** The way from a commit of a pull request to its head: over every revision in between. */
import { isAncestor, mergeBase } from "../../../git/ancestry.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { PullRequest } from "../queries.ts";
import type { Revision } from "./queries.ts";
import { orNull } from "./story.ts";

export interface Way {
  /** Heads, from the commit itself to the head. */
  readonly heads: readonly string[];
  /** Where the change begins at each of them; null where one shared nothing with the base. */
  readonly begins: readonly string[] | null;
}

/** Of a pull request that was pushed to more often, the oldest are skipped. */
const mostSteps = 60;

/** @param pull at the revision that the way leads to; what was said at a later one is followed back to it */
export async function wayTo(
  git: GitRepository,
  pull: Pick<PullRequest, "headSha" | "baseSha">,
  revisions: readonly Revision[],
  commit: string,
): Promise<Way> {
  const end = revisions.findLastIndex((one) => one.headSha === pull.headSha);
  const start = await indexOf(git, revisions, commit);
  const between =
    end < 0 || start < 0
      ? []
      : start <= end
        ? revisions.slice(start, end).slice(-mostSteps)
        : revisions
            .slice(end + 1, start + 1)
            .toReversed()
            .slice(-mostSteps);
  const first = await orNull(mergeBase(git, pull.baseSha, commit));
  const last = await orNull(mergeBase(git, pull.baseSha, pull.headSha));
  const begins = [first, ...between.map((one) => one.mergeBaseSha), last];
  return {
    heads: [commit, ...between.map((one) => one.headSha), pull.headSha],
    begins: begins.every((one) => one !== null) ? begins : null,
  };
}

/** The newest revision with the commit as its head; or else the first of the newest that have the commit among theirs. */
async function indexOf(git: GitRepository, revisions: readonly Revision[], commit: string): Promise<number> {
  const own = revisions.findLastIndex((one) => one.headSha === commit);
  if (own >= 0) return own;
  let found = -1;
  for (let index = revisions.length - 1; index >= 0; index -= 1) {
    const has = await orNull(isAncestor(git, commit, revisions[index]?.headSha ?? commit));
    if (has) found = index;
    else if (found >= 0) break;
  }
  return found;
}
