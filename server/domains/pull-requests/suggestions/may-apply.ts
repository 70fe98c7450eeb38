/** For the page: which suggestions its reader can apply, why not the others, and the lines they stand in the place of. */
import type { Context } from "../../../kernel/context.ts";
import type { Verdict } from "../../../kernel/grants.ts";
import { findRepositoryById, type Repository } from "../../repositories/index.ts";
import type { InlineComment } from "../comments/queries.ts";
import { mayPushToSource } from "../policy.ts";
import type { PullRequest } from "../queries.ts";
import { fitsOf } from "./standing.ts";

export interface Appliable {
  readonly verdict: Verdict;
  /** Without line ends; null when the suggestion does not fit any more. */
  readonly lines: string[] | null;
}

/** By comment id. Comments that suggest nothing are not to be asked for. */
export async function mayApply(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  comments: readonly InlineComment[],
): Promise<Map<string, Appliable>> {
  if (comments.length === 0) return new Map();
  const able = await mayWrite(ctx, repo, pull);
  const fits = await fitsOf(ctx, repo, pull, comments);
  return new Map(
    comments.map((comment) => {
      const fit = fits.get(comment.id) ?? "This comment suggests nothing";
      return [
        comment.id,
        typeof fit === "string" ? { verdict: fit, lines: null } : { verdict: able, lines: [...fit.replaced] },
      ] as const;
    }),
  );
}

async function mayWrite(ctx: Context, repo: Repository, pull: PullRequest): Promise<Verdict> {
  if (pull.state !== "open") return "Only to an open pull request suggestions can be applied";
  if (pull.sourceRepoId === null) return "The repository of the branch is gone";
  return mayPushToSource(ctx.actor, repo, pull, await findRepositoryById(ctx, pull.sourceRepoId));
}
