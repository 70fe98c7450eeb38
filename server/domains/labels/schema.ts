import { sql } from "drizzle-orm";
import { check, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { repositories } from "../repositories/schema.ts";

/** `color` is six lower-case hex digits without `#`, as GitHub's API has it. */
export const labels = pgTable(
  "labels",
  {
    id: id(),
    apiId: apiId(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    color: text("color").notNull(),
    description: text("description"),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("labels_name_unique").on(table.repoId, sql`lower(${table.name})`),
    check("labels_name_length", sql`char_length(${table.name}) between 1 and 50`),
    check("labels_color_shape", sql`${table.color} ~ '^[0-9a-f]{6}$'`),
  ],
);

export const constraints: Constraints = {
  labels_name_unique: {
    resource: "Label",
    field: "name",
    code: "already_exists",
    message: "A label of this name already exists",
  },
  labels_name_length: {
    resource: "Label",
    field: "name",
    code: "invalid",
    message: "A label name has 1 to 50 characters",
  },
  labels_color_shape: {
    resource: "Label",
    field: "color",
    code: "invalid",
    message: "A color is six hex digits without #",
  },
};
