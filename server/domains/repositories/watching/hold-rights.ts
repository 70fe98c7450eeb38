/** Rights that may not end before a transaction does. */
import { and, eq } from "drizzle-orm";
import type { TransactionContext } from "../../../kernel/context.ts";
import { organizations, orgMembers, teamMembers, teams } from "../../organizations/schema.ts";
import { collaborators, type repositories } from "../schema.ts";
import { teamRepositories } from "../teams/schema.ts";

type Row = Pick<typeof repositories.$inferSelect, "id" | "ownerId" | "ownerType">;

/**
 * Holds all rows by which somebody may read a private repository, until the transaction ends: whoever takes one of those rights away
 * waits for that, or is waited for here. What is read afterwards is so as long as the transaction lasts. To be called with the row
 * of the repository held: who changes that and rights in one transaction begins with it too. The organization and the teams come
 * before what hangs on them, in the order in which they are ended.
 */
export async function holdRights(tx: TransactionContext, repo: Row, userId: string): Promise<void> {
  await tx.db
    .select({ id: collaborators.userId })
    .from(collaborators)
    .where(and(eq(collaborators.repoId, repo.id), eq(collaborators.userId, userId)))
    .for("share");
  if (repo.ownerType !== "organization") return;
  const isOwner = eq(organizations.id, repo.ownerId);
  const [owner] = await tx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(isOwner)
    .for("share");
  if (!owner) return;
  const through = await tx.db
    .select({ id: teams.id })
    .from(teams)
    .innerJoin(teamMembers, eq(teamMembers.teamId, teams.id))
    .innerJoin(teamRepositories, eq(teamRepositories.teamId, teams.id))
    .where(
      and(eq(teams.orgId, owner.id), eq(teamMembers.userId, userId), eq(teamRepositories.repoId, repo.id)),
    )
    .orderBy(teams.id)
    .for("share", { of: teams });
  for (const team of through) {
    await tx.db
      .select({ id: teamMembers.teamId })
      .from(teamMembers)
      .where(and(eq(teamMembers.teamId, team.id), eq(teamMembers.userId, userId)))
      .for("share");
    await tx.db
      .select({ id: teamRepositories.teamId })
      .from(teamRepositories)
      .where(and(eq(teamRepositories.teamId, team.id), eq(teamRepositories.repoId, repo.id)))
      .for("share");
  }
  await tx.db
    .select({ id: orgMembers.userId })
    .from(orgMembers)
    .where(and(eq(orgMembers.orgId, owner.id), eq(orgMembers.userId, userId)))
    .for("share");
}
