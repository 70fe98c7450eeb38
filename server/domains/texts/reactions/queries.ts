import { and, eq, sql } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { oneOf } from "../../../kernel/db/one-of.ts";
import { readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { reactions } from "../schema.ts";

export type Reaction = typeof reactions.$inferSelect;

/** GitHub's words, in its order. */
export const contents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;
export type Content = (typeof contents)[number];

/** The reactions to a text, oldest first. */
export function listReactions(
  ctx: Context,
  textId: string,
  content: Content | undefined,
  page: PageRequest,
): Promise<Page<Reaction>> {
  const only = content === undefined ? undefined : eq(reactions.content, content);
  return readPage<Reaction>(page, [{ column: reactions.id, value: (row) => row.id }], "asc", (part) =>
    ctx.db
      .select()
      .from(reactions)
      .where(where(and(eq(reactions.textId, textId), only), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

export interface Reacted {
  readonly counts: ReadonlyMap<string, number>;
  /** The reader's own: content to the reaction's integer id. */
  readonly mine: ReadonlyMap<string, number>;
}

/** What was given to many texts, by the texts' ids; those without any are left out. */
export async function reactionsOf(ctx: Context, textIds: readonly string[]): Promise<Map<string, Reacted>> {
  if (textIds.length === 0) return new Map();
  const me = actorId(ctx.actor);
  const rows = await ctx.db
    .select({
      textId: reactions.textId,
      content: reactions.content,
      count: sql<number>`count(*)`.mapWith(Number),
      mine: sql<string | null>`max(${reactions.apiId}) filter (where ${reactions.userId} = ${me})`,
    })
    .from(reactions)
    .where(oneOf(reactions.textId, textIds))
    .groupBy(reactions.textId, reactions.content);
  return new Map(
    [...Map.groupBy(rows, (row) => row.textId)].map(([id, group]) => [
      id,
      {
        counts: new Map(group.map((row) => [row.content, row.count])),
        mine: new Map(
          group.flatMap((row) => (row.mine === null ? [] : [[row.content, Number(row.mine)] as const])),
        ),
      },
    ]),
  );
}
