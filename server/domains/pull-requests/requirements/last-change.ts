/** Who pushed what a pull request changes now: it is not for them to approve it, and a clean rebase makes nobody that. */
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { revisionsOf, type Revision } from "../revisions/queries.ts";
import { holds } from "../revisions/stale.ts";
import { lastPusher } from "./last-push.ts";

/** A branch that was only carried along more often than this in a row needs another approval. */
const mostCarried = 50;

/**
 * Who made the push since which the change is what it is; null when nobody knows.
 *
 * Whoever only carried it onto another base, or merged the base in, changed nothing. Each of those steps is compared with the
 * head itself, not only with its neighbour: two carryings can each be clean and together lose what the base had for a while.
 */
export async function lastChanger(ctx: Context, repo: Repository, pull: PullRequest): Promise<string | null> {
  const revisions = await revisionsOf(ctx, pull);
  const last = revisions.at(-1);
  // A push that was not looked at yet is told by its intent.
  if (last?.headSha !== pull.headSha) return lastPusher(ctx, pull);
  const changing = await changingRevision(ctx, repo, pull, revisions);
  if (changing === last) return lastPusher(ctx, pull);
  return (await lastPusher(ctx, { ...pull, headSha: changing.headSha })) ?? changing.pushedById;
}

async function changingRevision(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  revisions: readonly Revision[],
): Promise<Revision> {
  let index = revisions.length - 1;
  const first = Math.max(0, index - mostCarried);
  for (; index > first; index -= 1) {
    const before = revisions[index - 1];
    if (!before || revisions[index]?.sameChange !== true) break;
    if (!(await holds(ctx, repo, pull, before.headSha))) break;
  }
  return revisions[index] as Revision;
}
