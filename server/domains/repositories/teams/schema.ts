import { index, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "../../../kernel/db/columns.ts";
import { teams } from "../../organizations/schema.ts";
import { permission, repositories } from "../schema.ts";

/** What teams may do: of an organization's teams in its repositories. A transfer ends it. */
export const teamRepositories = pgTable(
  "team_repositories",
  {
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    permission: permission("permission").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.repoId] }),
    index("team_repositories_repo_idx").on(table.repoId),
  ],
);
