/** Asking for a run of mirrors. The work is `run.ts`, in a job. */
import { and, eq, isNotNull, lt } from "drizzle-orm";
import type { TransactionContext } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { repositoryMirrors } from "../remotes/schema.ts";

export const mirrorJob = "repositories.mirror";

/** From here on a push does not start a run: the mirror is tried with growing pauses only. */
const triesAtOnce = 3;

/** What was pushed is to be pushed on: every mirror that follows the repository runs, once for all that came in by then. */
export async function wantPushMirrors(tx: TransactionContext, repo: Pick<Repository, "id">): Promise<void> {
  const wanted = await tx.db
    .update(repositoryMirrors)
    .set({ wantedAt: tx.clock.now() })
    .where(
      and(
        eq(repositoryMirrors.repoId, repo.id),
        eq(repositoryMirrors.direction, "push"),
        isNotNull(repositoryMirrors.nextRunAt),
        lt(repositoryMirrors.failures, triesAtOnce),
      ),
    )
    .returning({ id: repositoryMirrors.id });
  for (const { id } of wanted) await enqueueMirror(tx, id);
}

export const enqueueMirror = (tx: TransactionContext, mirrorId: string, startAfter?: Date): Promise<void> =>
  tx.jobs.enqueue(
    tx,
    mirrorJob,
    { mirrorId },
    { singletonKey: mirrorId, ...(startAfter ? { startAfter } : {}) },
  );
