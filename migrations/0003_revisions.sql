CREATE TYPE "public"."revision_kind" AS ENUM('opened', 'added', 'rebased', 'rewritten');--> statement-breakpoint
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
ALTER TABLE "branch_protection_rules" ADD COLUMN "dismiss_stale_reviews" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pr_revisions" ADD CONSTRAINT "pr_revisions_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_revisions" ADD CONSTRAINT "pr_revisions_pushed_by_id_user_id_fk" FOREIGN KEY ("pushed_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "pr_revisions_number_unique" ON "pr_revisions" USING btree ("pr_id","number");--> statement-breakpoint
CREATE INDEX "pr_revisions_head_idx" ON "pr_revisions" USING btree ("pr_id","head_sha");