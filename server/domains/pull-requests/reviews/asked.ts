/** Who was asked for a review. */
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { prReviewers } from "./schema.ts";

export type Request = typeof prReviewers.$inferSelect;

/** Who was asked and has not answered, by pull request, in the order of the asking. */
export async function requestsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Request[]>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select()
    .from(prReviewers)
    .where(and(inArray(prReviewers.prId, [...ids]), eq(prReviewers.state, "pending")))
    .orderBy(asc(prReviewers.requestedAt), asc(prReviewers.id));
  return Map.groupBy(rows, (row) => row.prId);
}
