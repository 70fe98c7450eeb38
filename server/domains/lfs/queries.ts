import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { notFound, unprocessable } from "../../kernel/errors.ts";
import { isUuid } from "../../kernel/ids.ts";
import { owners } from "../accounts/schema.ts";
import type { RepoWith } from "../repositories/index.ts";
import { lfsLocks, lfsObjects, lfsProposed, lfsReserved } from "./schema.ts";

/** The sizes of those of the objects that this repository holds, by id. */
export async function sizesOf(
  ctx: Context,
  repo: RepoWith<"read">,
  oids: readonly string[],
): Promise<Map<string, number>> {
  if (oids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ oid: lfsObjects.oid, size: lfsObjects.size })
    .from(lfsObjects)
    .where(and(eq(lfsObjects.repoId, repo.id), inArray(lfsObjects.oid, [...oids])));
  return new Map(rows.map((row) => [row.oid, row.size]));
}

/** As `sizesOf`, of what this person brought for a proposal that has not come yet. */
export async function proposedSizesOf(
  ctx: Context,
  repo: RepoWith<"read">,
  userId: string,
  oids: readonly string[],
): Promise<Map<string, number>> {
  if (oids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ oid: lfsProposed.oid, size: lfsProposed.size })
    .from(lfsProposed)
    .where(
      and(
        eq(lfsProposed.repoId, repo.id),
        eq(lfsProposed.userId, userId),
        inArray(lfsProposed.oid, [...oids]),
      ),
    );
  return new Map(rows.map((row) => [row.oid, row.size]));
}

/** Bytes that wait for proposals of one person to a repository, and those that are reserved for uploads under way. */
export async function proposedBytes(ctx: Context, repo: RepoWith<"read">, userId: string): Promise<number> {
  // One statement: an upload that ends meanwhile is in one of the two.
  const reserved = ctx.db
    .select({ bytes: sql`coalesce(sum(${lfsReserved.size}), 0)` })
    .from(lfsReserved)
    .where(and(eq(lfsReserved.repoId, repo.id), eq(lfsReserved.userId, userId)));
  const [row] = await ctx.db
    .select({ bytes: sql<string>`coalesce(sum(${lfsProposed.size}), 0) + (${reserved})` })
    .from(lfsProposed)
    .where(and(eq(lfsProposed.repoId, repo.id), eq(lfsProposed.userId, userId)));
  return Number(row?.bytes ?? 0);
}

/** Whether a repository holds any content at all. */
export async function holdsAny(ctx: Context, repo: RepoWith<"read">): Promise<boolean> {
  const rows = await ctx.db
    .select({ oid: lfsObjects.oid })
    .from(lfsObjects)
    .where(eq(lfsObjects.repoId, repo.id))
    .limit(1);
  return rows.length > 0;
}

export interface Lock {
  readonly id: string;
  readonly path: string;
  readonly lockedAt: Date;
  readonly ownerId: string;
  readonly login: string;
}

export interface LockQuery {
  readonly path?: string | undefined;
  readonly id?: string | undefined;
  /** Of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * A page of a repository's locks, the oldest first, and the cursor of the next one. Ids are made in the order of time.
 *
 * @throws Refusal 422 for a cursor that is not one of ours
 */
export async function listLocks(
  ctx: Context,
  repo: RepoWith<"read">,
  { path, id, cursor, limit }: LockQuery,
): Promise<{ readonly locks: readonly Lock[]; readonly next: string | null }> {
  if (cursor !== undefined && !isUuid(cursor)) throw unprocessable("This cursor is not valid here");
  if (id !== undefined && !isUuid(id)) return { locks: [], next: null };
  const rows = await lockRows(ctx)
    .where(
      and(
        eq(lfsLocks.repoId, repo.id),
        path === undefined ? undefined : eq(lfsLocks.path, path),
        id === undefined ? undefined : eq(lfsLocks.id, id),
        cursor === undefined ? undefined : gt(lfsLocks.id, cursor),
      ),
    )
    .orderBy(asc(lfsLocks.id))
    .limit(limit + 1);
  const locks = rows.slice(0, limit);
  return { locks, next: rows.length > limit ? (locks.at(-1)?.id ?? null) : null };
}

/** @throws Refusal 404, also for a lock of another repository */
export async function getLock(ctx: Context, repo: RepoWith<"read">, id: string): Promise<Lock> {
  const [row] = isUuid(id)
    ? await lockRows(ctx).where(and(eq(lfsLocks.repoId, repo.id), eq(lfsLocks.id, id)))
    : [];
  if (!row) throw notFound("There is no such lock");
  return row;
}

/** The lock on a path, or null. */
export async function lockOn(ctx: Context, repo: RepoWith<"read">, path: string): Promise<Lock | null> {
  const [row] = await lockRows(ctx).where(and(eq(lfsLocks.repoId, repo.id), eq(lfsLocks.path, path)));
  return row ?? null;
}

const lockRows = (ctx: Context) =>
  ctx.db
    .select({
      id: lfsLocks.id,
      path: lfsLocks.path,
      lockedAt: lfsLocks.lockedAt,
      ownerId: lfsLocks.ownerId,
      login: owners.login,
    })
    .from(lfsLocks)
    .innerJoin(owners, eq(owners.id, lfsLocks.ownerId))
    .$dynamic();
