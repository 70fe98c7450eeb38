import { and, eq } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { forbidden, notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { enforce, requireUser } from "../../../kernel/grants.ts";
import { textReacted, textUnreacted } from "../events.ts";
import { reactions } from "../schema.ts";
import type { SeenText } from "../text.ts";
import type { Content, Reaction } from "./queries.ts";

/** Reacts to a text. Done already, it answers the reaction that is there. */
export function react(
  ctx: Context,
  { repo, text }: SeenText,
  content: Content,
): Promise<{ readonly reaction: Reaction; readonly isNew: boolean }> {
  const me = requireUser(ctx.actor).user;
  enforce(text.speak);
  return transact(ctx, async (tx) => {
    if (!(await text.hold(tx))) throw notFound();
    const [made] = await tx.db
      .insert(reactions)
      .values({
        repoId: repo.id,
        textKind: text.kind,
        textId: text.id,
        userId: me.id,
        content,
        createdAt: tx.clock.now(),
      })
      .onConflictDoNothing()
      .returning();
    if (made) {
      const fact = { text_kind: text.kind, text_id: text.id, content };
      await emit(tx, textReacted, { repoId: repo.id, subjectId: text.id }, fact);
      return { reaction: made, isNew: true };
    }
    const [there] = await tx.db
      .select()
      .from(reactions)
      .where(and(eq(reactions.textId, text.id), eq(reactions.userId, me.id), eq(reactions.content, content)));
    if (!there) throw notFound();
    return { reaction: there, isNew: false };
  });
}

/** Takes one's own reaction back. @throws Refusal 404 for one to another text, 403 for another's */
export function unreact(ctx: Context, { repo, text }: SeenText, apiId: number): Promise<void> {
  const me = requireUser(ctx.actor).user;
  enforce(text.speak);
  return transact(ctx, async (tx) => {
    const [row] = await tx.db
      .select()
      .from(reactions)
      .where(and(eq(reactions.apiId, apiId), eq(reactions.textId, text.id)))
      .for("update");
    if (!row) throw notFound();
    if (row.userId !== me.id) throw forbidden("A reaction is taken back by who gave it");
    await tx.db.delete(reactions).where(eq(reactions.id, row.id));
    const fact = { text_kind: text.kind, text_id: text.id, content: row.content };
    await emit(tx, textUnreacted, { repoId: repo.id, subjectId: text.id }, fact);
  });
}
