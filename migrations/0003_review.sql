CREATE TYPE "public"."issue_view_kind" AS ENUM('issue', 'pr');--> statement-breakpoint
CREATE TYPE "public"."merge_method" AS ENUM('merge', 'squash', 'rebase', 'fast-forward');--> statement-breakpoint
CREATE TYPE "public"."revision_kind" AS ENUM('opened', 'added', 'rebased', 'rewritten');--> statement-breakpoint
CREATE TYPE "public"."merge_commit_message" AS ENUM('PR_BODY', 'PR_TITLE', 'BLANK');--> statement-breakpoint
CREATE TYPE "public"."merge_commit_title" AS ENUM('PR_TITLE', 'MERGE_MESSAGE');--> statement-breakpoint
CREATE TYPE "public"."squash_merge_commit_message" AS ENUM('PR_BODY', 'COMMIT_MESSAGES', 'BLANK');--> statement-breakpoint
CREATE TYPE "public"."squash_merge_commit_title" AS ENUM('PR_TITLE', 'COMMIT_OR_PR_TITLE');--> statement-breakpoint
CREATE TABLE "commit_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "commit_comments_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"commit_sha" text NOT NULL,
	"user_id" text NOT NULL,
	"path" text,
	"line" integer,
	"position" integer,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commit_comments_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "commit_comments_place" CHECK ("commit_comments"."line" is null or "commit_comments"."path" is not null)
);
--> statement-breakpoint
CREATE TABLE "issue_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"repo_id" uuid NOT NULL,
	"creator_id" text NOT NULL,
	"kind" "issue_view_kind" DEFAULT 'issue' NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"filters" text NOT NULL,
	"display_options" jsonb,
	"is_shared" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_views_name_length" CHECK (char_length("issue_views"."name") between 1 and 60),
	CONSTRAINT "issue_views_filters_length" CHECK (char_length("issue_views"."filters") between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "pr_auto_merges" (
	"pr_id" uuid PRIMARY KEY NOT NULL,
	"enabled_by_id" text NOT NULL,
	"method" "merge_method" NOT NULL,
	"title" text,
	"message" text,
	"head_sha" text NOT NULL,
	"target_branch" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pr_revisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pr_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"head_sha" text NOT NULL,
	"base_sha" text NOT NULL,
	"merge_base_sha" text,
	"kind" "revision_kind" NOT NULL,
	"same_change" boolean,
	"commits" integer DEFAULT 0 NOT NULL,
	"pushed_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pr_revisions_number_positive" CHECK ("pr_revisions"."number" > 0),
	CONSTRAINT "pr_revisions_first_opened" CHECK (("pr_revisions"."number" = 1) = ("pr_revisions"."kind" = 'opened'))
);
--> statement-breakpoint
CREATE TABLE "pr_viewed_files" (
	"pr_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"path_hash" text NOT NULL,
	"path" text NOT NULL,
	"head_oid" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pr_viewed_files_pr_id_user_id_path_hash_pk" PRIMARY KEY("pr_id","user_id","path_hash")
);
--> statement-breakpoint
CREATE TABLE "deleted_texts" (
	"text_id" uuid PRIMARY KEY NOT NULL,
	"api_id" text NOT NULL,
	"text_kind" text NOT NULL,
	"repo_id" uuid NOT NULL,
	"deleted_by_id" text NOT NULL,
	"kept" jsonb NOT NULL,
	"deleted_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "reactions_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"text_kind" text NOT NULL,
	"text_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reactions_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "reactions_unique" UNIQUE("text_id","user_id","content"),
	CONSTRAINT "reactions_content_known" CHECK ("reactions"."content" in ('+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'))
);
--> statement-breakpoint
CREATE TABLE "saved_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "saved_replies_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_replies_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "saved_replies_title_length" CHECK (char_length("saved_replies"."title") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "text_edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "text_edits_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"text_kind" text NOT NULL,
	"text_id" uuid NOT NULL,
	"editor_id" text,
	"body" text,
	"erased_at" timestamp (3) with time zone,
	"erased_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "text_edits_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "text_edits_erased" CHECK (("text_edits"."body" is null) = ("text_edits"."erased_at" is not null))
);
--> statement-breakpoint
DROP INDEX "pull_requests_source_idx";--> statement-breakpoint
ALTER TABLE "pr_reviewers" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "api_id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "teams_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "pr_comments" ADD COLUMN "subject_type" text DEFAULT 'line' NOT NULL;--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD COLUMN "as_owner" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD COLUMN "topic" text;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "dismiss_stale_reviews" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_code_owner_reviews" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_last_push_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_conversation_resolution" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_up_to_date" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "allow_fast_forward_merge" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "allow_auto_merge" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "squash_merge_commit_title" "squash_merge_commit_title" DEFAULT 'COMMIT_OR_PR_TITLE' NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "squash_merge_commit_message" "squash_merge_commit_message" DEFAULT 'COMMIT_MESSAGES' NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "merge_commit_title" "merge_commit_title" DEFAULT 'MERGE_MESSAGE' NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "merge_commit_message" "merge_commit_message" DEFAULT 'PR_TITLE' NOT NULL;--> statement-breakpoint
ALTER TABLE "commit_comments" ADD CONSTRAINT "commit_comments_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commit_comments" ADD CONSTRAINT "commit_comments_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_views" ADD CONSTRAINT "issue_views_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_views" ADD CONSTRAINT "issue_views_creator_id_user_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_auto_merges" ADD CONSTRAINT "pr_auto_merges_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_auto_merges" ADD CONSTRAINT "pr_auto_merges_enabled_by_id_user_id_fk" FOREIGN KEY ("enabled_by_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_revisions" ADD CONSTRAINT "pr_revisions_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_revisions" ADD CONSTRAINT "pr_revisions_pushed_by_id_user_id_fk" FOREIGN KEY ("pushed_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_viewed_files" ADD CONSTRAINT "pr_viewed_files_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_viewed_files" ADD CONSTRAINT "pr_viewed_files_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deleted_texts" ADD CONSTRAINT "deleted_texts_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deleted_texts" ADD CONSTRAINT "deleted_texts_deleted_by_id_user_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_replies" ADD CONSTRAINT "saved_replies_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_edits" ADD CONSTRAINT "text_edits_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_edits" ADD CONSTRAINT "text_edits_editor_id_user_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_edits" ADD CONSTRAINT "text_edits_erased_by_id_user_id_fk" FOREIGN KEY ("erased_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "commit_comments_commit_idx" ON "commit_comments" USING btree ("repo_id","commit_sha","created_at","id");--> statement-breakpoint
CREATE INDEX "commit_comments_repo_idx" ON "commit_comments" USING btree ("repo_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "issue_views_shared_name_unique" ON "issue_views" USING btree ("repo_id","kind",lower("name")) WHERE "issue_views"."is_shared";--> statement-breakpoint
CREATE UNIQUE INDEX "issue_views_own_name_unique" ON "issue_views" USING btree ("repo_id","kind","creator_id",lower("name")) WHERE not "issue_views"."is_shared";--> statement-breakpoint
CREATE INDEX "issue_views_creator_idx" ON "issue_views" USING btree ("creator_id");--> statement-breakpoint
CREATE INDEX "pr_auto_merges_enabled_by_idx" ON "pr_auto_merges" USING btree ("enabled_by_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pr_revisions_number_unique" ON "pr_revisions" USING btree ("pr_id","number");--> statement-breakpoint
CREATE INDEX "pr_revisions_head_idx" ON "pr_revisions" USING btree ("pr_id","head_sha");--> statement-breakpoint
CREATE INDEX "deleted_texts_age_idx" ON "deleted_texts" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "deleted_texts_named_idx" ON "deleted_texts" USING btree ("repo_id","text_kind","api_id");--> statement-breakpoint
CREATE INDEX "deleted_texts_person_idx" ON "deleted_texts" USING btree ("deleted_by_id");--> statement-breakpoint
CREATE INDEX "reactions_repo_idx" ON "reactions" USING btree ("repo_id");--> statement-breakpoint
CREATE INDEX "reactions_user_idx" ON "reactions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_replies_title_unique" ON "saved_replies" USING btree ("user_id",lower("title"));--> statement-breakpoint
CREATE INDEX "text_edits_text_idx" ON "text_edits" USING btree ("text_id","id");--> statement-breakpoint
CREATE INDEX "text_edits_repo_idx" ON "text_edits" USING btree ("repo_id");--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "issue_activities_source_idx" ON "issue_activities" USING btree ("new_value") WHERE "issue_activities"."action" = 'cross-referenced';--> statement-breakpoint
CREATE INDEX "issue_comments_user_idx" ON "issue_comments" USING btree ("user_id","issue_id");--> statement-breakpoint
CREATE INDEX "issue_comments_search_idx" ON "issue_comments" USING gin (to_tsvector('simple', "body"));--> statement-breakpoint
CREATE INDEX "pr_comments_user_idx" ON "pr_comments" USING btree ("user_id","pr_id");--> statement-breakpoint
CREATE INDEX "pr_comments_search_idx" ON "pr_comments" USING gin (to_tsvector('simple', "body"));--> statement-breakpoint
CREATE INDEX "pr_reviewers_team_idx" ON "pr_reviewers" USING btree ("team_id") WHERE "pr_reviewers"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "pr_reviews_user_idx" ON "pr_reviews" USING btree ("user_id","pr_id");--> statement-breakpoint
CREATE INDEX "pull_requests_all_created_idx" ON "pull_requests" USING btree ("repo_id","created_at","id");--> statement-breakpoint
CREATE INDEX "pull_requests_all_updated_idx" ON "pull_requests" USING btree ("repo_id","updated_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "pull_requests_topic_unique" ON "pull_requests" USING btree ("repo_id","author_id","target_branch","topic") WHERE "pull_requests"."state" = 'open' and "pull_requests"."topic" is not null;--> statement-breakpoint
CREATE INDEX "pull_requests_source_idx" ON "pull_requests" USING btree ("source_repo_id","source_branch");--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_api_id_unique" UNIQUE("api_id");--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_team_unique" UNIQUE("pr_id","team_id");--> statement-breakpoint
ALTER TABLE "pr_comments" ADD CONSTRAINT "pr_comments_subject_known" CHECK ("pr_comments"."subject_type" in ('line', 'file'));--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_who" CHECK (num_nonnulls("pr_reviewers"."user_id", "pr_reviewers"."team_id") = 1);--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_topic_place" CHECK ("pull_requests"."topic" is null or "pull_requests"."source_repo_id" is null);