CREATE TABLE "pr_viewed_files" (
	"pr_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"path_hash" text NOT NULL,
	"path" text NOT NULL,
	"head_oid" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pr_viewed_files_pr_id_user_id_path_hash_pk" PRIMARY KEY("pr_id","user_id","path_hash")
);
--> statement-breakpoint
ALTER TABLE "pr_viewed_files" ADD CONSTRAINT "pr_viewed_files_pr_id_pull_requests_id_fk" FOREIGN KEY ("pr_id") REFERENCES "public"."pull_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pr_viewed_files" ADD CONSTRAINT "pr_viewed_files_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;