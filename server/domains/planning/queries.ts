import { and, eq, inArray, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../kernel/paging.ts";
import type { RepoWith } from "../repositories/index.ts";
import { milestones } from "./schema.ts";

export type Milestone = typeof milestones.$inferSelect;

export interface MilestoneFilter {
  readonly state: "open" | "closed" | "all";
  readonly sort: "due_on" | "completeness";
  readonly direction: "asc" | "desc";
}

/** A milestone without a date is due last. */
const due = sql`coalesce(${milestones.dueDate}, '9999-12-31T00:00:00Z'::timestamptz)`;
const completeness = sql`${milestones.closedCount}::float8 / greatest(1, ${milestones.openCount} + ${milestones.closedCount})`;

const first: Readonly<Record<MilestoneFilter["sort"], SortKey<Milestone>>> = {
  due_on: { column: due, value: (row) => row.dueDate ?? new Date("9999-12-31T00:00:00Z") },
  completeness: {
    column: completeness,
    value: (row) => row.closedCount / Math.max(1, row.openCount + row.closedCount),
  },
};

export function listMilestones(
  ctx: Context,
  repo: RepoWith<"read">,
  filter: MilestoneFilter,
  page: PageRequest,
): Promise<Page<Milestone>> {
  const keys = [first[filter.sort], { column: milestones.number, value: (row: Milestone) => row.number }];
  const state = filter.state === "all" ? undefined : eq(milestones.state, filter.state);
  return readPage<Milestone>(page, keys, filter.direction, (part) =>
    ctx.db
      .select()
      .from(milestones)
      .where(where(eq(milestones.repoId, repo.id), state, part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** @throws Refusal 404, also for what is no number */
export async function milestoneByNumber(
  ctx: Context,
  repo: RepoWith<"read">,
  number: string,
): Promise<Milestone> {
  if (!/^[1-9]\d{0,8}$/.test(number)) throw notFound();
  const [row] = await ctx.db
    .select()
    .from(milestones)
    .where(and(eq(milestones.repoId, repo.id), eq(milestones.number, Number(number))));
  if (!row) throw notFound();
  return row;
}

/** The milestones of the given ids. */
export async function milestonesById(
  ctx: Context,
  ids: Iterable<string | null | undefined>,
): Promise<Map<string, Milestone>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === "string");
  if (wanted.length === 0) return new Map();
  const rows = await ctx.db.select().from(milestones).where(inArray(milestones.id, wanted));
  return new Map(rows.map((row) => [row.id, row]));
}
