import { and, asc, desc, eq, gte, inArray, sql, type SQL } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../kernel/paging.ts";
import type { Order } from "../../../language/query.ts";
import { labels } from "../labels/schema.ts";
import type { Label } from "../labels/index.ts";
import type { RepoWith } from "../repositories/index.ts";
import { issueActivities, issueComments, issueLabels, issues } from "./schema.ts";

export type Issue = typeof issues.$inferSelect;
export type Comment = typeof issueComments.$inferSelect;
export type Activity = typeof issueActivities.$inferSelect;

/** The number in a path. @throws Refusal 404 for what is none */
export function parseNumber(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) throw notFound();
  return Number(text);
}

export async function findIssue(ctx: Context, repo: RepoWith<"read">, number: number): Promise<Issue | null> {
  const [row] = await ctx.db
    .select()
    .from(issues)
    .where(and(eq(issues.repoId, repo.id), eq(issues.number, number)));
  return row ?? null;
}

export type IssueOrder = Order;

const sortKey: Readonly<Record<IssueOrder["sort"], SortKey<Issue>>> = {
  created: { column: issues.createdAt, value: (row) => row.createdAt },
  updated: { column: issues.updatedAt, value: (row) => row.updatedAt },
  comments: { column: issues.commentsCount, value: (row) => row.commentsCount },
};

/** The issues for which `condition` holds. It must say who may see what: one repository, or all that the actor may see. */
export function listIssues(
  ctx: Context,
  condition: SQL | undefined,
  order: IssueOrder,
  page: PageRequest,
): Promise<Page<Issue>> {
  const keys = [sortKey[order.sort], { column: issues.id, value: (row: Issue) => row.id }];
  return readPage<Issue>(page, keys, order.direction, (part) =>
    ctx.db
      .select()
      .from(issues)
      .where(where(condition, part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** The labels of each issue, by name. */
export async function labelsOf(ctx: Context, issueIds: readonly string[]): Promise<Map<string, Label[]>> {
  if (issueIds.length === 0) return new Map();
  const rows = await ctx.db
    .select({ issueId: issueLabels.issueId, label: labels })
    .from(issueLabels)
    .innerJoin(labels, eq(labels.id, issueLabels.labelId))
    .where(inArray(issueLabels.issueId, [...issueIds]))
    .orderBy(asc(sql`lower(${labels.name})`));
  const byIssue = Map.groupBy(rows, (row) => row.issueId);
  return new Map([...byIssue].map(([issueId, found]) => [issueId, found.map((row) => row.label)]));
}

export function listComments(
  ctx: Context,
  scope: SQL,
  order: {
    readonly sort: "created" | "updated";
    readonly direction: "asc" | "desc";
    readonly since?: Date | undefined;
  },
  page: PageRequest,
): Promise<Page<Comment>> {
  const column = order.sort === "created" ? issueComments.createdAt : issueComments.updatedAt;
  const keys: SortKey<Comment>[] = [
    { column, value: (row) => (order.sort === "created" ? row.createdAt : row.updatedAt) },
    { column: issueComments.id, value: (row) => row.id },
  ];
  const since = order.since ? gte(issueComments.updatedAt, order.since) : undefined;
  return readPage<Comment>(page, keys, order.direction, (part) =>
    ctx.db
      .select()
      .from(issueComments)
      .where(where(scope, since, part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** Why conversations were locked, by issue, as the history says; those without a reason are left out. */
export async function lockReasonsOf(
  ctx: Context,
  list: readonly Pick<Issue, "id" | "lockedAt">[],
): Promise<Map<string, string>> {
  const locked = list.filter((issue) => issue.lockedAt !== null).map((issue) => issue.id);
  if (locked.length === 0) return new Map();
  const rows = await ctx.db
    .selectDistinctOn([issueActivities.issueId], {
      issueId: issueActivities.issueId,
      metadata: issueActivities.metadata,
    })
    .from(issueActivities)
    .where(and(inArray(issueActivities.issueId, locked), eq(issueActivities.action, "locked")))
    .orderBy(issueActivities.issueId, desc(issueActivities.createdAt), desc(issueActivities.id));
  const reasons = rows.map((row) => [row.issueId, row.metadata?.["reason"]] as const);
  return new Map(reasons.filter((one): one is readonly [string, string] => typeof one[1] === "string"));
}

/** The people who opened or discuss an issue, the author first, at most `limit`. */
export async function participantIds(ctx: Context, issue: Issue, limit: number): Promise<string[]> {
  const rows = await ctx.db
    .selectDistinct({ userId: issueComments.userId })
    .from(issueComments)
    .where(eq(issueComments.issueId, issue.id))
    .limit(limit);
  return [...new Set([issue.authorId, ...rows.map((row) => row.userId)])].slice(0, limit);
}
