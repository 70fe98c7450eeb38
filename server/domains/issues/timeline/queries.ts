/** The history and the comments of an issue as one list, and the part of the history that a reader may see. */
import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../../kernel/paging.ts";
import { visibleTo, type RepoWith } from "../../repositories/index.ts";
import { repositories } from "../../repositories/schema.ts";
import type { Activity, Comment, Issue } from "../queries.ts";
import { issueActivities, issueComments, issues } from "../schema.ts";

export type Entry =
  | { readonly kind: "comment"; readonly comment: Comment }
  | { readonly kind: "activity"; readonly activity: Activity };

/** That a text changed is in our history and not in GitHub's; what others may not see is in nobody's. */
function shown(ctx: Context): SQL {
  const source = sql`(${issueActivities.metadata} ->> 'source_repo_id')::uuid`;
  const seen = sql`exists (select 1 from ${repositories} where ${repositories.id} = ${source} and ${visibleTo(ctx.actor)})`;
  return sql`(${issueActivities.action} <> 'edited' and (${issueActivities.action} not in ('cross-referenced', 'referenced') or ${seen}))`;
}

/** A page of the timeline, oldest first. */
export async function readTimeline(ctx: Context, issue: Issue, page: PageRequest): Promise<Page<Entry>> {
  const entries = unionAll(
    ctx.db
      .select({
        kind: sql<string>`'comment'`.as("kind"),
        id: issueComments.id,
        createdAt: issueComments.createdAt,
      })
      .from(issueComments)
      .where(eq(issueComments.issueId, issue.id)),
    ctx.db
      .select({
        kind: sql<string>`'activity'`.as("kind"),
        id: issueActivities.id,
        createdAt: issueActivities.createdAt,
      })
      .from(issueActivities)
      .where(and(eq(issueActivities.issueId, issue.id), shown(ctx))),
  ).as("entries");
  interface Row {
    readonly kind: string;
    readonly id: string;
    readonly createdAt: Date;
  }
  const keys: SortKey<Row>[] = [
    { column: sql`${entries.createdAt}`, value: (row) => row.createdAt },
    { column: sql`${entries.id}`, value: (row) => row.id },
  ];
  const rows = await readPage<Row>(page, keys, "asc", (part) =>
    ctx.db
      .select()
      .from(entries)
      .where(part.where)
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
  return { ...rows, items: await load(ctx, rows.items) };
}

async function load(
  ctx: Context,
  rows: readonly { readonly kind: string; readonly id: string }[],
): Promise<Entry[]> {
  const ids = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.id);
  const [comments, activities] = await Promise.all([
    ctx.db
      .select()
      .from(issueComments)
      .where(inArray(issueComments.id, ids("comment"))),
    ctx.db
      .select()
      .from(issueActivities)
      .where(inArray(issueActivities.id, ids("activity"))),
  ]);
  const found = new Map<string, Entry>([
    ...comments.map((comment) => [comment.id, { kind: "comment", comment }] as const),
    ...activities.map((activity) => [activity.id, { kind: "activity", activity }] as const),
  ]);
  return rows.map((row) => found.get(row.id)).filter((entry) => entry !== undefined);
}

const newest: readonly SortKey<{ readonly activity: Activity }>[] = [
  { column: issueActivities.createdAt, value: (row) => row.activity.createdAt },
  { column: issueActivities.id, value: (row) => row.activity.id },
];

/** GitHub's issue events know no cross-references: they are in the timeline only. */
const isEvent = sql`${issueActivities.action} <> 'cross-referenced'`;

/** The history of one issue, oldest first. */
export async function listEvents(ctx: Context, issue: Issue, page: PageRequest): Promise<Page<Activity>> {
  const rows = await readPage<{ activity: Activity }>(page, newest, "asc", (part) =>
    ctx.db
      .select({ activity: issueActivities })
      .from(issueActivities)
      .where(where(eq(issueActivities.issueId, issue.id), isEvent, shown(ctx), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
  return { ...rows, items: rows.items.map((row) => row.activity) };
}

export interface EventOfIssue {
  readonly issue: Issue;
  readonly activity: Activity;
}

/** The history of all issues of a repository, newest first. */
export function listRepositoryEvents(
  ctx: Context,
  repo: RepoWith<"read">,
  page: PageRequest,
): Promise<Page<EventOfIssue>> {
  return readPage<EventOfIssue>(page, newest, "desc", (part) =>
    ctx.db
      .select({ issue: issues, activity: issueActivities })
      .from(issueActivities)
      .innerJoin(issues, eq(issues.id, issueActivities.issueId))
      .where(where(eq(issues.repoId, repo.id), isEvent, shown(ctx), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** @throws Refusal 404, also for an event of another repository */
export async function getEvent(ctx: Context, repo: RepoWith<"read">, id: string): Promise<EventOfIssue> {
  if (!/^[1-9]\d{0,15}$/.test(id)) throw notFound();
  const [row] = await ctx.db
    .select({ issue: issues, activity: issueActivities })
    .from(issueActivities)
    .innerJoin(issues, eq(issues.id, issueActivities.issueId))
    .where(where(eq(issueActivities.apiId, Number(id)), eq(issues.repoId, repo.id), isEvent, shown(ctx)));
  if (!row) throw notFound();
  return row;
}
