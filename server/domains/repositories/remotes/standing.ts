/**
 * Whether what a person set up between a repository and a server elsewhere may still run. It speaks with their password, sends
 * what only readers may have, or lets another place decide what is in the repository: it ends with their rights.
 */
import { eq } from "drizzle-orm";
import { system } from "../../../kernel/actor.ts";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { owners, user } from "../../accounts/schema.ts";
import { findRepositoryById, requireAccess, type RepoWith } from "../access.ts";
import { permissionOf } from "../queries.ts";

/** Why nothing runs for an archived repository; it does again when it is not archived any more. */
export const archivedReason = "The repository is archived";

/**
 * The repository, for the job to write to, or why it may not.
 *
 * @returns null for a repository that is gone: nobody is left to tell
 */
export async function mayRun(
  ctx: Context,
  repoId: string,
  personId: string | null,
): Promise<RepoWith<"admin"> | string | null> {
  const repo = await findRepositoryById(actingAs(ctx, system("repositories.remotes")), repoId);
  if (!repo) return null;
  if (repo.archivedAt) return archivedReason;
  if (personId === null) return "The person who set this up has no account any more";
  const [person] = await ctx.db
    .select({ login: owners.login, suspended: user.suspended })
    .from(user)
    .innerJoin(owners, eq(owners.id, user.id))
    .where(eq(user.id, personId));
  if (!person) return "The person who set this up has no account any more";
  if (person.suspended) return `${person.login}, who set this up, is suspended`;
  if ((await permissionOf(ctx, repo, personId)) !== "admin")
    return `${person.login}, who set this up, does not administer the repository any more`;
  return requireAccess(actingAs(ctx, system("repositories.remotes")), repo, "admin");
}
