CREATE TYPE "public"."issue_view_kind" AS ENUM('issue', 'pr');--> statement-breakpoint
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
ALTER TABLE "issue_views" ADD CONSTRAINT "issue_views_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_views" ADD CONSTRAINT "issue_views_creator_id_user_id_fk" FOREIGN KEY ("creator_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "issue_views_shared_name_unique" ON "issue_views" USING btree ("repo_id","kind",lower("name")) WHERE "issue_views"."is_shared";--> statement-breakpoint
CREATE UNIQUE INDEX "issue_views_own_name_unique" ON "issue_views" USING btree ("repo_id","kind","creator_id",lower("name")) WHERE not "issue_views"."is_shared";--> statement-breakpoint
CREATE INDEX "issue_views_creator_idx" ON "issue_views" USING btree ("creator_id");--> statement-breakpoint
CREATE INDEX "issue_activities_source_idx" ON "issue_activities" USING btree ("new_value") WHERE "issue_activities"."action" = 'cross-referenced';--> statement-breakpoint
CREATE INDEX "issue_comments_user_idx" ON "issue_comments" USING btree ("user_id","issue_id");--> statement-breakpoint
CREATE INDEX "issue_comments_search_idx" ON "issue_comments" USING gin (to_tsvector('simple', "body"));--> statement-breakpoint
CREATE INDEX "pr_comments_user_idx" ON "pr_comments" USING btree ("user_id","pr_id");--> statement-breakpoint
CREATE INDEX "pr_comments_search_idx" ON "pr_comments" USING gin (to_tsvector('simple', "body"));--> statement-breakpoint
CREATE INDEX "pr_reviews_user_idx" ON "pr_reviews" USING btree ("user_id","pr_id");--> statement-breakpoint
CREATE INDEX "pull_requests_all_created_idx" ON "pull_requests" USING btree ("repo_id","created_at","id");--> statement-breakpoint
CREATE INDEX "pull_requests_all_updated_idx" ON "pull_requests" USING btree ("repo_id","updated_at","id");