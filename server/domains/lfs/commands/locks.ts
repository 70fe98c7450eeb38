import { and, eq } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { conflict } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce } from "../../../kernel/grants.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { fileLocked, fileUnlocked } from "../events.ts";
import { mayUnlock } from "../policy.ts";
import { lockOn, type Lock } from "../queries.ts";
import { lfsLocks } from "../schema.ts";

/** Locks a path, or answers the lock that somebody (perhaps the same person) has on it. */
export function createLock(
  ctx: Context,
  repo: RepoWith<"write">,
  me: UserActor,
  path: string,
): Promise<{ readonly lock: Lock; readonly created: boolean }> {
  return transact(ctx, async (tx) => {
    const [row] = await tx.db
      .insert(lfsLocks)
      .values({ repoId: repo.id, path, ownerId: me.user.id, lockedAt: tx.clock.now() })
      .onConflictDoNothing()
      .returning();
    if (row) {
      await emit(tx, fileLocked, { repoId: repo.id, subjectId: row.id }, { lock_id: row.id, path });
      return { lock: { ...row, login: me.user.login }, created: true };
    }
    const held = await lockOn(tx, repo, path);
    if (!held) throw conflict("This file was unlocked at this moment; lock it again");
    return { lock: held, created: false };
  });
}

/** @throws Refusal 403 for another's lock, unless an administrator of the repository forces it */
export function deleteLock(
  ctx: Context,
  repo: RepoWith<"write">,
  me: UserActor,
  lock: Lock,
  force: boolean,
): Promise<void> {
  enforce(mayUnlock(lock, { id: me.user.id, access: repo.access, force }));
  return transact(ctx, async (tx) => {
    const gone = await tx.db
      .delete(lfsLocks)
      .where(and(eq(lfsLocks.repoId, repo.id), eq(lfsLocks.id, lock.id)))
      .returning({ id: lfsLocks.id });
    if (gone.length === 0) return;
    await emit(
      tx,
      fileUnlocked,
      { repoId: repo.id, subjectId: lock.id },
      { lock_id: lock.id, path: lock.path, forced: lock.ownerId !== me.user.id },
    );
  });
}
