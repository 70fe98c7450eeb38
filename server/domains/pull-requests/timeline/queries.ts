/** What happened to a pull request and what was said, as one list. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
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
import * as facts from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { isSubmitted, type Review } from "../reviews/queries.ts";
import { prComments, prReviews } from "../schema.ts";

export type Fact = typeof events.$inferSelect;

export type Entry =
  | { readonly kind: "comment"; readonly comment: PullComment }
  | { readonly kind: "review"; readonly review: Review }
  /** A thread that belongs to no review: it began with a single comment. */
  | { readonly kind: "thread"; readonly root: InlineComment }
  | { readonly kind: "event"; readonly fact: Fact };

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
].map((type) => type.name);

interface Row {
  readonly kind: string;
  readonly id: string;
  readonly createdAt: Date;
}

/** An edit of the text alone is in our history and not in GitHub's. */
const isTold = sql`(${events.type} <> ${facts.pullEdited.name} or ${events.payload} ->> 'from' is not null)`;

/** A page of the timeline, oldest first. */
export async function readTimeline(
  ctx: Context,
  pull: PullRequest,
  page: PageRequest,
  only: "all" | "events" = "all",
): Promise<Page<Entry>> {
  const told = ctx.db
    .select({ kind: sql<string>`'event'`.as("kind"), id: events.id, createdAt: events.createdAt })
    .from(events)
    .where(and(eq(events.subjectId, pull.id), inArray(events.type, toldEvents), isTold));
  const said = ctx.db
    .select({
      kind: sql<string>`case when ${prComments.path} is null then 'comment' else 'thread' end`.as("kind"),
      id: prComments.id,
      createdAt: prComments.createdAt,
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
    })
    .from(prReviews)
    .where(and(eq(prReviews.prId, pull.id), isSubmitted(ctx)));
  const entries = (only === "events" ? told : unionAll(told, said, judged)).as("entries");
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

async function load(ctx: Context, rows: readonly Row[]): Promise<Entry[]> {
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
  return rows.map((row) => found.get(row.id)).filter((entry) => entry !== undefined);
}
