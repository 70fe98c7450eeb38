import { and, eq } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { conflict, invalid, notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import type { Level } from "../../../kernel/grants.ts";
import { teamsById, type Team } from "../../organizations/index.ts";
import { orgOf, type RepoWith } from "../access.ts";
import { repositories } from "../schema.ts";
import { teamAdded, teamRemoved } from "./events.ts";
import { teamRepositories } from "./schema.ts";

/**
 * Lets a team work on a repository of its organization, or changes what it may do: its members, now and later, hold that at
 * least.
 *
 * @throws Refusal 422 for a team of another organization, 409 when the repository left meanwhile, 404 when the team did
 */
export function setTeamPermission(
  ctx: Context,
  repo: RepoWith<"admin">,
  team: Team,
  permission: Level,
): Promise<void> {
  if (team.orgId !== repo.ownerId)
    throw invalid("Team", "repo", "A team works on the repositories of its own organization");
  return transact(ctx, async (tx) => {
    // A transfer, which ends what teams may do, waits for this and this for it.
    const [held] = await tx.db
      .select({ ownerId: repositories.ownerId })
      .from(repositories)
      .where(eq(repositories.id, repo.id))
      .for("share");
    if (held?.ownerId !== team.orgId) throw conflict("The repository was transferred meanwhile");
    const mine = and(eq(teamRepositories.repoId, repo.id), eq(teamRepositories.teamId, team.id));
    const [before] = await tx.db.select().from(teamRepositories).where(mine).for("update");
    if (before?.permission === permission) return;
    if (!(await teamsById(tx, [team.id])).has(team.id)) throw notFound();
    await tx.db
      .insert(teamRepositories)
      .values({ repoId: repo.id, teamId: team.id, permission, createdAt: tx.clock.now() })
      .onConflictDoUpdate({
        target: [teamRepositories.teamId, teamRepositories.repoId],
        set: { permission },
      });
    await emit(
      tx,
      teamAdded,
      { repoId: repo.id, ...orgOf(repo) },
      { team_id: team.id, name: team.name, permission, previous_permission: before?.permission ?? null },
    );
  });
}

/** Ends what a team may do in a repository, if it may anything. What its members hold in other ways stays. */
export function removeTeam(ctx: Context, repo: RepoWith<"admin">, team: Team): Promise<void> {
  return transact(ctx, async (tx) => {
    const removed = await tx.db
      .delete(teamRepositories)
      .where(and(eq(teamRepositories.repoId, repo.id), eq(teamRepositories.teamId, team.id)))
      .returning({ teamId: teamRepositories.teamId });
    if (removed.length === 0) return;
    await emit(tx, teamRemoved, { repoId: repo.id, ...orgOf(repo) }, { team_id: team.id, name: team.name });
  });
}
