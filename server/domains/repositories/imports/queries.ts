import { eq } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { Repository } from "../access.ts";
import { repositoryImports } from "../remotes/schema.ts";

export type Import = typeof repositoryImports.$inferSelect;

/** The last import of a repository. */
export async function findImport(ctx: Context, repo: Pick<Repository, "id">): Promise<Import | null> {
  const [row] = await ctx.db.select().from(repositoryImports).where(eq(repositoryImports.repoId, repo.id));
  return row ?? null;
}

/** @throws Refusal 404 for a repository that was never imported */
export async function getImport(ctx: Context, repo: Pick<Repository, "id">): Promise<Import> {
  const found = await findImport(ctx, repo);
  if (!found) throw notFound("There is no import of this repository");
  return found;
}
