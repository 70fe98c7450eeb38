ALTER TABLE "pr_reviewers" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "teams" ADD COLUMN "api_id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "teams_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD COLUMN "as_owner" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_code_owner_reviews" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_last_push_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_conversation_resolution" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "branch_protection_rules" ADD COLUMN "require_up_to_date" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pr_reviewers_team_idx" ON "pr_reviewers" USING btree ("team_id") WHERE "pr_reviewers"."state" = 'pending';--> statement-breakpoint
ALTER TABLE "teams" ADD CONSTRAINT "teams_api_id_unique" UNIQUE("api_id");--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_team_unique" UNIQUE("pr_id","team_id");--> statement-breakpoint
ALTER TABLE "pr_reviewers" ADD CONSTRAINT "pr_reviewers_who" CHECK (num_nonnulls("pr_reviewers"."user_id", "pr_reviewers"."team_id") = 1);