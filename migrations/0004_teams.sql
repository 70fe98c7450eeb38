CREATE TYPE "public"."base_permission" AS ENUM('none', 'read', 'write', 'admin');--> statement-breakpoint
CREATE TABLE "team_repositories" (
	"team_id" uuid NOT NULL,
	"repo_id" uuid NOT NULL,
	"permission" "permission" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "team_repositories_team_id_repo_id_pk" PRIMARY KEY("team_id","repo_id")
);
--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "base_permission" "base_permission" DEFAULT 'read' NOT NULL;--> statement-breakpoint
ALTER TABLE "team_repositories" ADD CONSTRAINT "team_repositories_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_repositories" ADD CONSTRAINT "team_repositories_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "team_repositories_repo_idx" ON "team_repositories" USING btree ("repo_id");