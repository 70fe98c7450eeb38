import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from "drizzle-orm/pg-core";
import { apiId, createdAt, id, moment, objectId, sharedApiId, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { user } from "../accounts/schema.ts";
import { labels } from "../labels/schema.ts";
import { milestones } from "../planning/schema.ts";
import { repositories } from "../repositories/schema.ts";

export const prState = pgEnum("pr_state", ["open", "closed", "merged"]);
export const reviewState = pgEnum("review_state", ["pending", "approved", "changes_requested", "commented"]);

/**
 * `source_repo_id` is null when the fork was deleted. `is_mergeable` is what git said of (`head_sha`, `merge_checked_base_sha`)
 * and is unknown (null) for any other pair; `rebase_verdict` is what it said of a rebase, of the same pair. `topic` is that of one opened by a push (`proposals/`): then there is no source branch,
 * `source_branch` repeats the topic, and the head is what `refs/pull/N/head` is at. `stack_id` belongs to stacks and gets its foreign key with its tables.
 */
export const pullRequests = pgTable(
  "pull_requests",
  {
    id: id(),
    apiId: sharedApiId("issues_api_id_seq"),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    title: text("title").notNull(),
    body: text("body"),
    state: prState("state").notNull().default("open"),
    sourceBranch: text("source_branch").notNull(),
    topic: text("topic"),
    targetBranch: text("target_branch").notNull(),
    sourceRepoId: uuid("source_repo_id").references(() => repositories.id, { onDelete: "set null" }),
    headSha: objectId("head_sha").notNull(),
    baseSha: objectId("base_sha").notNull(),
    mergeSha: objectId("merge_sha"),
    authorId: text("author_id")
      .notNull()
      .references(() => user.id),
    assigneeId: text("assignee_id").references(() => user.id, { onDelete: "set null" }),
    milestoneId: uuid("milestone_id").references(() => milestones.id, { onDelete: "set null" }),
    stackId: uuid("stack_id"),
    isDraft: boolean("is_draft").notNull().default(false),
    isMergeable: boolean("is_mergeable"),
    rebaseVerdict: text("rebase_verdict"),
    mergeCheckedHeadSha: objectId("merge_checked_head_sha"),
    mergeCheckedBaseSha: objectId("merge_checked_base_sha"),
    maintainerCanModify: boolean("maintainer_can_modify").notNull().default(true),
    lockedAt: moment("locked_at"),
    commentsCount: integer("comments_count").notNull().default(0),
    reviewCommentsCount: integer("review_comments_count").notNull().default(0),
    mergedAt: moment("merged_at"),
    closedAt: moment("closed_at"),
    mergedById: text("merged_by_id").references(() => user.id, { onDelete: "set null" }),
    closedById: text("closed_by_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("pull_requests_number_unique").on(table.repoId, table.number),
    uniqueIndex("pull_requests_open_unique")
      .on(table.repoId, table.sourceRepoId, table.sourceBranch, table.targetBranch)
      .where(sql`${table.state} = 'open'`),
    index("pull_requests_all_created_idx").on(table.repoId, table.createdAt, table.id),
    index("pull_requests_all_updated_idx").on(table.repoId, table.updatedAt, table.id),
    uniqueIndex("pull_requests_topic_unique")
      .on(table.repoId, table.authorId, table.targetBranch, table.topic)
      .where(sql`${table.state} = 'open' and ${table.topic} is not null`),
    index("pull_requests_created_idx").on(table.repoId, table.state, table.createdAt, table.id),
    index("pull_requests_updated_idx").on(table.repoId, table.state, table.updatedAt, table.id),
    index("pull_requests_source_idx").on(table.sourceRepoId, table.sourceBranch),
    index("pull_requests_target_idx")
      .on(table.repoId, table.targetBranch)
      .where(sql`${table.state} = 'open'`),
    index("pull_requests_head_idx")
      .on(table.repoId, table.headSha)
      .where(sql`${table.state} = 'open'`),
    index("pull_requests_author_idx").on(table.authorId, table.state),
    index("pull_requests_assignee_idx").on(table.assigneeId, table.state),
    index("pull_requests_milestone_idx").on(table.milestoneId, table.state),
    index("pull_requests_search_idx").using(
      "gin",
      sql`to_tsvector('simple', ${table.title} || ' ' || coalesce(${table.body}, ''))`,
    ),
    check("pull_requests_title_length", sql`char_length(${table.title}) between 1 and 256`),
    check(
      "pull_requests_merged_at_matches",
      sql`(${table.state} = 'merged') = (${table.mergedAt} is not null)`,
    ),
    check("pull_requests_topic_place", sql`${table.topic} is null or ${table.sourceRepoId} is null`),
    check("pull_requests_closed_at_matches", sql`(${table.state} = 'open') = (${table.closedAt} is null)`),
  ],
);

export const prReviews = pgTable(
  "pr_reviews",
  {
    id: id(),
    apiId: apiId(),
    prId: uuid("pr_id")
      .notNull()
      .references(() => pullRequests.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id),
    state: reviewState("state").notNull(),
    body: text("body"),
    commitSha: objectId("commit_sha").notNull(),
    dismissedAt: moment("dismissed_at"),
    dismissedById: text("dismissed_by_id").references(() => user.id, { onDelete: "set null" }),
    dismissedMessage: text("dismissed_message"),
    submittedAt: moment("submitted_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("pr_reviews_pr_idx").on(table.prId, table.id),
    index("pr_reviews_user_idx").on(table.userId, table.prId),
    uniqueIndex("pr_reviews_pending_unique")
      .on(table.prId, table.userId)
      .where(sql`${table.state} = 'pending'`),
  ],
);

/**
 * General comments have no `path`; those on a file have one, and a line too unless their subject is the file. Replies share the
 * place of the comment they answer.
 */
export const prComments = pgTable(
  "pr_comments",
  {
    id: id(),
    apiId: sharedApiId("issue_comments_api_id_seq"),
    prId: uuid("pr_id")
      .notNull()
      .references(() => pullRequests.id, { onDelete: "cascade" }),
    reviewId: uuid("review_id").references(() => prReviews.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id),
    path: text("path"),
    line: integer("line"),
    side: text("side"),
    subjectType: text("subject_type").notNull().default("line"),
    originalLine: integer("original_line"),
    originalStartLine: integer("original_start_line"),
    commitSha: objectId("commit_sha"),
    originalCommitSha: objectId("original_commit_sha"),
    diffHunk: text("diff_hunk"),
    startLine: integer("start_line"),
    endLine: integer("end_line"),
    body: text("body").notNull(),
    replyToId: uuid("reply_to_id").references((): AnyPgColumn => prComments.id, { onDelete: "cascade" }),
    isResolved: boolean("is_resolved").notNull().default(false),
    resolvedAt: moment("resolved_at"),
    resolvedById: text("resolved_by_id").references(() => user.id, { onDelete: "set null" }),
    suggestion: text("suggestion"),
    suggestionApplied: boolean("suggestion_applied").notNull().default(false),
    suggestionCommitSha: objectId("suggestion_commit_sha"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("pr_comments_pr_idx").on(table.prId, table.createdAt, table.id),
    index("pr_comments_review_idx").on(table.reviewId),
    index("pr_comments_reply_idx").on(table.replyToId),
    index("pr_comments_user_idx").on(table.userId, table.prId),
    index("pr_comments_search_idx").using("gin", sql`to_tsvector('simple', ${table.body})`),
    check("pr_comments_side_known", sql`${table.side} is null or ${table.side} in ('LEFT', 'RIGHT')`),
    check("pr_comments_subject_known", sql`${table.subjectType} in ('line', 'file')`),
    check("pr_comments_place", sql`(${table.path} is null) = (${table.commitSha} is null)`),
  ],
);

export const prLabels = pgTable(
  "pr_labels",
  {
    prId: uuid("pr_id")
      .notNull()
      .references(() => pullRequests.id, { onDelete: "cascade" }),
    labelId: uuid("label_id")
      .notNull()
      .references(() => labels.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.prId, table.labelId] }),
    index("pr_labels_label_idx").on(table.labelId),
  ],
);

export const constraints: Constraints = {
  pull_requests_title_length: {
    resource: "PullRequest",
    field: "title",
    code: "invalid",
    message: "A title has 1 to 256 characters",
  },
  pull_requests_open_unique: {
    resource: "PullRequest",
    field: "head",
    code: "already_exists",
    message: "A pull request already exists for this head and base",
  },
  pull_requests_topic_unique: {
    resource: "PullRequest",
    field: "base",
    code: "already_exists",
    message: "A pull request of this topic and base is open already",
  },
  pr_reviews_pending_unique: {
    resource: "PullRequestReview",
    field: "user_id",
    code: "already_exists",
    message: "You have begun a review already; submit it or throw it away first",
  },
};
