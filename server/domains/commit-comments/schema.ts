import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id, objectId, updatedAt } from "../../kernel/db/columns.ts";
import { user } from "../accounts/schema.ts";
import { repositories } from "../repositories/schema.ts";

export const commitComments = pgTable(
  "commit_comments",
  {
    id: id(),
    apiId: apiId(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    commitSha: objectId("commit_sha").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id),
    path: text("path"),
    line: integer("line"),
    position: integer("position"),
    body: text("body").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("commit_comments_commit_idx").on(table.repoId, table.commitSha, table.createdAt, table.id),
    index("commit_comments_repo_idx").on(table.repoId, table.createdAt, table.id),
    check("commit_comments_place", sql`${table.line} is null or ${table.path} is not null`),
  ],
);
