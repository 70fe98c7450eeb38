import { and, asc, desc, eq } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { PullRequest } from "../queries.ts";
import { prRevisions } from "./schema.ts";

export type Revision = typeof prRevisions.$inferSelect;

/** The newest ones of a pull request that never ends. */
const mostListed = 1000;

/** The revisions of a pull request, oldest first. */
export async function revisionsOf(ctx: Context, pull: Pick<PullRequest, "id">): Promise<Revision[]> {
  const rows = await ctx.db
    .select()
    .from(prRevisions)
    .where(eq(prRevisions.prId, pull.id))
    .orderBy(desc(prRevisions.number))
    .limit(mostListed);
  return rows.toReversed();
}

/** The newest revision with a head, since one can come back; null when none had it. */
export async function revisionWithHead(ctx: Context, prId: string, head: string): Promise<Revision | null> {
  const [row] = await ctx.db
    .select()
    .from(prRevisions)
    .where(and(eq(prRevisions.prId, prId), eq(prRevisions.headSha, head)))
    .orderBy(desc(prRevisions.number))
    .limit(1);
  return row ?? null;
}

/** @throws Refusal 404 for a number that the pull request does not have */
export async function getRevision(
  ctx: Context,
  pull: Pick<PullRequest, "id">,
  number: number,
): Promise<Revision> {
  const [row] = await ctx.db
    .select()
    .from(prRevisions)
    .where(and(eq(prRevisions.prId, pull.id), eq(prRevisions.number, number)));
  if (!row) throw notFound(`There is no revision ${number}`);
  return row;
}

/** The last of a pull request; null before it was recorded. */
export async function lastRevision(ctx: Context, prId: string): Promise<Revision | null> {
  const [row] = await ctx.db
    .select()
    .from(prRevisions)
    .where(eq(prRevisions.prId, prId))
    .orderBy(desc(prRevisions.number))
    .limit(1);
  return row ?? null;
}

/** The first of a pull request, oldest first: where there is none, nothing was recorded. */
export async function hasRevisions(ctx: Context, prId: string): Promise<boolean> {
  const [row] = await ctx.db
    .select({ id: prRevisions.id })
    .from(prRevisions)
    .where(eq(prRevisions.prId, prId))
    .orderBy(asc(prRevisions.number))
    .limit(1);
  return row !== undefined;
}
