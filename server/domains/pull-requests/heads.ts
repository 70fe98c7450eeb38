/**
 * Keeps a pull request and the branches it speaks of together. Rows are a copy of what git says: whoever reads an open pull
 * request first lets it catch up, so nothing depends on an event having arrived.
 */
import { and, eq, isNull } from "drizzle-orm";
import { isAncestor } from "../../git/ancestry.ts";
import { bringCommit } from "../../git/bring.ts";
import { readRef } from "../../git/refs.ts";
import { transact, type Context } from "../../kernel/context.ts";
import { emit } from "../../kernel/events.ts";
import {
  gitOf,
  moveInternalRefs,
  permissionOf,
  requireMoved,
  type RepoWith,
  type Repository,
} from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { closeAbandoned } from "./commands/close-abandoned.ts";
import { markMerged } from "./commands/mark-merged.ts";
import { described } from "./commands/record.ts";
import { pullSynchronized } from "./events.ts";
import { pusherOf } from "./pushers.ts";
import type { PullRequest } from "./queries.ts";
import { pullRequests } from "./schema.ts";

export const headRef = (number: number): string => `refs/pull/${number}/head`;

/**
 * The folder of the repository that the source branch is in; null when that repository is gone, or when the author lost sight of
 * it: what happens there from then on is not theirs to carry here.
 */
async function sourceGit(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "sourceRepoId" | "authorId">,
) {
  if (pull.sourceRepoId === repo.id) return gitOf(ctx, repo);
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

/**
 * Where the source branch is now; null when it, or its repository, is gone. One that was opened by a push has none: the push
 * moves the head itself.
 */
export async function sourceTip(
  ctx: Context,
  repo: Repository,
  pull: Pick<PullRequest, "sourceRepoId" | "sourceBranch" | "authorId" | "topic" | "number">,
): Promise<string | null> {
  if (pull.topic !== null) return (await readRef(gitOf(ctx, repo), headRef(pull.number)))?.oid ?? null;
  const git = await sourceGit(ctx, repo, pull);
  return git ? branchTip(git, pull.sourceBranch) : null;
}

/** Makes the head's commits part of the target repository and keeps them there under `refs/pull/N/head`. */
export async function keepHead(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: Pick<PullRequest, "number" | "sourceRepoId" | "authorId">,
  oid: string,
): Promise<void> {
  const here = gitOf(ctx, repo);
  const there = await sourceGit(ctx, repo, pull);
  if (there && there.dir !== here.dir) await bringCommit(there, here, oid);
  const ref = headRef(pull.number);
  const old = (await readRef(here, ref))?.oid ?? null;
  if (old === oid) return;
  requireMoved(await moveInternalRefs(ctx, repo, [{ ref, old, new: oid }], "pull request head"));
}

/**
 * Brings an open pull request up to date with its branches: a new head is kept and told, a new base is noted. A deleted source
 * branch leaves the head as it was. Whether a push merged it is for the push's own job to say (`concludeInBase`), which knows who
 * pushed; a merge under way would look the same from here.
 */
export async function catchUp(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<PullRequest> {
  if (pull.state !== "open") return pull;
  const here = gitOf(ctx, repo);
  const [head, base] = await Promise.all([sourceTip(ctx, repo, pull), branchTip(here, pull.targetBranch)]);
  let current = pull;
  if (head !== null && head !== pull.headSha) current = await moveHead(ctx, repo, pull, head);
  if (base === null || base === current.baseSha || current.state !== "open") return current;
  // The base stays where the head left it, or there would be nothing to show between the two.
  if (await isAncestor(here, current.headSha, base)) return current;
  const [moved] = await ctx.db
    .update(pullRequests)
    .set({ baseSha: base, updatedAt: current.updatedAt })
    .where(
      and(
        eq(pullRequests.id, current.id),
        eq(pullRequests.state, "open"),
        eq(pullRequests.targetBranch, current.targetBranch),
      ),
    )
    .returning();
  return moved ?? current;
}

/**
 * Ends an open pull request whose head the target has already. The row's base stays where the head left it (`catchUp`): a head
 * that came after it was merged by pushing, one that lies before it was reset to what was there and brings nothing.
 */
export async function concludeInBase(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  byId: string | null,
): Promise<PullRequest> {
  const git = gitOf(ctx, repo);
  const base = await branchTip(git, pull.targetBranch);
  if (pull.state !== "open" || base === null || !(await isAncestor(git, pull.headSha, base))) return pull;
  const wasReset = await isAncestor(git, pull.headSha, pull.baseSha);
  const ended = await transact(ctx, (tx) =>
    wasReset ? closeAbandoned(tx, pull, byId) : markMerged(tx, pull, { sha: base, method: "push", byId }),
  );
  return ended ?? pull;
}

async function moveHead(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  head: string,
): Promise<PullRequest> {
  await keepHead(ctx, repo, pull, head);
  const forced = !(await isAncestor(gitOf(ctx, repo), pull.headSha, head));
  return transact(ctx, async (tx) => {
    const [row] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, pull.id)).for("update");
    // Another reader noticed it first, and told it.
    if (!row || row.state !== "open" || row.headSha === head) return row ?? pull;
    const [moved] = await tx.db
      .update(pullRequests)
      .set({ headSha: head, isMergeable: null, updatedAt: tx.clock.now() })
      .where(eq(pullRequests.id, pull.id))
      .returning();
    await emit(
      tx,
      pullSynchronized,
      // Whoever reads first notices it; done it has who pushed.
      { repoId: repo.id, subjectId: pull.id, byId: await pusherOf(tx, pull, head) },
      { ...described(pull), before: row.headSha, after: head, forced },
    );
    return moved ?? row;
  });
}
