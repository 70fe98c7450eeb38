import { and, asc, eq } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import type { PullRequest } from "../queries.ts";
import { prViewedFiles } from "./schema.ts";

/** The content in which somebody was done with each file, by path; null for a deleted one. */
export async function viewedBy(
  ctx: Context,
  pull: PullRequest,
  userId: string,
): Promise<ReadonlyMap<string, string | null>> {
  const rows = await ctx.db
    .select({ path: prViewedFiles.path, oid: prViewedFiles.headOid })
    .from(prViewedFiles)
    .where(and(eq(prViewedFiles.prId, pull.id), eq(prViewedFiles.userId, userId)))
    .orderBy(asc(prViewedFiles.path));
  return new Map(rows.map((row) => [row.path, row.oid]));
}

/** Which files are marked in the version that is shown, and which have changed since they were marked. */
export function standingOf(
  marks: ReadonlyMap<string, string | null>,
  files: readonly { readonly path: string; readonly newOid: string | null }[],
): { readonly viewed: string[]; readonly changed: string[] } {
  const marked = files.filter(({ path }) => marks.has(path));
  const asMarked = ({ path, newOid }: (typeof files)[number]) => marks.get(path) === newOid;
  return {
    viewed: marked.filter(asMarked).map(({ path }) => path),
    changed: marked.filter((file) => !asMarked(file)).map(({ path }) => path),
  };
}
