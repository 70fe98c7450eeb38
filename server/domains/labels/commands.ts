import { eq } from "drizzle-orm";
import { transact, type Context } from "../../kernel/context.ts";
import { emit } from "../../kernel/events.ts";
import type { RepoWith } from "../repositories/index.ts";
import { labelCreated, labelDeleted, labelUpdated } from "./events.ts";
import type { Label } from "./queries.ts";
import { labels } from "./schema.ts";

export interface LabelInput {
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
}

/** @throws a database refusal that reads "already exists" when the name is taken */
export function createLabel(ctx: Context, repo: RepoWith<"write">, input: LabelInput): Promise<Label> {
  return transact(ctx, async (tx) => {
    const [label] = await tx.db
      .insert(labels)
      .values({ ...input, repoId: repo.id })
      .returning();
    if (!label) throw new Error("the insert answered no row");
    await emit(tx, labelCreated, { repoId: repo.id, subjectId: label.id }, described(label));
    return label;
  });
}

export function updateLabel(
  ctx: Context,
  repo: RepoWith<"write">,
  label: Label,
  changes: Partial<LabelInput>,
): Promise<Label> {
  return transact(ctx, async (tx) => {
    const [updated] = await tx.db
      .update(labels)
      .set({ ...changes, name: changes.name ?? label.name })
      .where(eq(labels.id, label.id))
      .returning();
    // Deleted by somebody else since it was read: there is nothing to update and nothing to tell.
    if (!updated) return label;
    await emit(
      tx,
      labelUpdated,
      { repoId: repo.id, subjectId: label.id },
      { ...described(updated), previous_name: label.name },
    );
    return updated;
  });
}

/** Takes the label off everything that carries it. */
export function deleteLabel(ctx: Context, repo: RepoWith<"write">, label: Label): Promise<void> {
  return transact(ctx, async (tx) => {
    const deleted = await tx.db.delete(labels).where(eq(labels.id, label.id)).returning({ id: labels.id });
    if (deleted.length === 0) return;
    await emit(tx, labelDeleted, { repoId: repo.id, subjectId: label.id }, described(label));
  });
}

const described = (label: Label) => ({ label_id: label.id, name: label.name, color: label.color });
