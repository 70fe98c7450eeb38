/** Issues across repositories, only those that the actor may see. */
import { sql, type SQL } from "drizzle-orm";
import type { Actor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { repositoriesById, visibleTo } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { countIssues, listIssues, type IssueFilter, type IssueOrder } from "./queries.ts";
import { issues } from "./schema.ts";
import type { IssueInRepository } from "./views.ts";

export interface IssueSearch extends IssueFilter {
  /** Only in these repositories. */
  readonly repoIds?: readonly string[] | undefined;
  /** Only in repositories of these owners. */
  readonly ownerIds?: readonly string[] | undefined;
  /** Any further condition on `issues`. */
  readonly condition?: SQL | undefined;
}

/**
 * A page of the issues that fit and that the actor may see. `text` is searched as `websearch_to_tsquery` reads it: words,
 * "phrases", -exclusions.
 */
export async function searchIssues(
  ctx: Context,
  search: IssueSearch,
  order: IssueOrder,
  page: PageRequest,
): Promise<Page<IssueInRepository>> {
  const found = await listIssues(ctx, scopeOf(ctx.actor, search), search, order, page);
  const repos = await repositoriesById(
    ctx,
    found.items.map((issue) => issue.repoId),
  );
  const items = found.items.flatMap((issue) => {
    const repo = repos.get(issue.repoId);
    return repo ? [{ repo, issue }] : [];
  });
  return { ...found, items };
}

/** How many `searchIssues` would answer on all its pages together. */
export async function countFound(ctx: Context, search: IssueSearch): Promise<number> {
  const counts = await countIssues(ctx, scopeOf(ctx.actor, search), search);
  if (search.state === "open" || search.state === "closed") return counts[search.state];
  return counts.open + counts.closed;
}

function scopeOf(actor: Actor, search: IssueSearch): SQL {
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
  const readable = sql`${issues.repoId} in (select ${repositories.id} from ${repositories} where ${inside})`;
  return where(readable, search.condition) ?? readable;
}
