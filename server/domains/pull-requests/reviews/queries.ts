import { and, desc, eq, inArray, ne, or, sql, type SQL } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { reaches } from "../../../kernel/grants.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../../kernel/paging.ts";
import { permissionsOfUsers, type Repository } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { prReviews } from "../schema.ts";

export type Review = typeof prReviews.$inferSelect;

/** A review that was not submitted is seen by its author alone. */
export function isSubmitted(ctx: Context): SQL | undefined {
  return or(ne(prReviews.state, "pending"), sql`${prReviews.userId} = ${actorId(ctx.actor)}`);
}

const oldest: readonly SortKey<Review>[] = [
  { column: prReviews.createdAt, value: (row) => row.createdAt },
  { column: prReviews.id, value: (row) => row.id },
];

/** The reviews of a pull request, oldest first. */
export function listReviews(ctx: Context, pull: PullRequest, page: PageRequest): Promise<Page<Review>> {
  return readPage<Review>(page, oldest, "asc", (part) =>
    ctx.db
      .select()
      .from(prReviews)
      .where(where(eq(prReviews.prId, pull.id), isSubmitted(ctx), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** The review that somebody has begun and not submitted. */
export async function pendingReview(ctx: Context, prId: string, userId: string): Promise<Review | null> {
  const [row] = await ctx.db
    .select()
    .from(prReviews)
    .where(and(eq(prReviews.prId, prId), eq(prReviews.userId, userId), eq(prReviews.state, "pending")));
  return row ?? null;
}

export interface Verdict {
  readonly review: Review;
  /** Only the word of those who may merge decides; of others it is advice. */
  readonly counts: boolean;
}

/**
 * What each reviewer said last, approvals and requests for changes only. A last word that was dismissed leaves none: what it had
 * replaced does not come back.
 */
export async function verdictsOf(
  ctx: Context,
  repo: Repository,
  prIds: readonly string[],
): Promise<Verdict[]> {
  if (prIds.length === 0) return [];
  const last = await ctx.db
    .selectDistinctOn([prReviews.prId, prReviews.userId])
    .from(prReviews)
    .where(
      and(inArray(prReviews.prId, [...prIds]), inArray(prReviews.state, ["approved", "changes_requested"])),
    )
    .orderBy(prReviews.prId, prReviews.userId, desc(prReviews.submittedAt), desc(prReviews.id));
  const rows = last.filter((review) => review.dismissedAt === null);
  const rights = await permissionsOfUsers(
    ctx,
    repo,
    rows.map((row) => row.userId),
  );
  return rows.map((review) => ({
    review,
    counts: reaches(rights.get(review.userId) ?? "none", "write"),
  }));
}

/** The newest review of everybody who reviewed, the author left out; of some it is a remark, or was dismissed. */
export function lastReviews(ctx: Context, pull: Pick<PullRequest, "id" | "authorId">): Promise<Review[]> {
  return ctx.db
    .selectDistinctOn([prReviews.userId])
    .from(prReviews)
    .where(
      and(eq(prReviews.prId, pull.id), ne(prReviews.state, "pending"), ne(prReviews.userId, pull.authorId)),
    )
    .orderBy(prReviews.userId, desc(prReviews.submittedAt), desc(prReviews.id));
}

export type Decision = "approved" | "changes_requested";

/** What they say together: one request for changes outweighs every approval. */
export function decisionOf(verdicts: readonly Verdict[]): Decision | null {
  const counting = verdicts.filter((one) => one.counts).map((one) => one.review.state);
  if (counting.includes("changes_requested")) return "changes_requested";
  return counting.includes("approved") ? "approved" : null;
}

/** The decisions on many pull requests of one repository; those without one are left out. */
export async function decisionsOf(
  ctx: Context,
  repo: Repository,
  prIds: readonly string[],
): Promise<Map<string, Decision>> {
  const verdicts = await verdictsOf(ctx, repo, prIds);
  const decided = [...Map.groupBy(verdicts, (one) => one.review.prId)].map(
    ([prId, group]) => [prId, decisionOf(group)] as const,
  );
  return new Map(decided.filter((one): one is readonly [string, Decision] => one[1] !== null));
}
