import { and, eq } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { forbidden, invalid } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { countRepositories } from "../../accounts/index.ts";
import { orgOf, type RepoWith, type Repository } from "../access.ts";
import { repositoryTransferred } from "../events.ts";
import type { Home } from "../homes.ts";
import { checkName } from "../names.ts";
import { dropRedirect, leaveRedirect } from "../redirects.ts";
import { collaborators, repositories } from "../schema.ts";
import { teamRepositories } from "../teams/schema.ts";

/**
 * Gives a repository to another owner. Its bytes stay where they are and its former place redirects. A person who gives a
 * repository away keeps working on it as a collaborator with admin rights.
 *
 * @throws a database refusal that reads "name already exists on this account" when the new owner has one of this name
 */
export async function transferRepository(
  ctx: Context,
  repo: RepoWith<"admin">,
  to: Home,
  wanted?: string,
): Promise<Repository> {
  if (wanted !== undefined) checkName(wanted);
  if (to.id === repo.ownerId) throw invalid("Repository", "new_owner", "It belongs to this owner already");
  return transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(repositories)
      .where(eq(repositories.id, repo.id))
      .for("update");
    if (!before || before.deletedAt) throw forbidden("The repository was deleted");
    if (before.ownerId !== repo.ownerId) throw forbidden("The repository was transferred meanwhile");
    // Whoever renamed it meanwhile is not overruled by who gave it away under its former name.
    const name = wanted ?? before.name;
    const [after] = await tx.db
      .update(repositories)
      .set({ ownerId: to.id, ownerType: to.type, name, updatedAt: tx.clock.now() })
      .where(eq(repositories.id, repo.id))
      .returning();
    if (!after) throw new Error("the update answered no row");
    await leaveRedirect(tx, before);
    await dropRedirect(tx, to.id, name);
    const one = after.isPrivate ? { private: 1 } : { public: 1 };
    const less = after.isPrivate ? { private: -1 } : { public: -1 };
    await countRepositories(tx, before.ownerId, less);
    await countRepositories(tx, to.id, one);
    await tx.db
      .delete(collaborators)
      .where(and(eq(collaborators.repoId, repo.id), eq(collaborators.userId, to.id)));
    // Teams are of the organization that it leaves.
    await tx.db.delete(teamRepositories).where(eq(teamRepositories.repoId, repo.id));
    if (before.ownerType === "user")
      await tx.db
        .insert(collaborators)
        .values({ repoId: repo.id, userId: before.ownerId, permission: "admin", createdAt: tx.clock.now() })
        .onConflictDoNothing();
    const moved: Repository = { ...after, owner: to, access: repo.access };
    await emit(
      tx,
      repositoryTransferred,
      { repoId: repo.id, ...orgOf(moved) },
      {
        name,
        previous_name: before.name,
        previous_owner_id: repo.owner.id,
        previous_owner: repo.owner.login,
      },
    );
    return moved;
  });
}
