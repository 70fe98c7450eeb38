CREATE TYPE "public"."owner_type" AS ENUM('user', 'organization');--> statement-breakpoint
CREATE TYPE "public"."commit_status_state" AS ENUM('error', 'failure', 'pending', 'success');--> statement-breakpoint
CREATE TYPE "public"."issue_priority" AS ENUM('none', 'low', 'medium', 'high', 'urgent');--> statement-breakpoint
CREATE TYPE "public"."issue_state" AS ENUM('open', 'closed');--> statement-breakpoint
CREATE TYPE "public"."issue_status" AS ENUM('triage', 'backlog', 'todo', 'in_progress', 'in_review', 'done', 'canceled');--> statement-breakpoint
CREATE TYPE "public"."org_role" AS ENUM('member', 'admin', 'owner');--> statement-breakpoint
CREATE TYPE "public"."milestone_state" AS ENUM('open', 'closed');--> statement-breakpoint
CREATE TYPE "public"."pr_state" AS ENUM('open', 'closed', 'merged');--> statement-breakpoint
CREATE TYPE "public"."review_request_state" AS ENUM('pending', 'completed', 'dismissed');--> statement-breakpoint
CREATE TYPE "public"."review_state" AS ENUM('pending', 'approved', 'changes_requested', 'commented');--> statement-breakpoint
CREATE TYPE "public"."permission" AS ENUM('read', 'write', 'admin');--> statement-breakpoint
CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_provider_unique" UNIQUE("provider_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"token_hash" text NOT NULL,
	"invited_by_id" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"accepted_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "invitations_token_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "owner_redirects" (
	"login" text PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "owners" (
	"id" text PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "owners_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" "owner_type" NOT NULL,
	"login" text NOT NULL,
	"site_admin" boolean DEFAULT false NOT NULL,
	"public_repos" integer DEFAULT 0 NOT NULL,
	"private_repos" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "owners_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "owners_login_shape" CHECK ("owners"."login" ~ '^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}$')
);
--> statement-breakpoint
CREATE TABLE "personal_access_tokens" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "personal_access_tokens_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"token_prefix" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "personal_access_tokens_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "personal_access_tokens_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"token" text NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "session_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "ssh_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "ssh_keys_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"title" text NOT NULL,
	"public_key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"key_type" text NOT NULL,
	"last_used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ssh_keys_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "ssh_keys_fingerprint_unique" UNIQUE("fingerprint")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"username" text NOT NULL,
	"display_username" text NOT NULL,
	"bio" text,
	"location" text,
	"website" text,
	"avatar_url" text,
	"role" text DEFAULT 'user' NOT NULL,
	"suspended" boolean DEFAULT false NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"suspended_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "user_username_unique" UNIQUE("username"),
	CONSTRAINT "user_role_known" CHECK ("user"."role" in ('user', 'admin', 'superadmin'))
);
--> statement-breakpoint
CREATE TABLE "verification" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "activities_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor_id" text,
	"repo_id" uuid,
	"type" text NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activities_api_id_unique" UNIQUE("api_id")
);
--> statement-breakpoint
CREATE TABLE "commit_statuses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "commit_statuses_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"sha" text NOT NULL,
	"context" text DEFAULT 'default' NOT NULL,
	"state" "commit_status_state" NOT NULL,
	"description" text,
	"target_url" text,
	"creator_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commit_statuses_api_id_unique" UNIQUE("api_id")
);
--> statement-breakpoint
CREATE TABLE "issue_activities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "issue_activities_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"issue_id" uuid NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"field" text,
	"old_value" text,
	"new_value" text,
	"metadata" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_activities_api_id_unique" UNIQUE("api_id")
);
--> statement-breakpoint
CREATE TABLE "issue_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "issue_comments_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"issue_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_comments_api_id_unique" UNIQUE("api_id")
);
--> statement-breakpoint
CREATE TABLE "issue_labels" (
	"issue_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	CONSTRAINT "issue_labels_issue_id_label_id_pk" PRIMARY KEY("issue_id","label_id")
);
--> statement-breakpoint
CREATE TABLE "issue_stages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"repo_id" uuid NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"icon" text,
	"color" text NOT NULL,
	"position" integer NOT NULL,
	"category" "issue_status" NOT NULL,
	"is_closed_state" boolean DEFAULT false NOT NULL,
	"is_triage_state" boolean DEFAULT false NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"is_system" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_stages_key_unique" UNIQUE("repo_id","key")
);
--> statement-breakpoint
CREATE TABLE "issues" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "issues_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"body" text,
	"state" "issue_state" NOT NULL,
	"status" "issue_status" NOT NULL,
	"stage_id" uuid NOT NULL,
	"priority" "issue_priority" DEFAULT 'none' NOT NULL,
	"due_date" timestamp (3) with time zone,
	"estimate" integer,
	"author_id" text NOT NULL,
	"assignee_id" text,
	"parent_id" uuid,
	"milestone_id" uuid,
	"project_id" uuid,
	"cycle_id" uuid,
	"locked_at" timestamp (3) with time zone,
	"comments_count" integer DEFAULT 0 NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"closed_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issues_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "issues_title_length" CHECK (char_length("issues"."title") between 1 and 256),
	CONSTRAINT "issues_closed_at_matches" CHECK (("issues"."state" = 'closed') = ("issues"."closed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "labels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "labels_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"description" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "labels_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "labels_name_length" CHECK (char_length("labels"."name") between 1 and 50),
	CONSTRAINT "labels_color_shape" CHECK ("labels"."color" ~ '^[0-9a-f]{6}$')
);
--> statement-breakpoint
CREATE TABLE "lfs_contents" (
	"oid" text PRIMARY KEY NOT NULL,
	"unnamed_since" timestamp (3) with time zone,
	CONSTRAINT "lfs_contents_oid_shape" CHECK ("lfs_contents"."oid" ~ '^[0-9a-f]{64}$')
);
--> statement-breakpoint
CREATE TABLE "lfs_locks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"repo_id" uuid NOT NULL,
	"path" text NOT NULL,
	"owner_id" text NOT NULL,
	"locked_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lfs_locks_path_length" CHECK (octet_length("lfs_locks"."path") between 1 and 1000)
);
--> statement-breakpoint
CREATE TABLE "lfs_objects" (
	"repo_id" uuid NOT NULL,
	"oid" text NOT NULL,
	"size" bigint NOT NULL,
	"uploaded_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lfs_objects_repo_id_oid_pk" PRIMARY KEY("repo_id","oid"),
	CONSTRAINT "lfs_objects_size_positive" CHECK ("lfs_objects"."size" >= 0)
);
--> statement-breakpoint
CREATE TABLE "org_members" (
	"org_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"role" "org_role" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "org_members_org_id_user_id_pk" PRIMARY KEY("org_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"display_name" text,
	"description" text,
	"avatar_url" text,
	"website" text,
	"location" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_members" (
	"team_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_members_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "milestones" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "milestones_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"due_date" timestamp (3) with time zone,
	"state" "milestone_state" DEFAULT 'open' NOT NULL,
	"creator_id" text,
	"open_count" integer DEFAULT 0 NOT NULL,
	"closed_count" integer DEFAULT 0 NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "milestones_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "milestones_title_length" CHECK (char_length("milestones"."title") between 1 and 256),
	CONSTRAINT "milestones_counts_positive" CHECK ("milestones"."open_count" >= 0 and "milestones"."closed_count" >= 0),
	CONSTRAINT "milestones_closed_at_matches" CHECK (("milestones"."state" = 'closed') = ("milestones"."closed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "pr_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint DEFAULT nextval('issue_comments_api_id_seq') NOT NULL,
	"pr_id" uuid NOT NULL,
	"review_id" uuid,
	"user_id" text NOT NULL,
	"path" text,
	"line" integer,
	"side" text,
	"original_line" integer,
	"original_start_line" integer,
	"commit_sha" text,
	"original_commit_sha" text,
	"diff_hunk" text,
	"start_line" integer,
	"end_line" integer,
	"body" text NOT NULL,
	"reply_to_id" uuid,
	"is_resolved" boolean DEFAULT false NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by_id" text,
	"suggestion" text,
	"suggestion_applied" boolean DEFAULT false NOT NULL,
	"suggestion_commit_sha" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pr_comments_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "pr_comments_side_known" CHECK ("pr_comments"."side" is null or "pr_comments"."side" in ('LEFT', 'RIGHT')),
	CONSTRAINT "pr_comments_place" CHECK (("pr_comments"."path" is null) = ("pr_comments"."commit_sha" is null))
);
--> statement-breakpoint
CREATE TABLE "pr_labels" (
	"pr_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	CONSTRAINT "pr_labels_pr_id_label_id_pk" PRIMARY KEY("pr_id","label_id")
);
--> statement-breakpoint
CREATE TABLE "pr_reviewers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"pr_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"requested_by_id" text,
	"state" "review_request_state" DEFAULT 'pending' NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"completed_at" timestamp (3) with time zone,
	CONSTRAINT "pr_reviewers_unique" UNIQUE("pr_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "pr_reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "pr_reviews_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"pr_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"state" "review_state" NOT NULL,
	"body" text,
	"commit_sha" text NOT NULL,
	"dismissed_at" timestamp (3) with time zone,
	"dismissed_by_id" text,
	"dismissed_message" text,
	"submitted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pr_reviews_api_id_unique" UNIQUE("api_id")
);
--> statement-breakpoint
CREATE TABLE "pull_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint DEFAULT nextval('issues_api_id_seq') NOT NULL,
	"repo_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" text NOT NULL,
	"body" text,
	"state" "pr_state" DEFAULT 'open' NOT NULL,
	"source_branch" text NOT NULL,
	"target_branch" text NOT NULL,
	"source_repo_id" uuid,
	"head_sha" text NOT NULL,
	"base_sha" text NOT NULL,
	"merge_sha" text,
	"author_id" text NOT NULL,
	"assignee_id" text,
	"milestone_id" uuid,
	"stack_id" uuid,
	"is_draft" boolean DEFAULT false NOT NULL,
	"is_mergeable" boolean,
	"merge_checked_head_sha" text,
	"merge_checked_base_sha" text,
	"maintainer_can_modify" boolean DEFAULT true NOT NULL,
	"locked_at" timestamp (3) with time zone,
	"comments_count" integer DEFAULT 0 NOT NULL,
	"review_comments_count" integer DEFAULT 0 NOT NULL,
	"merged_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"merged_by_id" text,
	"closed_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pull_requests_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "pull_requests_title_length" CHECK (char_length("pull_requests"."title") between 1 and 256),
	CONSTRAINT "pull_requests_merged_at_matches" CHECK (("pull_requests"."state" = 'merged') = ("pull_requests"."merged_at" is not null)),
	CONSTRAINT "pull_requests_closed_at_matches" CHECK (("pull_requests"."state" = 'open') = ("pull_requests"."closed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "branch_protection_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"repo_id" uuid NOT NULL,
	"pattern" text NOT NULL,
	"require_pull_request" boolean DEFAULT false NOT NULL,
	"required_reviewers" integer DEFAULT 0 NOT NULL,
	"require_status_checks" boolean DEFAULT false NOT NULL,
	"required_status_checks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"allow_force_push" boolean DEFAULT false NOT NULL,
	"allow_deletion" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "branch_protection_rules_pattern_length" CHECK (char_length("branch_protection_rules"."pattern") between 1 and 250),
	CONSTRAINT "branch_protection_rules_reviewers_range" CHECK ("branch_protection_rules"."required_reviewers" between 0 and 10)
);
--> statement-breakpoint
CREATE TABLE "collaborators" (
	"repo_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"permission" "permission" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "collaborators_repo_id_user_id_pk" PRIMARY KEY("repo_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "ref_update_intents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"repo_id" uuid NOT NULL,
	"actor_id" text,
	"updates" jsonb NOT NULL,
	"context" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "repositories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "repositories_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"owner_id" text NOT NULL,
	"owner_type" "owner_type" NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"homepage" text,
	"is_private" boolean DEFAULT false NOT NULL,
	"is_fork" boolean DEFAULT false NOT NULL,
	"forked_from_id" uuid,
	"default_branch" text DEFAULT 'main' NOT NULL,
	"allow_merge_commit" boolean DEFAULT true NOT NULL,
	"allow_squash_merge" boolean DEFAULT true NOT NULL,
	"allow_rebase_merge" boolean DEFAULT true NOT NULL,
	"delete_branch_on_merge" boolean DEFAULT false NOT NULL,
	"stars_count" integer DEFAULT 0 NOT NULL,
	"forks_count" integer DEFAULT 0 NOT NULL,
	"watchers_count" integer DEFAULT 0 NOT NULL,
	"open_issues_count" integer DEFAULT 0 NOT NULL,
	"open_prs_count" integer DEFAULT 0 NOT NULL,
	"next_number" integer DEFAULT 1 NOT NULL,
	"language_stats" jsonb,
	"language_stats_updated_at" timestamp (3) with time zone,
	"disk_path" text NOT NULL,
	"size_bytes" bigint DEFAULT 0 NOT NULL,
	"archived_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	"deleted_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"pushed_at" timestamp (3) with time zone,
	CONSTRAINT "repositories_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "repositories_name_shape" CHECK ("repositories"."name" ~ '^[A-Za-z0-9._-]{1,100}$' and "repositories"."name" not in ('.', '..')),
	CONSTRAINT "repositories_counts_positive" CHECK ("repositories"."stars_count" >= 0 and "repositories"."forks_count" >= 0 and "repositories"."watchers_count" >= 0 and "repositories"."open_issues_count" >= 0 and "repositories"."open_prs_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "repository_redirects" (
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"repo_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "repository_redirects_owner_id_name_pk" PRIMARY KEY("owner_id","name")
);
--> statement-breakpoint
CREATE TABLE "stars" (
	"repo_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stars_repo_id_user_id_pk" PRIMARY KEY("repo_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "watches" (
	"repo_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "watches_repo_id_user_id_pk" PRIMARY KEY("repo_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "events_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"type" text NOT NULL,
	"actor_id" text,
	"on_behalf_of_id" text,
	"token_id" uuid,
	"request_id" text,
	"address" text,
	"repo_id" uuid,
	"org_id" uuid,
	"subject_id" uuid,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"identity" text NOT NULL,
	"key" text NOT NULL,
	"fingerprint" text NOT NULL,
	"committed_at" timestamp (3) with time zone,
	"status" integer,
	"headers" jsonb,
	"body" "bytea",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_identity_key_pk" PRIMARY KEY("identity","key")
);
--> statement-breakpoint
CREATE TABLE "instance_settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_by_id" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_id_user_id_fk" FOREIGN KEY ("invited_by_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owner_redirects" ADD CONSTRAINT "owner_redirects_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "personal_access_tokens" ADD CONSTRAINT "personal_access_tokens_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ssh_keys" ADD CONSTRAINT "ssh_keys_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user" ADD CONSTRAINT "user_id_owners_id_fk" FOREIGN KEY ("id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_actor_id_user_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activities" ADD CONSTRAINT "activities_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commit_statuses" ADD CONSTRAINT "commit_statuses_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commit_statuses" ADD CONSTRAINT "commit_statuses_creator_id_user_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_activities" ADD CONSTRAINT "issue_activities_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_activities" ADD CONSTRAINT "issue_activities_actor_id_user_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_comments" ADD CONSTRAINT "issue_comments_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_comments" ADD CONSTRAINT "issue_comments_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_labels" ADD CONSTRAINT "issue_labels_issue_id_issues_id_fk" FOREIGN KEY ("issue_id") REFERENCES "public"."issues"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_labels" ADD CONSTRAINT "issue_labels_label_id_labels_id_fk" FOREIGN KEY ("label_id") REFERENCES "public"."labels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_stages" ADD CONSTRAINT "issue_stages_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_stage_id_issue_stages_id_fk" FOREIGN KEY ("stage_id") REFERENCES "public"."issue_stages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_assignee_id_user_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_parent_id_issues_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."issues"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_milestone_id_milestones_id_fk" FOREIGN KEY ("milestone_id") REFERENCES "public"."milestones"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_closed_by_id_user_id_fk" FOREIGN KEY ("closed_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_locks" ADD CONSTRAINT "lfs_locks_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_locks" ADD CONSTRAINT "lfs_locks_owner_id_user_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_objects" ADD CONSTRAINT "lfs_objects_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_objects" ADD CONSTRAINT "lfs_objects_oid_lfs_contents_oid_fk" FOREIGN KEY ("oid") REFERENCES "public"."lfs_contents"("oid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_objects" ADD CONSTRAINT "lfs_objects_uploaded_by_id_user_id_fk" FOREIGN KEY ("uploaded_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "org_members" ADD CONSTRAINT "org_members_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "org_members" ADD CONSTRAINT "org_members_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_members" ADD CONSTRAINT "team_members_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_creator_id_user_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_comments" ADD CONSTRAINT "pr_comments_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_comments" ADD CONSTRAINT "pr_comments_review_id_pr_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "public"."pr_reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_comments" ADD CONSTRAINT "pr_comments_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_comments" ADD CONSTRAINT "pr_comments_reply_to_id_pr_comments_id_fk" FOREIGN KEY ("reply_to_id") REFERENCES "public"."pr_comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_comments" ADD CONSTRAINT "pr_comments_resolved_by_id_user_id_fk" FOREIGN KEY ("resolved_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_labels" ADD CONSTRAINT "pr_labels_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_labels" ADD CONSTRAINT "pr_labels_label_id_labels_id_fk" FOREIGN KEY ("label_id") REFERENCES "public"."labels"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_requested_by_id_user_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_reviews" ADD CONSTRAINT "pr_reviews_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_reviews" ADD CONSTRAINT "pr_reviews_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_reviews" ADD CONSTRAINT "pr_reviews_dismissed_by_id_user_id_fk" FOREIGN KEY ("dismissed_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_source_repo_id_repositories_id_fk" FOREIGN KEY ("source_repo_id") REFERENCES "public"."repositories"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_assignee_id_user_id_fk" FOREIGN KEY ("assignee_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_milestone_id_milestones_id_fk" FOREIGN KEY ("milestone_id") REFERENCES "public"."milestones"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_merged_by_id_user_id_fk" FOREIGN KEY ("merged_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_closed_by_id_user_id_fk" FOREIGN KEY ("closed_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD CONSTRAINT "branch_protection_rules_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collaborators" ADD CONSTRAINT "collaborators_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collaborators" ADD CONSTRAINT "collaborators_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ref_update_intents" ADD CONSTRAINT "ref_update_intents_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repositories" ADD CONSTRAINT "repositories_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repositories" ADD CONSTRAINT "repositories_forked_from_id_repositories_id_fk" FOREIGN KEY ("forked_from_id") REFERENCES "public"."repositories"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_redirects" ADD CONSTRAINT "repository_redirects_owner_id_owners_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."owners"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_redirects" ADD CONSTRAINT "repository_redirects_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stars" ADD CONSTRAINT "stars_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stars" ADD CONSTRAINT "stars_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watches" ADD CONSTRAINT "watches_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_userId_idx" ON "account" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "invitations_email_idx" ON "invitations" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "owners_login_unique" ON "owners" USING btree (lower("login"));--> statement-breakpoint
CREATE INDEX "personal_access_tokens_user_idx" ON "personal_access_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_userId_idx" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_expires_idx" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "ssh_keys_user_idx" ON "ssh_keys" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_email_unique" ON "user" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "verification_identifier_idx" ON "verification" USING btree ("identifier");--> statement-breakpoint
CREATE INDEX "activities_repo_idx" ON "activities" USING btree ("repo_id","created_at","id");--> statement-breakpoint
CREATE INDEX "activities_actor_idx" ON "activities" USING btree ("actor_id","created_at","id");--> statement-breakpoint
CREATE INDEX "activities_created_idx" ON "activities" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "commit_statuses_commit_idx" ON "commit_statuses" USING btree ("repo_id","sha","context","id");--> statement-breakpoint
CREATE INDEX "issue_activities_issue_idx" ON "issue_activities" USING btree ("issue_id","created_at","id");--> statement-breakpoint
CREATE INDEX "issue_comments_issue_idx" ON "issue_comments" USING btree ("issue_id","created_at","id");--> statement-breakpoint
CREATE INDEX "issue_labels_label_idx" ON "issue_labels" USING btree ("label_id");--> statement-breakpoint
CREATE UNIQUE INDEX "issue_stages_default_unique" ON "issue_stages" USING btree ("repo_id") WHERE "issue_stages"."is_default";--> statement-breakpoint
CREATE UNIQUE INDEX "issues_number_unique" ON "issues" USING btree ("repo_id","number");--> statement-breakpoint
CREATE INDEX "issues_all_created_idx" ON "issues" USING btree ("repo_id","created_at","id");--> statement-breakpoint
CREATE INDEX "issues_all_updated_idx" ON "issues" USING btree ("repo_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "issues_created_idx" ON "issues" USING btree ("repo_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "issues_updated_idx" ON "issues" USING btree ("repo_id","state","updated_at","id");--> statement-breakpoint
CREATE INDEX "issues_assignee_idx" ON "issues" USING btree ("assignee_id","state");--> statement-breakpoint
CREATE INDEX "issues_author_idx" ON "issues" USING btree ("author_id","state");--> statement-breakpoint
CREATE INDEX "issues_milestone_idx" ON "issues" USING btree ("milestone_id","state");--> statement-breakpoint
CREATE INDEX "issues_search_idx" ON "issues" USING gin (to_tsvector('simple', "title" || ' ' || coalesce("body", '')));--> statement-breakpoint
CREATE UNIQUE INDEX "labels_name_unique" ON "labels" USING btree ("repo_id",lower("name"));--> statement-breakpoint
CREATE INDEX "lfs_contents_unnamed_idx" ON "lfs_contents" USING btree ("unnamed_since") WHERE "lfs_contents"."unnamed_since" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "lfs_locks_path_unique" ON "lfs_locks" USING btree ("repo_id","path");--> statement-breakpoint
CREATE INDEX "lfs_locks_owner_idx" ON "lfs_locks" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "lfs_objects_oid_idx" ON "lfs_objects" USING btree ("oid");--> statement-breakpoint
CREATE INDEX "lfs_objects_uploaded_by_idx" ON "lfs_objects" USING btree ("uploaded_by_id");--> statement-breakpoint
CREATE INDEX "org_members_user_idx" ON "org_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_name_unique" ON "organizations" USING btree (lower("name"));--> statement-breakpoint
CREATE INDEX "team_members_user_idx" ON "team_members" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "teams_name_unique" ON "teams" USING btree ("org_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "milestones_number_unique" ON "milestones" USING btree ("repo_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "milestones_title_unique" ON "milestones" USING btree ("repo_id",lower("title"));--> statement-breakpoint
CREATE INDEX "milestones_due_idx" ON "milestones" USING btree ("repo_id","state","due_date");--> statement-breakpoint
CREATE INDEX "pr_comments_pr_idx" ON "pr_comments" USING btree ("pr_id","created_at","id");--> statement-breakpoint
CREATE INDEX "pr_comments_review_idx" ON "pr_comments" USING btree ("review_id");--> statement-breakpoint
CREATE INDEX "pr_comments_reply_idx" ON "pr_comments" USING btree ("reply_to_id");--> statement-breakpoint
CREATE INDEX "pr_labels_label_idx" ON "pr_labels" USING btree ("label_id");--> statement-breakpoint
CREATE INDEX "pr_reviewers_user_idx" ON "pr_reviewers" USING btree ("user_id") WHERE "pr_reviewers"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "pr_reviews_pr_idx" ON "pr_reviews" USING btree ("pr_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "pr_reviews_pending_unique" ON "pr_reviews" USING btree ("pr_id","user_id") WHERE "pr_reviews"."state" = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "pull_requests_number_unique" ON "pull_requests" USING btree ("repo_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "pull_requests_open_unique" ON "pull_requests" USING btree ("repo_id","source_repo_id","source_branch","target_branch") WHERE "pull_requests"."state" = 'open';--> statement-breakpoint
CREATE INDEX "pull_requests_created_idx" ON "pull_requests" USING btree ("repo_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "pull_requests_updated_idx" ON "pull_requests" USING btree ("repo_id","state","updated_at","id");--> statement-breakpoint
CREATE INDEX "pull_requests_source_idx" ON "pull_requests" USING btree ("source_repo_id","source_branch") WHERE "pull_requests"."state" = 'open';--> statement-breakpoint
CREATE INDEX "pull_requests_target_idx" ON "pull_requests" USING btree ("repo_id","target_branch") WHERE "pull_requests"."state" = 'open';--> statement-breakpoint
CREATE INDEX "pull_requests_author_idx" ON "pull_requests" USING btree ("author_id","state");--> statement-breakpoint
CREATE INDEX "pull_requests_assignee_idx" ON "pull_requests" USING btree ("assignee_id","state");--> statement-breakpoint
CREATE INDEX "pull_requests_milestone_idx" ON "pull_requests" USING btree ("milestone_id","state");--> statement-breakpoint
CREATE INDEX "pull_requests_search_idx" ON "pull_requests" USING gin (to_tsvector('simple', "title" || ' ' || coalesce("body", '')));--> statement-breakpoint
CREATE UNIQUE INDEX "branch_protection_rules_pattern_unique" ON "branch_protection_rules" USING btree ("repo_id","pattern");--> statement-breakpoint
CREATE INDEX "collaborators_user_idx" ON "collaborators" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "ref_update_intents_repo_idx" ON "ref_update_intents" USING btree ("repo_id");--> statement-breakpoint
CREATE UNIQUE INDEX "repositories_name_unique" ON "repositories" USING btree ("owner_id",lower("name")) WHERE "repositories"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "repositories_forked_from_idx" ON "repositories" USING btree ("forked_from_id");--> statement-breakpoint
CREATE INDEX "repositories_deleted_idx" ON "repositories" USING btree ("deleted_at") WHERE "repositories"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "repositories_updated_idx" ON "repositories" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "repository_redirects_repo_idx" ON "repository_redirects" USING btree ("repo_id");--> statement-breakpoint
CREATE INDEX "stars_user_idx" ON "stars" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "watches_user_idx" ON "watches" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "events_repo_idx" ON "events" USING btree ("repo_id","id");--> statement-breakpoint
CREATE INDEX "events_org_idx" ON "events" USING btree ("org_id","id");--> statement-breakpoint
CREATE INDEX "events_subject_idx" ON "events" USING btree ("subject_id","id");--> statement-breakpoint
CREATE INDEX "events_actor_idx" ON "events" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created_idx" ON "idempotency_keys" USING btree ("created_at");