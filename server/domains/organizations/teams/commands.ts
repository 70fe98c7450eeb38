import { and, eq, inArray } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { invalid, notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import type { Owner } from "../../accounts/index.ts";
import type { OrganizationWith } from "../access.ts";
import { teamCreated, teamDeleted, teamMemberAdded, teamMemberRemoved, teamUpdated } from "../events.ts";
import { orgMembers, organizations, teamMembers, teams } from "../schema.ts";
import type { Team } from "./queries.ts";

/** @throws Refusal 422 for a name that the organization's teams have already */
export function createTeam(
  ctx: Context,
  organization: OrganizationWith<"write">,
  input: { readonly name: string; readonly description: string | null },
): Promise<Team> {
  return transact(ctx, async (tx) => {
    const { id: orgId, login } = organization;
    const [row] = await tx.db
      .insert(teams)
      .values({ orgId, ...input, createdAt: tx.clock.now() })
      .returning();
    if (!row) throw new Error("the insert answered no row");
    await emit(tx, teamCreated, { orgId, subjectId: row.id }, told({ ...row, login }));
    return { ...row, login };
  });
}

/** Gives a team another name or description. @throws Refusal 422 for a name that another team has */
export function updateTeam(
  ctx: Context,
  organization: OrganizationWith<"write">,
  team: Team,
  changes: { readonly name?: string; readonly description?: string | null },
): Promise<Team> {
  return transact(ctx, async (tx) => {
    const [before] = await tx.db.select().from(teams).where(eq(teams.id, team.id)).for("update");
    if (!before) throw notFound();
    const after = { ...before, ...changes, login: organization.login };
    if (after.name === before.name && after.description === before.description) return after;
    await tx.db
      .update(teams)
      .set({ name: after.name, description: after.description })
      .where(eq(teams.id, team.id));
    const payload = { ...told(after), previous_name: before.name };
    await emit(tx, teamUpdated, { orgId: organization.id, subjectId: team.id }, payload);
    return after;
  });
}

/** Deletes a team, and with it what it was asked for and what it gave its members. */
export function deleteTeam(ctx: Context, organization: OrganizationWith<"write">, team: Team): Promise<void> {
  return transact(ctx, async (tx) => {
    const gone = await tx.db.delete(teams).where(eq(teams.id, team.id)).returning({ id: teams.id });
    if (gone.length === 0) throw notFound();
    await emit(tx, teamDeleted, { orgId: organization.id, subjectId: team.id }, told(team));
  });
}

/** @throws Refusal 422 for somebody who is not a member of the organization */
export function addToTeam(
  ctx: Context,
  organization: OrganizationWith<"write">,
  team: Team,
  person: Owner,
): Promise<void> {
  return transact(ctx, async (tx) => {
    await holdMembership(tx, organization.id);
    const [held] = await tx.db.select({ id: teams.id }).from(teams).where(eq(teams.id, team.id)).for("share");
    if (!held) throw notFound();
    const [member] = await tx.db
      .select({ userId: orgMembers.userId })
      .from(orgMembers)
      .where(and(eq(orgMembers.orgId, organization.id), eq(orgMembers.userId, person.id)));
    if (!member)
      throw invalid("Team", "username", "Only members of the organization can be in one of its teams");
    const added = await tx.db
      .insert(teamMembers)
      .values({ teamId: team.id, userId: person.id, createdAt: tx.clock.now() })
      .onConflictDoNothing()
      .returning();
    if (added.length === 0) return;
    const payload = { ...told(team), user_id: person.id };
    await emit(tx, teamMemberAdded, { orgId: organization.id, subjectId: team.id }, payload);
  });
}

export function removeFromTeam(
  ctx: Context,
  organization: OrganizationWith<"write">,
  team: Team,
  person: Owner,
): Promise<void> {
  return transact(ctx, async (tx) => {
    const gone = await tx.db
      .delete(teamMembers)
      .where(and(eq(teamMembers.teamId, team.id), eq(teamMembers.userId, person.id)))
      .returning();
    if (gone.length === 0) throw notFound();
    const payload = { ...told(team), user_id: person.id };
    await emit(tx, teamMemberRemoved, { orgId: organization.id, subjectId: team.id }, payload);
  });
}

/** Who leaves an organization leaves its teams. For the transaction that holds its membership. */
export async function leaveTeams(tx: TransactionContext, orgId: string, userId: string): Promise<void> {
  const own = tx.db.select({ id: teams.id }).from(teams).where(eq(teams.orgId, orgId));
  await tx.db
    .delete(teamMembers)
    .where(and(eq(teamMembers.userId, userId), inArray(teamMembers.teamId, own)));
}

/** Changes of one organization's membership come one after the other. */
async function holdMembership(tx: TransactionContext, orgId: string): Promise<void> {
  const [held] = await tx.db
    .select({ id: organizations.id })
    .from(organizations)
    .where(eq(organizations.id, orgId))
    .for("update");
  if (!held) throw notFound();
}

const told = (team: Team) => ({
  org_id: team.orgId,
  login: team.login,
  team_id: team.id,
  name: team.name,
});
