/** What happened to a pull request and what was said, as one list. */
import { and, asc, eq, inArray, ne, sql, type SQL } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import type { Commit } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { readPage, type Page, type PageRequest, type SortKey } from "../../../kernel/paging.ts";
import { events } from "../../../kernel/schema.ts";
import {
  isGeneral,
  isInline,
  isPublished,
  type InlineComment,
  type PullComment,
} from "../comments/queries.ts";
import { visibleTo, type Repository } from "../../repositories/index.ts";
import { repositories } from "../../repositories/schema.ts";
import * as facts from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { orNull } from "../revisions/story.ts";
import { isSubmitted, type Review } from "../reviews/queries.ts";
import { prComments, prReviews } from "../schema.ts";
import { commitsByPush, type Came } from "./commits.ts";

export type Fact = typeof events.$inferSelect;

export type Entry =
  | { readonly kind: "comment"; readonly comment: PullComment }
  | { readonly kind: "review"; readonly review: Review }
  /** A thread that belongs to no review: it began with a single comment. */
  | { readonly kind: "thread"; readonly root: InlineComment }
  | { readonly kind: "event"; readonly fact: Fact }
  /** One commit, or all that a push brought: as it was asked for. */
  | { readonly kind: "commits"; readonly id: string; readonly at: Date; readonly commits: readonly Commit[] };

/** The events that are told; comments and reviews stand for themselves. */
export const toldEvents = [
  facts.pullClosed,
  facts.pullReopened,
  facts.pullMerged,
  facts.pullEdited,
  facts.pullRetargeted,
  facts.pullRetargetFailed,
  facts.pullHeadDeleted,
  facts.pullHeadRestored,
  facts.pullSynchronized,
  facts.autoMergeEnabled,
  facts.autoMergeDisabled,
  facts.pullReadied,
  facts.pullDrafted,
  facts.pullLabeled,
  facts.pullUnlabeled,
  facts.pullAssigned,
  facts.pullUnassigned,
  facts.pullMilestoned,
  facts.pullLocked,
  facts.pullUnlocked,
  facts.reviewRequested,
  facts.reviewRequestRemoved,
  facts.reviewDismissed,
  facts.pullCrossReferenced,
  facts.pullReferenced,
].map((type) => type.name);

interface Row {
  readonly kind: string;
  readonly id: string;
  readonly createdAt: Date;
  /** Among those of one moment and id: 0, but for the commits that follow the push that brought them. */
  readonly place: number;
}

const first = sql<number>`0`.as("place");

/** An edit of the text alone is in our history and not in GitHub's. */
const isTold = sql`(${events.type} <> ${facts.pullEdited.name} or ${events.payload} ->> 'from' is not null)`;

/** What names this from where the reader may not look is not there for them. */
function isSeen(ctx: Context): SQL {
  const source = sql`(${events.payload} ->> 'source_repo_id')::uuid`;
  const seen = sql`exists (select 1 from ${repositories} where ${repositories.id} = ${source} and ${visibleTo(ctx.actor)})`;
  return sql`(${events.type} not in (${facts.pullCrossReferenced.name}, ${facts.pullReferenced.name}) or ${seen})`;
}

/** GitHub's events know no cross-references: they are in the timeline only. */
const isEvent = ne(events.type, facts.pullCrossReferenced.name);

/** What is read: the events alone, or everything with the commits one by one, or those of each push together. */
export type Reading = "events" | "each-commit" | "pushes";

