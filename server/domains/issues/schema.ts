import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from "drizzle-orm/pg-core";
import { apiId, createdAt, id, moment, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { user } from "../accounts/schema.ts";
import { labels } from "../labels/schema.ts";
import { milestones } from "../planning/schema.ts";
import { repositories } from "../repositories/schema.ts";

export const issueState = pgEnum("issue_state", ["open", "closed"]);
export const issueStatus = pgEnum("issue_status", [
  "triage",
  "backlog",
  "todo",
  "in_progress",
  "in_review",
  "done",
  "canceled",
]);
export const issuePriority = pgEnum("issue_priority", ["none", "low", "medium", "high", "urgent"]);

/** The workflow of a repository. `category` is the status that a stage of any name stands for. */
export const issueStages = pgTable(
  "issue_stages",
  {
    id: id(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    icon: text("icon"),
    color: text("color").notNull(),
    position: integer("position").notNull(),
    category: issueStatus("category").notNull(),
    isClosedState: boolean("is_closed_state").notNull().default(false),
    isTriageState: boolean("is_triage_state").notNull().default(false),
    isDefault: boolean("is_default").notNull().default(false),
    isSystem: boolean("is_system").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    unique("issue_stages_key_unique").on(table.repoId, table.key),
    uniqueIndex("issue_stages_default_unique")
      .on(table.repoId)
      .where(sql`${table.isDefault}`),
  ],
);

/**
 * `stage_id` is the truth; `state` and `status` are written from the stage in the same statement.
 * `project_id` and `cycle_id` belong to planning and get their foreign keys with its tables.
 */
export const issues = pgTable(
  "issues",
  {
    id: id(),
    apiId: apiId(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    body: text("body"),
    state: issueState("state").notNull(),
    status: issueStatus("status").notNull(),
    stageId: uuid("stage_id")
      .notNull()
      .references(() => issueStages.id),
    priority: issuePriority("priority").notNull().default("none"),
    dueDate: moment("due_date"),
    estimate: integer("estimate"),
    authorId: text("author_id")
      .notNull()
      .references(() => user.id),
    assigneeId: text("assignee_id").references(() => user.id, { onDelete: "set null" }),
    parentId: uuid("parent_id").references((): AnyPgColumn => issues.id, { onDelete: "set null" }),
    milestoneId: uuid("milestone_id").references(() => milestones.id, { onDelete: "set null" }),
    projectId: uuid("project_id"),
    cycleId: uuid("cycle_id"),
    lockedAt: moment("locked_at"),
    commentsCount: integer("comments_count").notNull().default(0),
    closedAt: moment("closed_at"),
    closedById: text("closed_by_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("issues_number_unique").on(table.repoId, table.number),
    index("issues_all_created_idx").on(table.repoId, table.createdAt, table.id),
    index("issues_all_updated_idx").on(table.repoId, table.updatedAt, table.id),
    index("issues_created_idx").on(table.repoId, table.state, table.createdAt, table.id),
    index("issues_updated_idx").on(table.repoId, table.state, table.updatedAt, table.id),
    index("issues_assignee_idx").on(table.assigneeId, table.state),
    index("issues_author_idx").on(table.authorId, table.state),
    index("issues_milestone_idx").on(table.milestoneId, table.state),
    index("issues_search_idx").using(
      "gin",
      sql`to_tsvector('simple', ${table.title} || ' ' || coalesce(${table.body}, ''))`,
    ),
    check("issues_title_length", sql`char_length(${table.title}) between 1 and 256`),
    check("issues_closed_at_matches", sql`(${table.state} = 'closed') = (${table.closedAt} is not null)`),
  ],
);

export const issueComments = pgTable(
  "issue_comments",
  {
    id: id(),
    apiId: apiId(),
    issueId: uuid("issue_id")
      .notNull()
      .references(() => issues.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id),
    body: text("body").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("issue_comments_issue_idx").on(table.issueId, table.createdAt, table.id),
    index("issue_comments_user_idx").on(table.userId, table.issueId),
    index("issue_comments_search_idx").using("gin", sql`to_tsvector('simple', ${table.body})`),
  ],
);

export const issueLabels = pgTable(
  "issue_labels",
  {
    issueId: uuid("issue_id")
      .notNull()
      .references(() => issues.id, { onDelete: "cascade" }),
    labelId: uuid("label_id")
      .notNull()
      .references(() => labels.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.issueId, table.labelId] }),
    index("issue_labels_label_idx").on(table.labelId),
  ],
);

/** The history of an issue, one row a change, written in the change's own transaction. */
export const issueActivities = pgTable(
  "issue_activities",
  {
    id: id(),
    apiId: apiId(),
    issueId: uuid("issue_id")
      .notNull()
      .references(() => issues.id, { onDelete: "cascade" }),
    actorId: text("actor_id").references(() => user.id, { onDelete: "set null" }),
    action: text("action").notNull(),
    field: text("field"),
    oldValue: text("old_value"),
    newValue: text("new_value"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (table) => [
    index("issue_activities_issue_idx").on(table.issueId, table.createdAt, table.id),
    // What names issues, found from its side.
    index("issue_activities_source_idx")
      .on(table.newValue)
      .where(sql`${table.action} = 'cross-referenced'`),
  ],
);

export const constraints: Constraints = {
  issues_title_length: {
    resource: "Issue",
    field: "title",
    code: "invalid",
    message: "A title has 1 to 256 characters",
  },
  // Deleted by somebody else between the look and the write.
  issue_labels_label_id_labels_id_fk: {
    resource: "Issue",
    field: "labels",
    code: "invalid",
    message: "A label was just deleted",
  },
  issues_milestone_id_milestones_id_fk: {
    resource: "Issue",
    field: "milestone",
    code: "invalid",
    message: "The milestone was just deleted",
  },
};
