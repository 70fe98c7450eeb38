import { and, asc, desc, eq, inArray, ne, sql, type SQL } from "drizzle-orm";
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

export interface PullRequestFilter {
  readonly state?: "open" | "closed" | "all" | undefined;
  readonly targetBranch?: string | undefined;
  readonly source?: { readonly repoId: string; readonly branch: string } | undefined;
  readonly authorId?: string | undefined;
  readonly assigneeId?: string | null | undefined;
  readonly milestoneId?: string | null | undefined;
  readonly labelIds?: readonly string[] | undefined;
  readonly text?: string | undefined;
  /** Assigned to anyone; in any milestone. */
  readonly assigned?: boolean | undefined;
  readonly milestoned?: boolean | undefined;
  readonly since?: Date | undefined;
}

export interface PullRequestOrder {
  readonly sort: "created" | "updated" | "popularity" | "long-running" | "comments";
  readonly direction: "asc" | "desc";
}

const created: SortKey<PullRequest> = { column: pullRequests.createdAt, value: (row) => row.createdAt };
const discussed: SortKey<PullRequest> = {
  column: pullRequests.commentsCount,
  value: (row) => row.commentsCount,
};
const sortKey: Readonly<Record<PullRequestOrder["sort"], SortKey<PullRequest>>> = {
  created,
  updated: { column: pullRequests.updatedAt, value: (row) => row.updatedAt },
  popularity: discussed,
  comments: discussed,
  "long-running": created,
};

export function listPullRequests(
  ctx: Context,
  scope: SQL | undefined,
  filter: PullRequestFilter,
  order: PullRequestOrder,
  page: PageRequest,
): Promise<Page<PullRequest>> {
  const keys = [sortKey[order.sort], { column: pullRequests.id, value: (row: PullRequest) => row.id }];
  return readPage<PullRequest>(page, keys, order.direction, (part) =>
    ctx.db
      .select()
      .from(pullRequests)
      .where(where(scope, filterCondition(filter), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

export async function countPullRequests(
  ctx: Context,
  scope: SQL,
  filter: PullRequestFilter,
): Promise<{ open: number; closed: number }> {
  const isOpen = sql<boolean>`${pullRequests.state} = 'open'`;
  const rows = await ctx.db
    .select({ isOpen, count: sql<number>`count(*)`.mapWith(Number) })
    .from(pullRequests)
    .where(where(scope, filterCondition({ ...filter, state: "all" })))
    .groupBy(isOpen);
  const count = (open: boolean) => rows.find((row) => row.isOpen === open)?.count ?? 0;
  return { open: count(true), closed: count(false) };
}

export function filterCondition(filter: PullRequestFilter): SQL | undefined {
  const carries = (labelId: string) =>
    sql`exists (select 1 from ${prLabels} where ${prLabels.prId} = ${pullRequests.id} and ${prLabels.labelId} = ${labelId})`;
  const nullable = (
    column: typeof pullRequests.assigneeId | typeof pullRequests.milestoneId,
    value: string | null,
  ) => (value === null ? sql`${column} is null` : sql`${column} = ${value}`);
  return where(
    // To a list "closed" is all that is over, merged or not; the constant keeps the index usable.
    filter.state === "open" ? eq(pullRequests.state, "open") : undefined,
    filter.state === "closed" ? inArray(pullRequests.state, ["closed", "merged"]) : undefined,
    filter.targetBranch === undefined ? undefined : eq(pullRequests.targetBranch, filter.targetBranch),
    filter.source
      ? and(
          eq(pullRequests.sourceRepoId, filter.source.repoId),
          eq(pullRequests.sourceBranch, filter.source.branch),
        )
      : undefined,
    filter.authorId === undefined ? undefined : eq(pullRequests.authorId, filter.authorId),
    filter.assigneeId === undefined ? undefined : nullable(pullRequests.assigneeId, filter.assigneeId),
    filter.milestoneId === undefined ? undefined : nullable(pullRequests.milestoneId, filter.milestoneId),
    filter.assigned ? sql`${pullRequests.assigneeId} is not null` : undefined,
    filter.milestoned ? sql`${pullRequests.milestoneId} is not null` : undefined,
    filter.since ? sql`${pullRequests.updatedAt} >= ${filter.since}` : undefined,
    ...(filter.labelIds ?? []).map(carries),
    filter.text
      ? sql`to_tsvector('simple', ${pullRequests.title} || ' ' || coalesce(${pullRequests.body}, '')) @@ websearch_to_tsquery('simple', ${filter.text})`
      : undefined,
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
