import { and, asc, eq, isNotNull, lte, or, sql } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { repositoryMirrors } from "../remotes/schema.ts";
import { enqueueMirror } from "./wanted.ts";

const inOneTurn = 500;

/** Has the mirrors run whose time has come. Answers how many. */
export function runDueMirrors(ctx: Context): Promise<number> {
  return transact(ctx, async (tx) => {
    const now = tx.clock.now();
    const due = await tx.db
      .select({ id: repositoryMirrors.id })
      .from(repositoryMirrors)
      .where(lte(repositoryMirrors.nextRunAt, now))
      .orderBy(asc(repositoryMirrors.nextRunAt))
      .limit(inOneTurn)
      .for("update", { skipLocked: true });
    for (const { id } of due) {
      await tx.db
        .update(repositoryMirrors)
        .set({
          // Should the run get lost, the next turn comes all the same.
          nextRunAt: sql`${now.toISOString()}::timestamptz + make_interval(mins => ${repositoryMirrors.intervalMinutes})`,
        })
        .where(eq(repositoryMirrors.id, id));
      await enqueueMirror(tx, id);
    }
    return due.length;
  });
}

/** Has those run again that were cut off with the server, or wanted and not begun. */
export async function resumeMirrors(ctx: Context): Promise<void> {
  const cut = await ctx.db
    .select({ id: repositoryMirrors.id })
    .from(repositoryMirrors)
    .where(
      and(
        isNotNull(repositoryMirrors.nextRunAt),
        or(
          sql`${repositoryMirrors.wantedAt} > coalesce(${repositoryMirrors.startedAt}, '-infinity')`,
          sql`${repositoryMirrors.startedAt} > coalesce(${repositoryMirrors.finishedAt}, '-infinity')`,
        ),
      ),
    );
  for (const { id } of cut) await transact(ctx, (tx) => enqueueMirror(tx, id));
}
