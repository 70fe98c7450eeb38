import { and, desc, eq, sql, type SQL } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { readPage, where, type Page, type PageRequest, type SortKey } from "../../kernel/paging.ts";
import { visibleTo } from "../repositories/index.ts";
import { repositories, watches } from "../repositories/schema.ts";
import { activities } from "./schema.ts";

export type Activity = typeof activities.$inferSelect;

/** Whose news: everyone's, those of a repository, by a person, or from the repositories that a person watches. */
export type Feed =
  | { readonly of: "everyone" }
  | { readonly of: "repository"; readonly repoId: string }
  | { readonly of: "person"; readonly userId: string }
  | { readonly of: "watcher"; readonly userId: string };

const keys: readonly SortKey<Activity>[] = [
  { column: activities.createdAt, value: (row) => row.createdAt },
  { column: activities.id, value: (row) => row.id },
];

/** The news of a feed that the actor may see now, the newest first. */
export function listActivities(
  ctx: Context,
  feed: Feed,
  page: PageRequest,
  only?: { readonly public: boolean },
): Promise<Page<Activity>> {
  const isPublic = only?.public ? eq(repositories.isPrivate, false) : undefined;
  const visible = where(visibleTo(ctx.actor), isPublic) ?? sql`false`;
  return readPage<Activity>(page, keys, "desc", async (part) => {
    const scope =
      feed.of === "watcher"
        ? newestWatched(feed.userId, visible, part.where, part.offset + part.limit)
        : where(scopeOf(feed), part.where);
    const rows = await ctx.db
      .select({ activity: activities })
      .from(activities)
      .innerJoin(repositories, eq(repositories.id, activities.repoId))
      .where(where(visible, scope))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset);
    return rows.map((row) => row.activity);
  });
}

function scopeOf(feed: Exclude<Feed, { of: "watcher" }>): SQL | undefined {
  if (feed.of === "repository") return eq(activities.repoId, feed.repoId);
  if (feed.of === "person") return eq(activities.actorId, feed.userId);
  return undefined;
}

/** The newest of each watched repository by its index, so that one quiet repository does not cost a walk through all news. */
function newestWatched(userId: string, visible: SQL, after: SQL | undefined, count: number): SQL {
  const inRepository = and(eq(activities.repoId, watches.repoId), after);
  return sql`${activities.id} in (
    select newest.id from ${watches}
    join ${repositories} on ${repositories.id} = ${watches.repoId} and ${visible}
    cross join lateral (
      select ${activities.id} as id from ${activities} where ${inRepository}
      order by ${desc(activities.createdAt)}, ${desc(activities.id)} limit ${count}
    ) newest
    where ${watches.userId} = ${userId})`;
}
