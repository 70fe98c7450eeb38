/** Branches brought together without a pull request. */
import { isAncestor } from "../../../git/ancestry.ts";
import { bringCommit } from "../../../git/bring.ts";
import { mergeCommit, UnrelatedHistories } from "../../../git/merges.ts";
import { readRef } from "../../../git/refs.ts";
import type { Context } from "../../../kernel/context.ts";
import { conflict, notFound, unprocessable } from "../../../kernel/errors.ts";
import { findRepositoryById, type RepoWith } from "../access.ts";
import { fullName, gitOf } from "../addresses.ts";
import { moveRefs, requireMoved } from "../git/move-refs.ts";
import { actorIdentity, signatureOf } from "../identity.ts";
import { requireRevision } from "./revisions.ts";

/**
 * Merges a branch, tag or commit into a branch.
 *
 * @returns the merge commit's id, or null when there is nothing to merge
 * @throws Refusal 404 for a branch or head that is not there, 409 for a conflict and for a branch that moved meanwhile
 */
export async function mergeInto(
  ctx: Context,
  repo: RepoWith<"write">,
  branch: string,
  head: string,
  message: string | undefined,
): Promise<string | null> {
  const ref = await readRef(gitOf(ctx, repo), `refs/heads/${branch}`);
  if (!ref) throw notFound("Base does not exist");
  const { commit } = await requireRevision(ctx, repo, head);
  return mergeAt(ctx, repo, ref, commit, message ?? `Merge ${head} into ${branch}`);
}

async function mergeAt(
  ctx: Context,
  repo: RepoWith<"write">,
  base: { readonly name: string; readonly oid: string },
  head: string,
  message: string,
): Promise<string | null> {
  const self = signatureOf(ctx, actorIdentity(ctx, ctx.actor));
  const text = { message, author: self, committer: self };
  const outcome = await mergeCommit(gitOf(ctx, repo), base.oid, head, text).catch((error: unknown) => {
    throw error instanceof UnrelatedHistories ? conflict("These histories have nothing in common") : error;
  });
  if (outcome.kind === "up-to-date") return null;
  if (outcome.kind === "conflict")
    throw conflict(
      `Merge conflict in ${outcome.conflicts
        .map(({ path }) => path)
        .slice(0, 5)
        .join(", ")}`,
    );
  const move = { ref: base.name, old: base.oid, new: outcome.commit };
  requireMoved(await moveRefs(ctx, repo, [move], { reason: "merge" }));
  return outcome.commit;
}

export type UpstreamMerge = "merge" | "fast-forward" | "none";

/**
 * Brings a branch of a fork up to date with the branch of the same name where it was forked from.
 *
 * @throws Refusal 422 for a repository that is no fork and for a branch that is missing on either side, 409 for a conflict
 */
export async function mergeUpstream(
  ctx: Context,
  repo: RepoWith<"write">,
  branch: string,
): Promise<{ readonly kind: UpstreamMerge; readonly upstream: string }> {
  const upstream = repo.forkedFromId === null ? null : await findRepositoryById(ctx, repo.forkedFromId);
  if (!upstream) throw unprocessable("This repository has no upstream");
  const name = `refs/heads/${branch}`;
  const [ours, theirs] = await Promise.all([
    readRef(gitOf(ctx, repo), name),
    readRef(gitOf(ctx, upstream), name),
  ]);
  if (!ours || !theirs) throw unprocessable(`There is no branch ${branch} on both sides`);
  const git = gitOf(ctx, repo);
  await bringCommit(gitOf(ctx, upstream), git, theirs.oid);
  const from = `${fullName(upstream)}:${branch}`;
  if (await isAncestor(git, theirs.oid, ours.oid)) return { kind: "none", upstream: from };
  if (await isAncestor(git, ours.oid, theirs.oid)) {
    const move = { ref: name, old: ours.oid, new: theirs.oid };
    requireMoved(await moveRefs(ctx, repo, [move], { reason: "merge-upstream" }));
    return { kind: "fast-forward", upstream: from };
  }
  await mergeAt(ctx, repo, ours, theirs.oid, `Merge branch '${branch}' of ${fullName(upstream)}`);
  return { kind: "merge", upstream: from };
}
