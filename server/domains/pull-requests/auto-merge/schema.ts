import { index, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, objectId } from "../../../kernel/db/columns.ts";
import { user } from "../../accounts/schema.ts";
import { pullRequests } from "../schema.ts";

export const mergeMethod = pgEnum("merge_method", ["merge", "squash", "rebase", "fast-forward"]);

/**
 * Open pull requests that merge by themselves once nothing stands in the way. `head_sha` is the newest head that is known to
 * come from people who may merge; `target_branch` is where it was to go.
 */
export const prAutoMerges = pgTable(
  "pr_auto_merges",
  {
    prId: uuid("pr_id")
      .primaryKey()
      .references(() => pullRequests.id, { onDelete: "cascade" }),
    enabledById: text("enabled_by_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    method: mergeMethod("method").notNull(),
    title: text("title"),
    message: text("message"),
    headSha: objectId("head_sha").notNull(),
    targetBranch: text("target_branch").notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("pr_auto_merges_enabled_by_idx").on(table.enabledById)],
);
