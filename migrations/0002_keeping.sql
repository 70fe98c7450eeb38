CREATE TYPE "public"."import_phase" AS ENUM('connecting', 'fetching', 'publishing');--> statement-breakpoint
CREATE TYPE "public"."import_state" AS ENUM('queued', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."mirror_direction" AS ENUM('pull', 'push');--> statement-breakpoint
CREATE TYPE "public"."content_source" AS ENUM('import', 'mirror');--> statement-breakpoint
CREATE TYPE "public"."upkeep_state" AS ENUM('unchecked', 'ok', 'damaged', 'failed');--> statement-breakpoint
CREATE TABLE "repository_imports" (
	"repo_id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"credentials" text,
	"requested_by_id" text,
	"follow_minutes" integer,
	"state" "import_state" DEFAULT 'queued' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"phase" "import_phase",
	"percent" integer DEFAULT 0 NOT NULL,
	"received_objects" bigint DEFAULT 0 NOT NULL,
	"received_bytes" bigint DEFAULT 0 NOT NULL,
	"branches" integer,
	"tags" integer,
	"skipped" integer DEFAULT 0 NOT NULL,
	"error_kind" text,
	"error" text,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "repository_imports_percent_range" CHECK ("repository_imports"."percent" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "repository_mirrors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"repo_id" uuid NOT NULL,
	"direction" "mirror_direction" NOT NULL,
	"url" text NOT NULL,
	"credentials" text,
	"interval_minutes" integer DEFAULT 60 NOT NULL,
	"set_by_id" text,
	"wanted_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"succeeded_at" timestamp (3) with time zone,
	"next_run_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"error" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "repository_mirrors_interval_range" CHECK ("repository_mirrors"."interval_minutes" between 10 and 10080)
);
--> statement-breakpoint
CREATE TABLE "repository_upkeep" (
	"repo_id" uuid PRIMARY KEY NOT NULL,
	"maintained_at" timestamp (3) with time zone,
	"checked_at" timestamp (3) with time zone,
	"fully_checked_at" timestamp (3) with time zone,
	"state" "upkeep_state" DEFAULT 'unchecked' NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"damaged_since" timestamp (3) with time zone,
	"git_bytes" bigint DEFAULT 0 NOT NULL,
	"lfs_bytes" bigint DEFAULT 0 NOT NULL,
	"disk_bytes" bigint GENERATED ALWAYS AS (git_bytes + lfs_bytes) STORED NOT NULL,
	CONSTRAINT "repository_upkeep_bytes_positive" CHECK ("repository_upkeep"."git_bytes" >= 0 and "repository_upkeep"."lfs_bytes" >= 0)
);
--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "is_template" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "template_id" uuid;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "content_source" "content_source";--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "source_url" text;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD CONSTRAINT "repository_imports_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD CONSTRAINT "repository_imports_requested_by_id_user_id_fk" FOREIGN KEY ("requested_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD CONSTRAINT "repository_mirrors_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD CONSTRAINT "repository_mirrors_set_by_id_user_id_fk" FOREIGN KEY ("set_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_upkeep" ADD CONSTRAINT "repository_upkeep_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repository_imports_waiting_idx" ON "repository_imports" USING btree ("requested_by_id") WHERE "repository_imports"."state" in ('queued', 'running');--> statement-breakpoint
CREATE UNIQUE INDEX "repository_mirrors_pull_unique" ON "repository_mirrors" USING btree ("repo_id") WHERE "repository_mirrors"."direction" = 'pull';--> statement-breakpoint
CREATE UNIQUE INDEX "repository_mirrors_url_unique" ON "repository_mirrors" USING btree ("repo_id","url");--> statement-breakpoint
CREATE INDEX "repository_mirrors_due_idx" ON "repository_mirrors" USING btree ("next_run_at") WHERE "repository_mirrors"."next_run_at" is not null;--> statement-breakpoint
CREATE INDEX "repository_upkeep_checked_idx" ON "repository_upkeep" USING btree ("checked_at" NULLS FIRST);--> statement-breakpoint
CREATE INDEX "repository_upkeep_disk_idx" ON "repository_upkeep" USING btree ("disk_bytes","repo_id");--> statement-breakpoint
CREATE INDEX "repository_upkeep_wrong_idx" ON "repository_upkeep" USING btree ("state") WHERE "repository_upkeep"."state" in ('damaged', 'failed');--> statement-breakpoint
ALTER TABLE "repositories" ADD CONSTRAINT "repositories_template_id_repositories_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."repositories"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repositories_template_idx" ON "repositories" USING btree ("template_id") WHERE "repositories"."template_id" is not null;--> statement-breakpoint
ALTER TABLE "repositories" ADD CONSTRAINT "repositories_source_whole" CHECK (("repositories"."content_source" is null) = ("repositories"."source_url" is null));