CREATE TABLE "lfs_proposed" (
	"repo_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"oid" text NOT NULL,
	"size" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lfs_proposed_repo_id_user_id_oid_pk" PRIMARY KEY("repo_id","user_id","oid"),
	CONSTRAINT "lfs_proposed_size_positive" CHECK ("lfs_proposed"."size" >= 0)
);
--> statement-breakpoint
ALTER TABLE "pull_requests" ADD COLUMN "rebase_verdict" text;--> statement-breakpoint
ALTER TABLE "lfs_proposed" ADD CONSTRAINT "lfs_proposed_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_proposed" ADD CONSTRAINT "lfs_proposed_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_proposed" ADD CONSTRAINT "lfs_proposed_oid_lfs_contents_oid_fk" FOREIGN KEY ("oid") REFERENCES "public"."lfs_contents"("oid") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lfs_proposed_oid_idx" ON "lfs_proposed" USING btree ("oid");--> statement-breakpoint
CREATE INDEX "lfs_proposed_user_idx" ON "lfs_proposed" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "lfs_proposed_created_idx" ON "lfs_proposed" USING btree ("created_at");