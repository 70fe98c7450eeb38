import { eq, max, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { oneOf } from "../../../kernel/db/one-of.ts";
import { readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { textEdits } from "../schema.ts";

export type Edit = typeof textEdits.$inferSelect;

/** The changes of a text, newest first. */
export function listEdits(ctx: Context, textId: string, page: PageRequest): Promise<Page<Edit>> {
  return readPage<Edit>(page, [{ column: textEdits.id, value: (row) => row.id }], "desc", (part) =>
    ctx.db
      .select()
      .from(textEdits)
      .where(where(eq(textEdits.textId, textId), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

export interface Edited {
  readonly count: number;
  readonly at: Date;
}

/** How often texts were changed, by their ids; those that never were are left out. */
export async function editsOf(ctx: Context, textIds: readonly string[]): Promise<Map<string, Edited>> {
  if (textIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({
      id: textEdits.textId,
      count: sql<number>`count(*)`.mapWith(Number),
      at: max(textEdits.createdAt),
    })
    .from(textEdits)
    .where(oneOf(textEdits.textId, textIds))
    .groupBy(textEdits.textId);
  return new Map(rows.flatMap(({ id, count, at }) => (at === null ? [] : [[id, { count, at }] as const])));
}
