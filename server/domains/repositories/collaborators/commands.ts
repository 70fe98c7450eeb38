import { and, eq, sql } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { forbidden, invalid } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import type { Level } from "../../../kernel/grants.ts";
import type { Owner } from "../../accounts/index.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { collaborators, repositories, watches } from "../schema.ts";
import { permissionOf } from "../queries.ts";
import { collaboratorAdded, collaboratorRemoved } from "./events.ts";

/**
 * Lets a person work on a repository, or changes what they may do. They need not agree: they lose nothing, and may leave.
 *
 * @throws Refusal 422 for the owner, who has all rights already
 */
export function addCollaborator(
  ctx: Context,
  repo: RepoWith<"admin">,
  person: Owner,
  permission: Level,
): Promise<void> {
  if (person.id === repo.ownerId)
    throw invalid("Collaborator", "username", "The owner of a repository needs no permission");
  return transact(ctx, async (tx) => {
    const mine = and(eq(collaborators.repoId, repo.id), eq(collaborators.userId, person.id));
    const [before] = await tx.db.select().from(collaborators).where(mine).for("update");
    if (before?.permission === permission) return;
    await tx.db
      .insert(collaborators)
      .values({ repoId: repo.id, userId: person.id, permission, createdAt: tx.clock.now() })
      .onConflictDoUpdate({ target: [collaborators.repoId, collaborators.userId], set: { permission } });
    await emit(
      tx,
      collaboratorAdded,
      { repoId: repo.id, ...orgOf(repo) },
      {
        user_id: person.id,
        login: person.login,
        permission,
        previous_permission: before?.permission ?? null,
      },
    );
  });
}

/**
 * Ends a collaboration: an admin ends anyone's, a collaborator their own. Who cannot see the repository any more stops watching
 * it.
 *
 * @throws Refusal 403 for others
 */
export function removeCollaborator(ctx: Context, repo: RepoWith<"read">, person: Owner): Promise<void> {
  if (repo.access !== "admin" && actorId(ctx.actor) !== person.id)
    throw forbidden("Must have admin rights to Repository");
  return transact(ctx, async (tx) => {
    const removed = await tx.db
      .delete(collaborators)
      .where(and(eq(collaborators.repoId, repo.id), eq(collaborators.userId, person.id)))
      .returning({ userId: collaborators.userId });
    if (removed.length === 0) return;
    await emit(
      tx,
      collaboratorRemoved,
      { repoId: repo.id, ...orgOf(repo) },
      { user_id: person.id, login: person.login },
    );
    if ((await permissionOf(tx, repo, person.id)) !== "none") return;
    const unwatched = await tx.db
      .delete(watches)
      .where(and(eq(watches.repoId, repo.id), eq(watches.userId, person.id)))
      .returning({ userId: watches.userId });
    if (unwatched.length === 0) return;
    await tx.db
      .update(repositories)
      .set({ watchersCount: sql`${repositories.watchersCount} - 1` })
      .where(eq(repositories.id, repo.id));
  });
}
