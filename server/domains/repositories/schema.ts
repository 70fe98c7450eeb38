import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from "drizzle-orm/pg-core";
import { apiId, createdAt, id, moment, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { ownerType, owners, user } from "../accounts/schema.ts";
import { mergeColumns } from "./merge-columns.ts";

export { mergeMessage, mergeTitle, squashMessage, squashTitle } from "./merge-columns.ts";

export const permission = pgEnum("permission", ["read", "write", "admin"]);
/** What alone moves the branches and tags of a repository, where it is not people. */
export const contentSource = pgEnum("content_source", ["import", "mirror"]);

/**
 * `next_number` is the one series that issues and pull requests share. `disk_path` is made of the id, never of names.
 * A deleted repository keeps its row until it is purged, so that it can be restored.
 */
export const repositories = pgTable(
  "repositories",
  {
    id: id(),
    apiId: apiId(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => owners.id),
    ownerType: ownerType("owner_type").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    homepage: text("homepage"),
    isPrivate: boolean("is_private").notNull().default(false),
    isFork: boolean("is_fork").notNull().default(false),
    forkedFromId: uuid("forked_from_id").references((): AnyPgColumn => repositories.id, {
      onDelete: "set null",
    }),
    /** Others may begin with its files. */
    isTemplate: boolean("is_template").notNull().default(false),
    /** Whose files it began with. */
    templateId: uuid("template_id").references((): AnyPgColumn => repositories.id, { onDelete: "set null" }),
    defaultBranch: text("default_branch").notNull().default("main"),
    ...mergeColumns,
    starsCount: integer("stars_count").notNull().default(0),
    forksCount: integer("forks_count").notNull().default(0),
    watchersCount: integer("watchers_count").notNull().default(0),
    openIssuesCount: integer("open_issues_count").notNull().default(0),
    openPrsCount: integer("open_prs_count").notNull().default(0),
    nextNumber: integer("next_number").notNull().default(1),
    languageStats: jsonb("language_stats").$type<Record<string, number>>(),
    languageStatsUpdatedAt: moment("language_stats_updated_at"),
    diskPath: text("disk_path").notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull().default(0),
    contentSource: contentSource("content_source"),
    /** Where it comes from, without a name or password; null where people move the branches. */
    sourceUrl: text("source_url"),
    archivedAt: moment("archived_at"),
    deletedAt: moment("deleted_at"),
    deletedById: text("deleted_by_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    pushedAt: moment("pushed_at"),
  },
  (table) => [
    uniqueIndex("repositories_name_unique")
      .on(table.ownerId, sql`lower(${table.name})`)
      .where(sql`${table.deletedAt} is null`),
    index("repositories_forked_from_idx").on(table.forkedFromId),
    index("repositories_template_idx")
      .on(table.templateId)
      .where(sql`${table.templateId} is not null`),
    index("repositories_deleted_idx")
      .on(table.deletedAt)
      .where(sql`${table.deletedAt} is not null`),
    index("repositories_updated_idx").on(table.updatedAt, table.id),
    check("repositories_source_whole", sql`(${table.contentSource} is null) = (${table.sourceUrl} is null)`),
    check(
      "repositories_name_shape",
      sql`${table.name} ~ '^[A-Za-z0-9._-]{1,100}$' and ${table.name} not in ('.', '..')`,
    ),
    check(
      "repositories_counts_positive",
      sql`${table.starsCount} >= 0 and ${table.forksCount} >= 0 and ${table.watchersCount} >= 0 and ${table.openIssuesCount} >= 0 and ${table.openPrsCount} >= 0`,
    ),
  ],
);

export type RepositoryRow = typeof repositories.$inferSelect;

/** Former places of a repository, after a rename or a transfer; a new repository at the place takes it over. */
export const repositoryRedirects = pgTable(
  "repository_redirects",
  {
    ownerId: text("owner_id")
      .notNull()
      .references(() => owners.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.name] }),
    index("repository_redirects_repo_idx").on(table.repoId),
  ],
);

export const collaborators = pgTable(
  "collaborators",
  {
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    permission: permission("permission").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.repoId, table.userId] }),
    index("collaborators_user_idx").on(table.userId),
  ],
);

export const stars = pgTable(
  "stars",
  {
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.repoId, table.userId] }),
    index("stars_user_idx").on(table.userId, table.createdAt),
  ],
);

export const watches = pgTable(
  "watches",
  {
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.repoId, table.userId] }),
    index("watches_user_idx").on(table.userId, table.createdAt),
  ],
);

export const branchProtectionRules = pgTable(
  "branch_protection_rules",
  {
    id: id(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    pattern: text("pattern").notNull(),
    requirePullRequest: boolean("require_pull_request").notNull().default(false),
    requiredReviewers: integer("required_reviewers").notNull().default(0),
    dismissStaleReviews: boolean("dismiss_stale_reviews").notNull().default(false),
    requireStatusChecks: boolean("require_status_checks").notNull().default(false),
    requiredStatusChecks: jsonb("required_status_checks").$type<string[]>().notNull().default([]),
    requireCodeOwnerReviews: boolean("require_code_owner_reviews").notNull().default(false),
    requireLastPushApproval: boolean("require_last_push_approval").notNull().default(false),
    requireConversationResolution: boolean("require_conversation_resolution").notNull().default(false),
    requireUpToDate: boolean("require_up_to_date").notNull().default(false),
    allowForcePush: boolean("allow_force_push").notNull().default(false),
    allowDeletion: boolean("allow_deletion").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("branch_protection_rules_pattern_unique").on(table.repoId, table.pattern),
    check("branch_protection_rules_pattern_length", sql`char_length(${table.pattern}) between 1 and 250`),
    check("branch_protection_rules_reviewers_range", sql`${table.requiredReviewers} between 0 and 10`),
  ],
);

/** The intent of every ref write, from before git moves it until its result is recorded: what a start finds was cut off. */
export const refUpdateIntents = pgTable(
  "ref_update_intents",
  {
    id: id(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    actorId: text("actor_id"),
    updates: jsonb("updates").$type<{ ref: string; old: string; new: string }[]>().notNull(),
    context: jsonb("context").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (table) => [index("ref_update_intents_repo_idx").on(table.repoId)],
);

export const constraints: Constraints = {
  repositories_name_unique: {
    resource: "Repository",
    field: "name",
    code: "already_exists",
    message: "name already exists on this account",
  },
  branch_protection_rules_pattern_unique: {
    resource: "ProtectionRule",
    field: "pattern",
    code: "already_exists",
    message: "This pattern has a rule already",
  },
  branch_protection_rules_pattern_length: {
    resource: "ProtectionRule",
    field: "pattern",
    code: "invalid",
    message: "A pattern has 1 to 250 characters",
  },
  branch_protection_rules_reviewers_range: {
    resource: "ProtectionRule",
    field: "required_reviewers",
    code: "invalid",
    message: "At most 10 approvals can be required",
  },
  repositories_name_shape: {
    resource: "Repository",
    field: "name",
    code: "invalid",
    message: "A repository name has 1 to 100 letters, digits, dots, hyphens and underscores",
  },
};
