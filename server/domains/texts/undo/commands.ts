/** Deleted texts wait here for a while, so that whoever deleted one can take that back. */
import { and, eq, gt, inArray, lt } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { requireUser } from "../../../kernel/grants.ts";
import type { JobType } from "../../../kernel/jobs/index.ts";
import { deletedTexts, reactions, textEdits } from "../schema.ts";
import type { TextKind } from "../text.ts";

/** How long a deletion can be taken back. */
const undoMs = 10 * 60_000;

export interface DeletedText {
  readonly id: string;
  /** The number that the API calls it by. */
  readonly apiId: number;
  readonly kind: TextKind;
  readonly repoId: string;
  /** What puts it back. Dates become text. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** Keeps a text in the transaction that deletes it. */
export async function keepDeleted(tx: TransactionContext, text: DeletedText): Promise<void> {
  const row = {
    textId: text.id,
    apiId: String(text.apiId),
    textKind: text.kind,
    repoId: text.repoId,
    deletedById: requireUser(tx.actor).user.id,
    kept: text.kept,
    deletedAt: tx.clock.now(),
  };
  await tx.db.insert(deletedTexts).values(row).onConflictDoUpdate({ target: deletedTexts.textId, set: row });
}

/** What the actor deleted a short while ago, taken out of what waits here; null when there is nothing, or no more. */
export async function takeDeleted(
  tx: TransactionContext,
  wanted: Pick<DeletedText, "apiId" | "kind" | "repoId">,
): Promise<Readonly<Record<string, unknown>> | null> {
  const [row] = await tx.db
    .delete(deletedTexts)
    .where(
      and(
        eq(deletedTexts.repoId, wanted.repoId),
        eq(deletedTexts.textKind, wanted.kind),
        eq(deletedTexts.apiId, String(wanted.apiId)),
        eq(deletedTexts.deletedById, requireUser(tx.actor).user.id),
        gt(deletedTexts.deletedAt, new Date(tx.clock.now().getTime() - undoMs)),
      ),
    )
    .returning();
  return row?.kept ?? null;
}

const batch = 1000;

/** Forgets for good what can no longer be taken back, with what hung on it. */
export const forgetDeleted: JobType = {
  name: "texts.forget-deleted",
  lane: "upkeep",
  schedule: "*/10 * * * *",
  handle: async (ctx) => {
    while ((await forgetSome(ctx)) === batch);
  },
};

function forgetSome(ctx: Context): Promise<number> {
  return transact(ctx, async (tx) => {
    const old = await tx.db
      .select({ id: deletedTexts.textId })
      .from(deletedTexts)
      .where(lt(deletedTexts.deletedAt, new Date(tx.clock.now().getTime() - undoMs)))
      .limit(batch)
      .for("update", { skipLocked: true });
    const ids = old.map((row) => row.id);
    if (ids.length === 0) return 0;
    await tx.db.delete(reactions).where(inArray(reactions.textId, ids));
    await tx.db.delete(textEdits).where(inArray(textEdits.textId, ids));
    await tx.db.delete(deletedTexts).where(inArray(deletedTexts.textId, ids));
    return ids.length;
  });
}
