/** Contents that come with the files of a template. */
import { and, eq, inArray } from "drizzle-orm";
import { pointersOf } from "../../../git/lfs-pointers.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import { lfsObjects } from "../schema.ts";

/**
 * Gives a repository those contents of its template that its own files point to: the template was proved to hold them, and who made
 * the repository of it could read them there. What only the template's history points to stays behind. Done again, it changes
 * nothing.
 */
export async function bindContents(ctx: Context, repo: RepoWith<"read">, templateId: string): Promise<void> {
  const [any] = await ctx.db
    .select({ oid: lfsObjects.oid })
    .from(lfsObjects)
    .where(eq(lfsObjects.repoId, templateId))
    .limit(1);
  if (!any) return;
  for await (const pointers of pointersOf(gitOf(ctx, repo), { tips: "branches" })) {
    const oids = pointers.map(({ oid }) => oid);
    const held = await ctx.db
      .select({ oid: lfsObjects.oid, size: lfsObjects.size, uploadedById: lfsObjects.uploadedById })
      .from(lfsObjects)
      .where(and(eq(lfsObjects.repoId, templateId), inArray(lfsObjects.oid, oids)));
    if (held.length === 0) continue;
    await ctx.db
      .insert(lfsObjects)
      .values(held.map((one) => ({ ...one, repoId: repo.id })))
      .onConflictDoNothing();
  }
}
