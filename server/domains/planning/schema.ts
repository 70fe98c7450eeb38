import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id, moment, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { user } from "../accounts/schema.ts";
import { repositories } from "../repositories/schema.ts";

export const milestoneState = pgEnum("milestone_state", ["open", "closed"]);

/** `number` is the milestone's own series in its repository; the counts are of issues and pull requests in it. */
export const milestones = pgTable(
  "milestones",
  {
    id: id(),
    apiId: apiId(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    description: text("description"),
    dueDate: moment("due_date"),
    state: milestoneState("state").notNull().default("open"),
    creatorId: text("creator_id").references(() => user.id, { onDelete: "set null" }),
    openCount: integer("open_count").notNull().default(0),
    closedCount: integer("closed_count").notNull().default(0),
    closedAt: moment("closed_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("milestones_number_unique").on(table.repoId, table.number),
    uniqueIndex("milestones_title_unique").on(table.repoId, sql`lower(${table.title})`),
    check("milestones_title_length", sql`char_length(${table.title}) between 1 and 256`),
    check("milestones_counts_positive", sql`${table.openCount} >= 0 and ${table.closedCount} >= 0`),
    check("milestones_closed_at_matches", sql`(${table.state} = 'closed') = (${table.closedAt} is not null)`),
    index("milestones_due_idx").on(table.repoId, table.state, table.dueDate),
  ],
);

export const constraints: Constraints = {
  milestones_title_length: {
    resource: "Milestone",
    field: "title",
    code: "invalid",
    message: "A title has 1 to 256 characters",
  },
  milestones_title_unique: {
    resource: "Milestone",
    field: "title",
    code: "already_exists",
    message: "A milestone of this title already exists",
  },
};
