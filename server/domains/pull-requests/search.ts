/** Pull requests across repositories, only those that the actor may see. */
import { sql, type SQL } from "drizzle-orm";
import type { Order } from "../../../language/query.ts";
import type { Context } from "../../kernel/context.ts";
import { where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { countStates } from "../lists/index.ts";
import { repositoriesById, visibleTo } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import type { PullInRepository } from "./issue-views.ts";
import { pullKind } from "./kind.ts";
import { listPullRequests } from "./queries.ts";
import { pullRequests } from "./schema.ts";

/** A page of those that the actor may see and for which the condition on `pull_requests` holds. */
export async function searchPullRequests(
  ctx: Context,
  condition: SQL | undefined,
  order: Order,
  page: PageRequest,
): Promise<Page<PullInRepository>> {
  const found = await listPullRequests(ctx, where(readable(ctx), condition), order, page);
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
export async function countFoundPullRequests(ctx: Context, condition: SQL | undefined): Promise<number> {
  const counts = await countStates(ctx, pullKind, where(readable(ctx), condition));
  return counts.open + counts.closed;
}

const readable = ({ actor }: Context): SQL =>
  sql`${pullRequests.repoId} in (select ${repositories.id} from ${repositories} where ${visibleTo(actor)})`;
