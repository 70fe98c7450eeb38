/** What news are about, read anew for a whole page of them: what is gone is not found, and then not shown. */
import { inArray } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Context } from "../../kernel/context.ts";
import { isUuid } from "../../kernel/ids.ts";
import { usersById, type Named } from "../accounts/index.ts";
import { issueComments, issues } from "../issues/schema.ts";
import { prComments, prReviews, pullRequests } from "../pull-requests/schema.ts";
import { repositoriesById, type Repository } from "../repositories/index.ts";
import type { Activity } from "./queries.ts";

export interface Subjects {
  readonly repositories: ReadonlyMap<string, Repository>;
  readonly users: ReadonlyMap<string, Named>;
  readonly issues: ReadonlyMap<string, typeof issues.$inferSelect>;
  readonly issueComments: ReadonlyMap<string, typeof issueComments.$inferSelect>;
  readonly pulls: ReadonlyMap<string, typeof pullRequests.$inferSelect>;
  readonly pullComments: ReadonlyMap<string, typeof prComments.$inferSelect>;
  readonly reviews: ReadonlyMap<string, typeof prReviews.$inferSelect>;
}

/** An id in the payload of a fact, as its domain named it. */
export const idIn = (activity: Activity, name: string): string => {
  const value = activity.payload[name];
  return typeof value === "string" && isUuid(value) ? value : "";
};

/** Everything that the given news mention, in one query for each kind. */
export async function subjectsOf(ctx: Context, list: readonly Activity[]): Promise<Subjects> {
  const named = (name: string) => list.map((one) => idIn(one, name)).filter((id) => id !== "");
  const [issueRows, comments, pulls, pullComments, reviews] = await Promise.all([
    byId(ctx, issues, issues.id, named("issue_id")),
    byId(ctx, issueComments, issueComments.id, named("comment_id")),
    byId(ctx, pullRequests, pullRequests.id, named("pull_request_id")),
    byId(ctx, prComments, prComments.id, named("comment_id")),
    byId(ctx, prReviews, prReviews.id, named("review_id")),
  ]);
  const [repositories, users] = await Promise.all([
    repositoriesById(ctx, [
      ...list.map((one) => one.repoId),
      ...named("fork_id"),
      ...[...pulls.values()].map((pull) => pull.sourceRepoId),
    ]),
    usersById(ctx, [
      ...list.map((one) => one.actorId),
      ...[...comments.values(), ...pullComments.values(), ...reviews.values()].map((one) => one.userId),
    ]),
  ]);
  return { repositories, users, issues: issueRows, issueComments: comments, pulls, pullComments, reviews };
}

async function byId<Row extends { readonly id: string }>(
  ctx: Context,
  table: PgTable & { readonly $inferSelect: Row },
  id: PgColumn,
  ids: readonly string[],
): Promise<Map<string, Row>> {
  if (ids.length === 0) return new Map();
  const rows = (await ctx.db
    .select()
    .from(table)
    .where(inArray(id, [...new Set(ids)]))) as unknown as Row[];
  return new Map(rows.map((row) => [row.id, row]));
}
