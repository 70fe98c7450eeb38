import { subscription } from "../../kernel/events.ts";
import { repositoryCreated } from "../repositories/index.ts";
import { defaultLabels } from "./defaults.ts";
import { labels } from "./schema.ts";

/** Gives a new repository its first labels. Run again, it adds nothing. */
export const addDefaultLabels = subscription(
  "labels.add-defaults",
  [repositoryCreated],
  async (ctx, event) => {
    const repoId = event.repoId;
    if (repoId === null) return;
    await ctx.db
      .insert(labels)
      .values(defaultLabels.map((label) => ({ ...label, repoId })))
      .onConflictDoNothing();
  },
);
