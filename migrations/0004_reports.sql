CREATE TYPE "public"."check_annotation_level" AS ENUM('failure', 'warning', 'notice');--> statement-breakpoint
CREATE TYPE "public"."check_run_conclusion" AS ENUM('success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed_out', 'action_required');--> statement-breakpoint
CREATE TYPE "public"."check_run_status" AS ENUM('queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending');--> statement-breakpoint
CREATE TYPE "public"."check_verdict" AS ENUM('failure', 'pending', 'success');--> statement-breakpoint
CREATE TYPE "public"."base_permission" AS ENUM('none', 'read', 'write', 'admin');--> statement-breakpoint
ALTER TYPE "public"."import_phase" ADD VALUE 'contents' BEFORE 'publishing';--> statement-breakpoint
CREATE TABLE "check_annotations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"path" text NOT NULL,
	"start_line" integer NOT NULL,
	"end_line" integer NOT NULL,
	"start_column" integer,
	"end_column" integer,
	"level" "check_annotation_level" NOT NULL,
	"message" text NOT NULL,
	"title" text,
	"raw_details" text,
	"digest" text NOT NULL,
	CONSTRAINT "check_annotations_said_key" UNIQUE("run_id","digest"),
	CONSTRAINT "check_annotations_lines" CHECK ("check_annotations"."start_line" >= 1 and "check_annotations"."end_line" >= "check_annotations"."start_line")
);
--> statement-breakpoint
CREATE TABLE "check_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "check_runs_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"suite_id" uuid NOT NULL,
	"head_sha" text NOT NULL,
	"name" text NOT NULL,
	"status" "check_run_status" DEFAULT 'queued' NOT NULL,
	"conclusion" "check_run_conclusion",
	"details_url" text,
	"external_id" text,
	"started_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"title" text,
	"summary" text,
	"text" text,
	"annotations_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "check_runs_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "check_runs_concluded" CHECK (("check_runs"."status" = 'completed') = ("check_runs"."conclusion" is not null)),
	CONSTRAINT "check_runs_ended" CHECK (("check_runs"."status" = 'completed') = ("check_runs"."completed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "check_suites" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "check_suites_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"head_sha" text NOT NULL,
	"creator_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "check_suites_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "check_suites_reporter_key" UNIQUE("repo_id","head_sha","creator_id")
);
--> statement-breakpoint
CREATE TABLE "commit_verdicts" (
	"repo_id" uuid NOT NULL,
	"sha" text NOT NULL,
	"verdict" "check_verdict" NOT NULL,
	CONSTRAINT "commit_verdicts_repo_id_sha_pk" PRIMARY KEY("repo_id","sha")
);
--> statement-breakpoint
CREATE TABLE "team_repositories" (
	"team_id" uuid NOT NULL,
	"repo_id" uuid NOT NULL,
	"permission" "permission" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_repositories_team_id_repo_id_pk" PRIMARY KEY("team_id","repo_id")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "base_permission" "base_permission" DEFAULT 'read' NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_files" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_file_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_files_missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_files_note" text;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD COLUMN "large_files_missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD COLUMN "large_files_note" text;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD COLUMN "large_files_sought_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "check_annotations" ADD CONSTRAINT "check_annotations_run_id_check_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."check_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_runs" ADD CONSTRAINT "check_runs_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_runs" ADD CONSTRAINT "check_runs_suite_id_check_suites_id_fk" FOREIGN KEY ("suite_id") REFERENCES "public"."check_suites"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_suites" ADD CONSTRAINT "check_suites_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_suites" ADD CONSTRAINT "check_suites_creator_id_user_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commit_verdicts" ADD CONSTRAINT "commit_verdicts_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_repositories" ADD CONSTRAINT "team_repositories_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_repositories" ADD CONSTRAINT "team_repositories_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_annotations_order_idx" ON "check_annotations" USING btree ("run_id","id");--> statement-breakpoint
CREATE INDEX "check_runs_commit_idx" ON "check_runs" USING btree ("repo_id","head_sha","name","api_id");--> statement-breakpoint
CREATE INDEX "check_runs_suite_idx" ON "check_runs" USING btree ("suite_id","api_id");--> statement-breakpoint
CREATE INDEX "commit_verdicts_verdict_idx" ON "commit_verdicts" USING btree ("repo_id","verdict","sha");--> statement-breakpoint
CREATE INDEX "team_repositories_repo_idx" ON "team_repositories" USING btree ("repo_id");--> statement-breakpoint
CREATE INDEX "pull_requests_head_idx" ON "pull_requests" USING btree ("repo_id","head_sha") WHERE "pull_requests"."state" = 'open';--> statement-breakpoint
-- What was reported before verdicts were written down.
INSERT INTO "commit_verdicts" ("repo_id", "sha", "verdict")
SELECT "repo_id", "sha", CASE WHEN bool_or("state" IN ('failure', 'error')) THEN 'failure' WHEN bool_and("state" = 'success') THEN 'success' ELSE 'pending' END::"check_verdict"
FROM (SELECT DISTINCT ON ("repo_id", "sha", "context") "repo_id", "sha", "state" FROM "commit_statuses" ORDER BY "repo_id", "sha", "context", "api_id" DESC) "latest"
GROUP BY "repo_id", "sha";
