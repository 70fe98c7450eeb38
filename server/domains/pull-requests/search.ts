/** Pull requests across repositories, only those that the actor may see. */
import { sql, type SQL } from "drizzle-orm";
import type { Actor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { repositoriesById, visibleTo } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import type { PullInRepository } from "./issue-views.ts";
import {
  countPullRequests,
  listPullRequests,
  type PullRequestFilter,
  type PullRequestOrder,
} from "./queries.ts";
import { pullRequests } from "./schema.ts";

export interface PullRequestSearch extends PullRequestFilter {
  /** Only in these repositories. */
  readonly repoIds?: readonly string[] | undefined;
  /** Only in repositories of these owners. */
  readonly ownerIds?: readonly string[] | undefined;
  /** Any further condition on `pull_requests`. */
  readonly condition?: SQL | undefined;
}

/** A page of those that fit; `text` is searched as `websearch_to_tsquery` reads it: words, "phrases", -exclusions. */
export async function searchPullRequests(
  ctx: Context,
  search: PullRequestSearch,
  order: PullRequestOrder,
  page: PageRequest,
): Promise<Page<PullInRepository>> {
  const found = await listPullRequests(ctx, scopeOf(ctx.actor, search), search, order, page);
  const repos = await repositoriesById(
    ctx,
    found.items.map((pull) => pull.repoId),
  );
  const items = found.items.flatMap((pull) => {
    const repo = repos.get(pull.repoId);
    return repo ? [{ repo, pull }] : [];
  });
  return { ...found, items };
}

/** How many `searchPullRequests` would answer on all its pages together. */
export async function countFoundPullRequests(ctx: Context, search: PullRequestSearch): Promise<number> {
  const counts = await countPullRequests(ctx, scopeOf(ctx.actor, search), search);
  if (search.state === "open" || search.state === "closed") return counts[search.state];
  return counts.open + counts.closed;
}

function scopeOf(actor: Actor, search: PullRequestSearch): SQL {
  const among = (column: SQL, ids: readonly string[] | undefined) =>
    ids &&
    (ids.length === 0
      ? sql`false`
      : sql`${column} in (${sql.join(
          ids.map((id) => sql`${id}`),
          sql`, `,
        )})`);
  const inside = where(
    visibleTo(actor),
    among(sql`${repositories.id}`, search.repoIds),
    among(sql`${repositories.ownerId}`, search.ownerIds),
  );
  const readable = sql`${pullRequests.repoId} in (select ${repositories.id} from ${repositories} where ${inside})`;
  return where(readable, search.condition) ?? readable;
}