/** A page of the timeline, oldest first. */
export async function readTimeline(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  page: PageRequest,
  reading: Reading,
): Promise<Page<Entry>> {
  const came = reading === "events" ? [] : ((await orNull(commitsByPush(ctx, repo, pull))) ?? []);
  const told = ctx.db
    .select({
      kind: sql<string>`'event'`.as("kind"),
      id: events.id,
      createdAt: events.createdAt,
      place: first,
    })
    .from(events)
    .where(
      and(
        eq(events.subjectId, pull.id),
        inArray(events.type, toldEvents),
        isTold,
        isSeen(ctx),
        reading === "events" ? isEvent : undefined,
      ),
    );
  const said = ctx.db
    .select({
      kind: sql<string>`case when ${prComments.path} is null then 'comment' else 'thread' end`.as("kind"),
      id: prComments.id,
      createdAt: prComments.createdAt,
      place: first,
    })
    .from(prComments)
    .where(
      and(
        eq(prComments.prId, pull.id),
        sql`(${isGeneral} or (${prComments.reviewId} is null and ${prComments.replyToId} is null))`,
        isPublished(ctx),
      ),
    );
  const judged = ctx.db
    .select({
      kind: sql<string>`'review'`.as("kind"),
      id: prReviews.id,
      createdAt: sql<Date>`coalesce(${prReviews.submittedAt}, ${prReviews.createdAt})`
        .mapWith(prReviews.createdAt)
        .as("created_at"),
      place: first,
    })
    .from(prReviews)
    .where(and(eq(prReviews.prId, pull.id), isSubmitted(ctx)));
  const brought = ctx.db
    .select({
      kind: sql<string>`'commits'`.as("kind"),
      id: sql<string>`came.id`.as("id"),
      createdAt: sql<Date>`came.created_at`.mapWith(events.createdAt).as("created_at"),
      place: sql<number>`came.place`.as("place"),
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(placesOf(came, reading))}::jsonb) as came(id uuid, created_at timestamptz, place int)`,
    );
  const entries = (reading === "events" ? told : unionAll(told, said, judged, brought)).as("entries");
  const keys: SortKey<Row>[] = [
    { column: sql`${entries.createdAt}`, value: (row) => row.createdAt },
    { column: sql`${entries.id}`, value: (row) => row.id },
    { column: sql`${entries.place}`, value: (row) => row.place },
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
  return { ...rows, items: await load(ctx, rows.items, came, reading) };
}

/** Where commits stand: right behind what tells of their push, or of the opening. */
const placesOf = (came: readonly Came[], reading: Reading) =>
  came.flatMap(({ id, at, commits }) =>
    (reading === "pushes" ? commits.slice(0, 1) : commits).map((_, index) => ({
      id,
      created_at: at.toISOString(),
      place: index + 1,
    })),
  );

async function load(
  ctx: Context,
  rows: readonly Row[],
  came: readonly Came[],
  reading: Reading,
): Promise<Entry[]> {
  const ids = (...kinds: string[]) => rows.filter((row) => kinds.includes(row.kind)).map((row) => row.id);
  const [comments, reviews, told] = await Promise.all([
    ctx.db
      .select()
      .from(prComments)
      .where(inArray(prComments.id, ids("comment", "thread"))),
    ctx.db
      .select()
      .from(prReviews)
      .where(inArray(prReviews.id, ids("review"))),
    ctx.db
      .select()
      .from(events)
      .where(inArray(events.id, ids("event")))
      .orderBy(asc(events.id)),
  ]);
  const found = new Map<string, Entry>([
    ...comments.map((comment): [string, Entry] => [
      comment.id,
      isInline(comment) ? { kind: "thread", root: comment } : { kind: "comment", comment },
    ]),
    ...reviews.map((review): [string, Entry] => [review.id, { kind: "review", review }]),
    ...told.map((fact): [string, Entry] => [fact.id, { kind: "event", fact }]),
  ]);
  const pushes = new Map(came.map((one) => [one.id, one]));
  const broughtBy = (row: Row): Entry | undefined => {
    const push = pushes.get(row.id);
    if (!push) return undefined;
    const commits = reading === "pushes" ? push.commits : push.commits.slice(row.place - 1, row.place);
    return { kind: "commits", id: push.id, at: push.at, commits };
  };
  return rows
    .map((row) => (row.kind === "commits" ? broughtBy(row) : found.get(row.id)))
    .filter((entry) => entry !== undefined);
}
