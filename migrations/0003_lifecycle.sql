DROP INDEX "pull_requests_source_idx";--> statement-breakpoint
ALTER TABLE "pull_requests" ADD COLUMN "topic" text;--> statement-breakpoint
CREATE UNIQUE INDEX "pull_requests_topic_unique" ON "pull_requests" USING btree ("repo_id","author_id","target_branch","topic") WHERE "pull_requests"."state" = 'open' and "pull_requests"."topic" is not null;--> statement-breakpoint
CREATE INDEX "pull_requests_source_idx" ON "pull_requests" USING btree ("source_repo_id","source_branch");--> statement-breakpoint
ALTER TABLE "pull_requests" ADD CONSTRAINT "pull_requests_topic_place" CHECK ("pull_requests"."topic" is null or "pull_requests"."source_repo_id" is null);