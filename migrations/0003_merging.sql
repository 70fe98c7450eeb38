CREATE TYPE "public"."merge_method" AS ENUM('merge', 'squash', 'rebase', 'fast-forward');--> statement-breakpoint
CREATE TYPE "public"."merge_commit_message" AS ENUM('PR_BODY', 'PR_TITLE', 'BLANK');--> statement-breakpoint
CREATE TYPE "public"."merge_commit_title" AS ENUM('PR_TITLE', 'MERGE_MESSAGE');--> statement-breakpoint
CREATE TYPE "public"."squash_merge_commit_message" AS ENUM('PR_BODY', 'COMMIT_MESSAGES', 'BLANK');--> statement-breakpoint
CREATE TYPE "public"."squash_merge_commit_title" AS ENUM('PR_TITLE', 'COMMIT_OR_PR_TITLE');--> statement-breakpoint
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
ALTER TABLE "repositories" ADD COLUMN "allow_fast_forward_merge" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "allow_auto_merge" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "squash_merge_commit_title" "squash_merge_commit_title" DEFAULT 'COMMIT_OR_PR_TITLE' NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "squash_merge_commit_message" "squash_merge_commit_message" DEFAULT 'COMMIT_MESSAGES' NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "merge_commit_title" "merge_commit_title" DEFAULT 'MERGE_MESSAGE' NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "merge_commit_message" "merge_commit_message" DEFAULT 'PR_TITLE' NOT NULL;--> statement-breakpoint
ALTER TABLE "pr_auto_merges" ADD CONSTRAINT "pr_auto_merges_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_auto_merges" ADD CONSTRAINT "pr_auto_merges_enabled_by_id_user_id_fk" FOREIGN KEY ("enabled_by_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pr_auto_merges_enabled_by_idx" ON "pr_auto_merges" USING btree ("enabled_by_id");