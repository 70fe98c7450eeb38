/** What somebody is to a repository, as GitHub's `author_association` says it beside their words. */
import { inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { orgMembers } from "../organizations/schema.ts";
import type { Repository } from "../repositories/index.ts";
import { collaborators } from "../repositories/schema.ts";

/** Of GitHub's eight words, the four that say what somebody may do here. */
export const associationShape = z.enum(["OWNER", "MEMBER", "COLLABORATOR", "NONE"]);
export type Association = z.infer<typeof associationShape>;

/** Answers for everyone named in `authors`, with two queries whatever their number. */
export async function associationsOf(
  ctx: Context,
  authors: readonly { readonly repo: Repository; readonly userId: string }[],
): Promise<(repo: Repository, userId: string) => Association> {
  const userIds = [...new Set(authors.map(({ userId }) => userId))];
  const repoIds = [...new Set(authors.map(({ repo }) => repo.id))];
  const orgIds = [
    ...new Set(
      authors.filter(({ repo }) => repo.ownerType === "organization").map(({ repo }) => repo.ownerId),
    ),
  ];
  const known = new Set<string>();
  if (userIds.length > 0) {
    const rows = await ctx.db
      .select({ place: collaborators.repoId, userId: collaborators.userId })
      .from(collaborators)
      .where(sql`${inArray(collaborators.repoId, repoIds)} and ${inArray(collaborators.userId, userIds)}`);
    for (const row of rows) known.add(`${row.place} ${row.userId}`);
  }
  if (userIds.length > 0 && orgIds.length > 0) {
    const rows = await ctx.db
      .select({ place: orgMembers.orgId, userId: orgMembers.userId })
      .from(orgMembers)
      .where(sql`${inArray(orgMembers.orgId, orgIds)} and ${inArray(orgMembers.userId, userIds)}`);
    for (const row of rows) known.add(`${row.place} ${row.userId}`);
  }
  return (repo, userId) => {
    if (repo.ownerId === userId) return "OWNER";
    if (known.has(`${repo.ownerId} ${userId}`)) return "MEMBER";
    return known.has(`${repo.id} ${userId}`) ? "COLLABORATOR" : "NONE";
  };
}
