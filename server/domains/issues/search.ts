/** Issues across repositories, only those that the actor may see. */
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { repositoriesById, visibleTo } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { countStates } from "../lists/index.ts";
import { issueKind } from "./kind.ts";
import { listIssues, type IssueOrder } from "./queries.ts";
import { issues } from "./schema.ts";
import type { IssueInRepository } from "./views.ts";

/** A page of the issues that the actor may see and for which the condition on `issues` holds. */
export async function searchIssues(
  ctx: Context,
  condition: SQL | undefined,
  order: IssueOrder,
  page: PageRequest,
): Promise<Page<IssueInRepository>> {
  const found = await listIssues(ctx, where(readable(ctx), condition), order, page);
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
export async function countFound(ctx: Context, condition: SQL | undefined): Promise<number> {
  const counts = await countStates(ctx, issueKind, where(readable(ctx), condition));
  return counts.open + counts.closed;
}

const readable = ({ actor }: Context): SQL =>
  sql`${issues.repoId} in (select ${repositories.id} from ${repositories} where ${visibleTo(actor)})`;
