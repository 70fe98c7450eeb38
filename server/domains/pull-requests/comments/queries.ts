import { and, asc, eq, isNotNull, isNull, sql, type SQL } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../../kernel/paging.ts";
import { prComments, prReviews } from "../schema.ts";
import type { Side } from "./place.ts";

export type PullComment = typeof prComments.$inferSelect;

/** A comment on a line, or on a file as a whole. */
export interface InlineComment extends PullComment {
  readonly path: string;
  readonly side: Side;
  readonly originalCommitSha: string;
}

export interface LineComment extends InlineComment {
  readonly originalLine: number;
}

export const isOnLine = (comment: InlineComment): comment is LineComment => comment.originalLine !== null;

export const isInline = (comment: PullComment): comment is InlineComment => comment.path !== null;

/** What is part of a review that was not submitted is seen by its author alone. */
export function isPublished(ctx: Context): SQL {
  const me = actorId(ctx.actor);
  return sql`(${prComments.reviewId} is null or exists (
    select 1 from ${prReviews} where ${prReviews.id} = ${prComments.reviewId}
      and (${prReviews.state} <> 'pending' or ${prReviews.userId} = ${me})))`;
}

export const isGeneral = isNull(prComments.path);

export interface CommentOrder {
  readonly sort: "created" | "updated";
  readonly direction: "asc" | "desc";
  readonly since?: Date | undefined;
}

/** A page of comments within a scope, of one kind or both, as the actor may see them. */
export function listPullComments(
  ctx: Context,
  scope: SQL | undefined,
  order: CommentOrder,
  page: PageRequest,
): Promise<Page<PullComment>> {
  const column = order.sort === "created" ? prComments.createdAt : prComments.updatedAt;
  const keys: SortKey<PullComment>[] = [
    { column, value: (row) => (order.sort === "created" ? row.createdAt : row.updatedAt) },
    { column: prComments.id, value: (row) => row.id },
  ];
  const since = order.since ? sql`${prComments.updatedAt} >= ${order.since}` : undefined;
  return readPage<PullComment>(page, keys, order.direction, (part) =>
    ctx.db
      .select()
      .from(prComments)
      .where(where(scope, isPublished(ctx), since, part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** A page of the website shows at most so many inline comments of one pull request. */
const mostInline = 1000;

/** All inline comments of a pull request that the actor may see, oldest first. */
export async function inlineComments(ctx: Context, prId: string): Promise<InlineComment[]> {
  const rows = await ctx.db
    .select()
    .from(prComments)
    .where(and(eq(prComments.prId, prId), isNotNull(prComments.path), isPublished(ctx)))
    .orderBy(asc(prComments.createdAt), asc(prComments.id))
    .limit(mostInline);
  return rows.filter(isInline);
}
