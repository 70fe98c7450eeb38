import { and, eq, sql } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { ownerColumns, type Owner } from "../../accounts/index.ts";
import { owners } from "../../accounts/schema.ts";
import type { RepoWith } from "../access.ts";
import { watches } from "../schema.ts";

/** Since when a person watches a repository. @throws Refusal 404 when they do not */
export async function getWatch(ctx: Context, repo: RepoWith<"read">, me: UserActor): Promise<Date> {
  const [row] = await ctx.db
    .select({ createdAt: watches.createdAt })
    .from(watches)
    .where(and(eq(watches.repoId, repo.id), eq(watches.userId, me.user.id)));
  if (!row) throw notFound();
  return row.createdAt;
}

/** Who watches a repository, by name. */
export function listWatchers(ctx: Context, repo: RepoWith<"read">, page: PageRequest): Promise<Page<Owner>> {
  const byName = sql`lower(${owners.login})`;
  return readPage<Owner>(page, [{ column: byName, value: (row) => row.login.toLowerCase() }], "asc", (part) =>
    ctx.db
      .select(ownerColumns)
      .from(watches)
      .innerJoin(owners, eq(owners.id, watches.userId))
      .where(where(eq(watches.repoId, repo.id), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}
