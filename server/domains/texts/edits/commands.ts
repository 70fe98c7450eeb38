import { and, eq, isNull } from "drizzle-orm";
import { actorId, type Actor } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, reaches, requireUser, type Verdict } from "../../../kernel/grants.ts";
import { textEditErased } from "../events.ts";
import { textEdits } from "../schema.ts";
import type { SeenText, Text } from "../text.ts";

/** Keeps what a text said before a change, in the transaction that changes it. */
export async function noteEdit(
  tx: TransactionContext,
  repo: { readonly id: string },
  text: Pick<Text, "id" | "kind">,
  former: string,
): Promise<void> {
  await tx.db.insert(textEdits).values({
    repoId: repo.id,
    textKind: text.kind,
    textId: text.id,
    editorId: actorId(tx.actor),
    body: former,
    createdAt: tx.clock.now(),
  });
}

/** Whoever wrote a text, and who administers where it stands, can have forgotten what it said. */
export function mayErase(actor: Actor, { repo, text }: SeenText): Verdict {
  return (
    text.authorId === actorId(actor) ||
    reaches(repo.access, "admin") ||
    "Only its author and administrators of the repository can erase what a text said"
  );
}

/** Forgets what a text said before one of its changes; that it was changed stays known. */
export function eraseEdit(ctx: Context, { repo, text }: SeenText, apiId: number): Promise<void> {
  const me = requireUser(ctx.actor).user;
  enforce(mayErase(ctx.actor, { repo, text }));
  return transact(ctx, async (tx) => {
    const here = and(eq(textEdits.apiId, apiId), eq(textEdits.textId, text.id));
    const [row] = await tx.db.select().from(textEdits).where(here).for("update");
    if (!row) throw notFound();
    const erased = await tx.db
      .update(textEdits)
      .set({ body: null, erasedAt: tx.clock.now(), erasedById: me.id })
      .where(and(here, isNull(textEdits.erasedAt)))
      .returning({ id: textEdits.id });
    if (erased.length === 0) return;
    const fact = { text_kind: text.kind, text_id: text.id, edit_id: row.id };
    await emit(tx, textEditErased, { repoId: repo.id, subjectId: text.id }, fact);
  });
}
