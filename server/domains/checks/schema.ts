import { index, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id, objectId } from "../../kernel/db/columns.ts";
import { user } from "../accounts/schema.ts";
import { repositories } from "../repositories/schema.ts";

export const commitStatusState = pgEnum("commit_status_state", ["error", "failure", "pending", "success"]);

/** Every report is kept; the newest per (commit, context) counts. */
export const commitStatuses = pgTable(
  "commit_statuses",
  {
    id: id(),
    apiId: apiId(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    sha: objectId("sha").notNull(),
    context: text("context").notNull().default("default"),
    state: commitStatusState("state").notNull(),
    description: text("description"),
    targetUrl: text("target_url"),
    creatorId: text("creator_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [index("commit_statuses_commit_idx").on(table.repoId, table.sha, table.context, table.id)],
);

export const checkVerdict = pgEnum("check_verdict", ["failure", "pending", "success"]);

/** What all checks of a commit come to, written with each of them (`verdicts.ts`). */
export const commitVerdicts = pgTable(
  "commit_verdicts",
  {
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    sha: objectId("sha").notNull(),
    verdict: checkVerdict("verdict").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.repoId, table.sha] }),
    index("commit_verdicts_verdict_idx").on(table.repoId, table.verdict, table.sha),
  ],
);
