import { and, asc, count, eq, or, sql, type SQL } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { isUuid } from "../../kernel/ids.ts";
import type { Repository } from "../repositories/index.ts";
import { issueViews } from "./schema.ts";

export type View = typeof issueViews.$inferSelect;
export type ViewKind = View["kind"];

/** Of one kind somebody keeps at most so many in a repository, and all together share as many. */
export const mostViews = 50;

/** A query that is not shared is seen by its creator alone. */
const seenBy = (ctx: Context): SQL | undefined =>
  or(eq(issueViews.isShared, true), sql`${issueViews.creatorId} = ${actorId(ctx.actor)}`);

/** The saved queries of a repository that the actor sees: the shared ones first, each by name. They are few (`mostViews`). */
export function listViews(ctx: Context, repo: Pick<Repository, "id">, kind?: ViewKind): Promise<View[]> {
  return ctx.db
    .select()
    .from(issueViews)
    .where(
      and(
        eq(issueViews.repoId, repo.id),
        kind === undefined ? undefined : eq(issueViews.kind, kind),
        seenBy(ctx),
      ),
    )
    .orderBy(sql`not ${issueViews.isShared}`, asc(sql`lower(${issueViews.name})`));
}

/** @throws Refusal 404, also for what somebody else keeps for themselves */
export async function getView(ctx: Context, repo: Pick<Repository, "id">, id: string): Promise<View> {
  if (!isUuid(id)) throw notFound();
  const [view] = await ctx.db
    .select()
    .from(issueViews)
    .where(and(eq(issueViews.repoId, repo.id), eq(issueViews.id, id), seenBy(ctx)));
  if (!view) throw notFound();
  return view;
}

/** How many there are beside which another would stand. */
export async function countViews(
  ctx: Context,
  { repoId, kind, isShared, creatorId }: Pick<View, "repoId" | "kind" | "isShared" | "creatorId">,
): Promise<number> {
  const [row] = await ctx.db
    .select({ n: count() })
    .from(issueViews)
    .where(
      and(
        eq(issueViews.repoId, repoId),
        eq(issueViews.kind, kind),
        eq(issueViews.isShared, isShared),
        isShared ? undefined : eq(issueViews.creatorId, creatorId),
      ),
    );
  return row?.n ?? 0;
}
