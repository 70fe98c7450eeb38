import { eq, sql } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../kernel/context.ts";
import { emit } from "../../kernel/events.ts";
import { repositories } from "../repositories/schema.ts";
import type { RepoWith } from "../repositories/index.ts";
import {
  milestoneClosed,
  milestoneCreated,
  milestoneDeleted,
  milestoneReopened,
  milestoneUpdated,
} from "./events.ts";
import type { Milestone } from "./queries.ts";
import { milestones } from "./schema.ts";

export interface MilestoneInput {
  readonly title: string;
  readonly description: string | null;
  readonly dueDate: Date | null;
  readonly state: "open" | "closed";
}

/** @throws a database refusal that reads "already exists" when the title is taken */
export function createMilestone(
  ctx: Context,
  repo: RepoWith<"write">,
  input: MilestoneInput,
): Promise<Milestone> {
  return transact(ctx, async (tx) => {
    // Held to the end of the transaction: two creations at once take two numbers, a failed one takes none.
    await tx.db
      .select({ id: repositories.id })
      .from(repositories)
      .where(eq(repositories.id, repo.id))
      .for("no key update");
    const [highest] = await tx.db
      .select({ number: sql<number>`coalesce(max(${milestones.number}), 0)`.mapWith(Number) })
      .from(milestones)
      .where(eq(milestones.repoId, repo.id));
    const [milestone] = await tx.db
      .insert(milestones)
      .values({
        ...input,
        repoId: repo.id,
        number: (highest?.number ?? 0) + 1,
        creatorId: actorId(tx.actor),
        closedAt: input.state === "closed" ? tx.clock.now() : null,
      })
      .returning();
    if (!milestone) throw new Error("the insert answered no row");
    await emit(tx, milestoneCreated, { repoId: repo.id, subjectId: milestone.id }, described(milestone));
    return milestone;
  });
}

export function updateMilestone(
  ctx: Context,
  repo: RepoWith<"write">,
  milestone: Milestone,
  changes: Partial<MilestoneInput>,
): Promise<Milestone> {
  return transact(ctx, async (tx) => {
    const state = changes.state ?? milestone.state;
    const [updated] = await tx.db
      .update(milestones)
      .set({ ...changes, closedAt: state === "open" ? null : (milestone.closedAt ?? tx.clock.now()) })
      .where(eq(milestones.id, milestone.id))
      .returning();
    // Deleted by somebody else since it was read: there is nothing to update and nothing to tell.
    if (!updated) return milestone;
    const fact =
      state === milestone.state ? milestoneUpdated : state === "closed" ? milestoneClosed : milestoneReopened;
    await emit(tx, fact, { repoId: repo.id, subjectId: milestone.id }, described(updated));
    return updated;
  });
}

/** Issues and pull requests of the milestone stay, without one. */
export function deleteMilestone(ctx: Context, repo: RepoWith<"write">, milestone: Milestone): Promise<void> {
  return transact(ctx, async (tx) => {
    const deleted = await tx.db
      .delete(milestones)
      .where(eq(milestones.id, milestone.id))
      .returning({ id: milestones.id });
    if (deleted.length === 0) return;
    await emit(tx, milestoneDeleted, { repoId: repo.id, subjectId: milestone.id }, described(milestone));
  });
}

/** Moves a milestone's counts by the given differences, in the transaction of the issue or pull request that moved. */
export async function moveMilestoneCounts(
  tx: TransactionContext,
  milestoneId: string,
  by: { readonly open: number; readonly closed: number },
): Promise<void> {
  if (by.open === 0 && by.closed === 0) return;
  await tx.db
    .update(milestones)
    .set({
      openCount: sql`${milestones.openCount} + ${by.open}`,
      closedCount: sql`${milestones.closedCount} + ${by.closed}`,
      updatedAt: tx.clock.now(),
    })
    .where(eq(milestones.id, milestoneId));
}

const described = (milestone: Milestone) => ({
  milestone_id: milestone.id,
  number: milestone.number,
  title: milestone.title,
});
