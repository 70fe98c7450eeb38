import { and, asc, eq } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { usersById } from "../../accounts/index.ts";
import type { Repository } from "../access.ts";
import { repositoryMirrors } from "../remotes/schema.ts";

export type Mirror = typeof repositoryMirrors.$inferSelect;

/** All mirrors of a repository, the one it follows first. They are few. */
export function listMirrors(ctx: Context, repo: Pick<Repository, "id">): Promise<Mirror[]> {
  return ctx.db
    .select()
    .from(repositoryMirrors)
    .where(eq(repositoryMirrors.repoId, repo.id))
    .orderBy(asc(repositoryMirrors.direction), asc(repositoryMirrors.id));
}

/** @throws Refusal 404 for a mirror that this repository does not have */
export async function getMirror(ctx: Context, repo: Pick<Repository, "id">, id: string): Promise<Mirror> {
  if (!isUuid(id)) throw notFound();
  const [row] = await ctx.db
    .select()
    .from(repositoryMirrors)
    .where(and(eq(repositoryMirrors.repoId, repo.id), eq(repositoryMirrors.id, id)));
  if (!row) throw notFound();
  return row;
}

/** Who answers for mirrors. */
export const settersOf = (ctx: Context, mirrors: readonly Mirror[]) =>
  usersById(
    ctx,
    mirrors.map(({ setById }) => setById).filter((id) => id !== null),
  );
