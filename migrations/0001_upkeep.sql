CREATE TYPE "public"."upkeep_state" AS ENUM('unchecked', 'ok', 'damaged', 'failed');--> statement-breakpoint
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
ALTER TABLE "repository_upkeep" ADD CONSTRAINT "repository_upkeep_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repository_upkeep_checked_idx" ON "repository_upkeep" USING btree ("checked_at" NULLS FIRST);--> statement-breakpoint
CREATE INDEX "repository_upkeep_disk_idx" ON "repository_upkeep" USING btree ("disk_bytes","repo_id");--> statement-breakpoint
CREATE INDEX "repository_upkeep_wrong_idx" ON "repository_upkeep" USING btree ("state") WHERE "repository_upkeep"."state" in ('damaged', 'failed');