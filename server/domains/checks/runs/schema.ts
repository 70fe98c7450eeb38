import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id, moment, objectId, updatedAt } from "../../../kernel/db/columns.ts";
import { user } from "../../accounts/schema.ts";
import { repositories } from "../../repositories/schema.ts";

export const checkRunStatus = pgEnum("check_run_status", [
  "queued",
  "in_progress",
  "completed",
  "waiting",
  "requested",
  "pending",
]);

export const checkRunConclusion = pgEnum("check_run_conclusion", [
  "success",
  "failure",
  "neutral",
  "cancelled",
  "skipped",
  "timed_out",
  "action_required",
]);

/** In the order in which they matter. */
export const annotationLevel = pgEnum("check_annotation_level", ["failure", "warning", "notice"]);

/** What one reporter says about one commit. */
export const checkSuites = pgTable(
  "check_suites",
  {
    id: id(),
    apiId: apiId(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    headSha: objectId("head_sha").notNull(),
    creatorId: text("creator_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [unique("check_suites_reporter_key").on(table.repoId, table.headSha, table.creatorId)],
);

/** Of the runs of one name on a commit the one with the largest `api_id` counts. */
export const checkRuns = pgTable(
  "check_runs",
  {
    id: id(),
    apiId: apiId(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    suiteId: uuid("suite_id")
      .notNull()
      .references(() => checkSuites.id, { onDelete: "cascade" }),
    headSha: objectId("head_sha").notNull(),
    name: text("name").notNull(),
    status: checkRunStatus("status").notNull().default("queued"),
    conclusion: checkRunConclusion("conclusion"),
    detailsUrl: text("details_url"),
    externalId: text("external_id"),
    startedAt: moment("started_at"),
    completedAt: moment("completed_at"),
    title: text("title"),
    /** Markdown, as `text`. */
    summary: text("summary"),
    text: text("text"),
    annotationsCount: integer("annotations_count").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("check_runs_commit_idx").on(table.repoId, table.headSha, table.name, table.apiId),
    index("check_runs_suite_idx").on(table.suiteId, table.apiId),
    check("check_runs_concluded", sql`(${table.status} = 'completed') = (${table.conclusion} is not null)`),
    check("check_runs_ended", sql`(${table.status} = 'completed') = (${table.completedAt} is not null)`),
  ],
);

export const checkAnnotations = pgTable(
  "check_annotations",
  {
    id: id(),
    runId: uuid("run_id")
      .notNull()
      .references(() => checkRuns.id, { onDelete: "cascade" }),
    path: text("path").notNull(),
    startLine: integer("start_line").notNull(),
    endLine: integer("end_line").notNull(),
    startColumn: integer("start_column"),
    endColumn: integer("end_column"),
    level: annotationLevel("level").notNull(),
    message: text("message").notNull(),
    title: text("title"),
    rawDetails: text("raw_details"),
    /** Of all that it says: a request that comes twice adds nothing the second time. */
    digest: text("digest").notNull(),
  },
  (table) => [
    unique("check_annotations_said_key").on(table.runId, table.digest),
    index("check_annotations_order_idx").on(table.runId, table.id),
    check("check_annotations_lines", sql`${table.startLine} >= 1 and ${table.endLine} >= ${table.startLine}`),
  ],
);
