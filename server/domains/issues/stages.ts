/** The workflow that a repository starts with, and the way from "open" and "closed" to a stage. */
import { eq } from "drizzle-orm";
import type { TransactionContext } from "../../kernel/context.ts";
import { issueStages } from "./schema.ts";

export type Stage = typeof issueStages.$inferSelect;
export type Category = Stage["category"];

const initial = [
  { key: "triage", name: "Triage", color: "8b8d98", isTriageState: true },
  { key: "backlog", name: "Backlog", color: "8b8d98", isDefault: true },
  { key: "todo", name: "Todo", color: "5b5bd6" },
  { key: "in_progress", name: "In progress", color: "ffc53d" },
  { key: "in_review", name: "In review", color: "8e4ec6" },
  { key: "done", name: "Done", color: "30a46c", isClosedState: true },
  { key: "canceled", name: "Canceled", color: "60646c", isClosedState: true },
] as const;

/** The stages of a repository in their order; the first call makes the seven that every repository starts with. */
export async function stagesOf(tx: TransactionContext, repoId: string): Promise<Stage[]> {
  const read = () =>
    tx.db.select().from(issueStages).where(eq(issueStages.repoId, repoId)).orderBy(issueStages.position);
  const existing = await read();
  if (existing.length > 0) return existing;
  await tx.db
    .insert(issueStages)
    .values(
      initial.map((stage, position) => ({ ...stage, repoId, position, category: stage.key, isSystem: true })),
    )
    .onConflictDoNothing();
  return read();
}

/** What an issue is moved to: the default stage when opened, the first stage of a category when closed. */
export type Target = "open" | "completed" | "not_planned";

const categoryOf = { completed: "done", not_planned: "canceled" } as const;

/** @throws Error when the workflow has lost a stage that it must have */
export function pickStage(stages: readonly Stage[], target: Target): Stage {
  const stage =
    target === "open"
      ? (stages.find((one) => one.isDefault) ?? stages.find((one) => !one.isClosedState))
      : (stages.find((one) => one.category === categoryOf[target]) ??
        stages.find((one) => one.isClosedState));
  if (!stage) throw new Error(`the workflow has no stage for ${target}`);
  return stage;
}

/** The columns that follow from the stage: written together, so they never disagree. */
export function stageColumns(stage: Stage) {
  return {
    stageId: stage.id,
    status: stage.category,
    state: stage.isClosedState ? ("closed" as const) : ("open" as const),
  };
}
