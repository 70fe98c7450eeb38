import { and, eq, inArray, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { invalid, notFound } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import type { RepoWith } from "../repositories/index.ts";
import { labels } from "./schema.ts";

export type Label = typeof labels.$inferSelect;

/** The labels of a repository by name. */
export function listLabels(ctx: Context, repo: RepoWith<"read">, page: PageRequest): Promise<Page<Label>> {
  const byName = sql`lower(${labels.name})`;
  return readPage<Label>(page, [{ column: byName, value: (row) => row.name.toLowerCase() }], "asc", (part) =>
    ctx.db
      .select()
      .from(labels)
      .where(where(eq(labels.repoId, repo.id), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/** @throws Refusal 404 */
export async function getLabel(ctx: Context, repo: RepoWith<"read">, name: string): Promise<Label> {
  const [row] = await ctx.db
    .select()
    .from(labels)
    .where(named(repo, [name]));
  if (!row) throw notFound();
  return row;
}

/**
 * The labels of the given names, in any case, each once.
 *
 * @throws Refusal 422 that names every label that does not exist
 */
export async function labelsByName(
  ctx: Context,
  repo: RepoWith<"read">,
  names: readonly string[],
): Promise<Label[]> {
  if (names.length === 0) return [];
  const rows = await ctx.db.select().from(labels).where(named(repo, names));
  const found = new Set(rows.map((row) => row.name.toLowerCase()));
  const unknown = names.filter((name) => !found.has(name.toLowerCase()));
  if (unknown.length > 0) throw invalid("Label", "name", `No label is named ${unknown.join(", ")}`);
  return rows;
}

function named(repo: RepoWith<"read">, names: readonly string[]) {
  return and(
    eq(labels.repoId, repo.id),
    inArray(
      sql`lower(${labels.name})`,
      names.map((name) => name.toLowerCase()),
    ),
  );
}
