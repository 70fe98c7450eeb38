import { and, asc, desc, eq, inArray, ne, sql, type SQL } from "drizzle-orm";
import type { Order } from "../../../language/query.ts";
import type { Context } from "../../kernel/context.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../kernel/paging.ts";
import { events } from "../../kernel/schema.ts";
import type { Label } from "../labels/index.ts";
import { labels } from "../labels/schema.ts";
import type { RepoWith } from "../repositories/index.ts";
import { pullLocked } from "./events.ts";
import { prComments, prLabels, prReviews, pullRequests } from "./schema.ts";

export type PullRequest = typeof pullRequests.$inferSelect;

export async function findPullRequest(
  ctx: Context,
  repo: RepoWith<"read">,
  number: number,
): Promise<PullRequest | null> {
  const [row] = await ctx.db
    .select()
    .from(pullRequests)
    .where(and(eq(pullRequests.repoId, repo.id), eq(pullRequests.number, number)));
  return row ?? null;
}

const sortKey: Readonly<Record<Order["sort"], SortKey<PullRequest>>> = {
  created: { column: pullRequests.createdAt, value: (row) => row.createdAt },
  updated: { column: pullRequests.updatedAt, value: (row) => row.updatedAt },
  comments: { column: pullRequests.commentsCount, value: (row) => row.commentsCount },
};

/** The pull requests for which `condition` holds. It must say who may see what, as that of issues. */
export function listPullRequests(
  ctx: Context,
  condition: SQL | undefined,
  order: Order,
  page: PageRequest,
): Promise<Page<PullRequest>> {
  const keys = [sortKey[order.sort], { column: pullRequests.id, value: (row: PullRequest) => row.id }];
  return readPage<PullRequest>(page, keys, order.direction, (part) =>
    ctx.db
      .select()
      .from(pullRequests)
      .where(where(condition, part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** The labels of each pull request, by name. */
export async function labelsOf(ctx: Context, ids: readonly string[]): Promise<Map<string, Label[]>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ prId: prLabels.prId, label: labels })
    .from(prLabels)
    .innerJoin(labels, eq(labels.id, prLabels.labelId))
    .where(inArray(prLabels.prId, [...ids]))
    .orderBy(asc(sql`lower(${labels.name})`));
  const byPull = Map.groupBy(rows, (row) => row.prId);
  return new Map([...byPull].map(([prId, found]) => [prId, found.map((row) => row.label)]));
}

/** Why conversations are locked, by pull request, as the news of it said; those without a reason are left out. */
export async function lockReasonsOf(
  ctx: Context,
  list: readonly Pick<PullRequest, "id" | "lockedAt">[],
): Promise<Map<string, string>> {
  const locked = list.filter((pull) => pull.lockedAt !== null).map((pull) => pull.id);
  if (locked.length === 0) return new Map();
  const rows = await ctx.db
    .selectDistinctOn([events.subjectId], { id: events.subjectId, payload: events.payload })
    .from(events)
    .where(and(inArray(events.subjectId, locked), eq(events.type, pullLocked.name)))
    .orderBy(events.subjectId, desc(events.sequence));
  const reasons = rows.map((row) => [row.id ?? "", pullLocked.payload.parse(row.payload).reason] as const);
  return new Map(reasons.filter((one): one is readonly [string, string] => typeof one[1] === "string"));
}

/** The people who opened, discuss or have reviewed a pull request, the author first, at most `limit`. */
export async function participantIds(ctx: Context, pull: PullRequest, limit: number): Promise<string[]> {
  const rows = await ctx.db
    .select({ userId: prComments.userId })
    .from(prComments)
    .where(and(eq(prComments.prId, pull.id), sql`${prComments.reviewId} is null`))
    .union(
      ctx.db
        .select({ userId: prReviews.userId })
        .from(prReviews)
        .where(and(eq(prReviews.prId, pull.id), ne(prReviews.state, "pending"))),
    )
    .limit(limit);
  return [...new Set([pull.authorId, ...rows.map((row) => row.userId)])].slice(0, limit);
}
