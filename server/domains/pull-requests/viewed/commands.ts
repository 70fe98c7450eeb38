import { and, eq } from "drizzle-orm";
import { pathEntry } from "../../../git/trees.ts";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { sha256Hex } from "../../../kernel/crypto/digest.ts";
import { conflict, notFound } from "../../../kernel/errors.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import { forkPoint } from "../contents.ts";
import type { PullRequest } from "../queries.ts";
import { prViewedFiles } from "./schema.ts";

export interface SeenFile {
  readonly path: string;
  /** Its content as it was shown on the new side; null for a deleted file. */
  readonly oid: string | null;
}

/**
 * Marks a file as read by `me`, in the version that was shown. Only its reader ever learns of it, so no event tells it.
 *
 * @param pull with the head that is current
 * @throws Refusal 409 when the file has changed since, 404 when it is in neither version
 */
export async function markViewed(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  me: UserActor,
  { path, oid }: SeenFile,
): Promise<void> {
  await requireAsShown(ctx, repo, pull, { path, oid });
  await transact(ctx, async (tx) => {
    const mark = { path, headOid: oid, createdAt: tx.clock.now() };
    await tx.db
      .insert(prViewedFiles)
      .values({ prId: pull.id, userId: me.user.id, pathHash: sha256Hex(path), ...mark })
      .onConflictDoUpdate({
        target: [prViewedFiles.prId, prViewedFiles.userId, prViewedFiles.pathHash],
        set: mark,
      });
  });
}

async function requireAsShown(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  { path, oid }: SeenFile,
): Promise<void> {
  const git = gitOf(ctx, repo);
  const now = await pathEntry(git, pull.headSha, path);
  if ((now?.oid ?? null) !== oid)
    throw conflict("This file has changed since it was shown; read it again first");
  if (now) {
    if (now.kind === "directory") throw notFound("This is a folder");
    return;
  }
  const before = await pathEntry(git, await forkPoint(ctx, repo, pull), path);
  if (!before || before.kind === "directory") throw notFound("This pull request has no such file");
}

/** Takes the mark back. Not marked, it does nothing. */
export function unmarkViewed(ctx: Context, pull: PullRequest, me: UserActor, path: string): Promise<void> {
  return transact(ctx, async (tx) => {
    await tx.db
      .delete(prViewedFiles)
      .where(
        and(
          eq(prViewedFiles.prId, pull.id),
          eq(prViewedFiles.userId, me.user.id),
          eq(prViewedFiles.pathHash, sha256Hex(path)),
        ),
      );
  });
}
