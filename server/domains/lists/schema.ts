import { sql } from "drizzle-orm";
import { boolean, check, index, jsonb, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { user } from "../accounts/schema.ts";
import { repositories } from "../repositories/schema.ts";

/** What a saved query lists. */
export const viewKind = pgEnum("issue_view_kind", ["issue", "pr"]);

/** Saved queries: `filters` is a line of the language. One that is not shared is seen by its creator alone. */
export const issueViews = pgTable(
  "issue_views",
  {
    id: id(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    creatorId: text("creator_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    kind: viewKind("kind").notNull().default("issue"),
    name: text("name").notNull(),
    description: text("description"),
    filters: text("filters").notNull(),
    displayOptions: jsonb("display_options").$type<Record<string, unknown>>(),
    isShared: boolean("is_shared").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("issue_views_shared_name_unique")
      .on(table.repoId, table.kind, sql`lower(${table.name})`)
      .where(sql`${table.isShared}`),
    uniqueIndex("issue_views_own_name_unique")
      .on(table.repoId, table.kind, table.creatorId, sql`lower(${table.name})`)
      .where(sql`not ${table.isShared}`),
    index("issue_views_creator_idx").on(table.creatorId),
    check("issue_views_name_length", sql`char_length(${table.name}) between 1 and 60`),
    check("issue_views_filters_length", sql`char_length(${table.filters}) between 1 and 1000`),
  ],
);

const taken = {
  resource: "View",
  field: "name",
  code: "already_exists",
  message: "A saved query of this name already exists",
} as const;

export const constraints: Constraints = {
  issue_views_shared_name_unique: taken,
  issue_views_own_name_unique: taken,
  issue_views_name_length: {
    resource: "View",
    field: "name",
    code: "invalid",
    message: "A name has 1 to 60 characters",
  },
};
