CREATE TABLE "lfs_reserved" (
	"id" uuid PRIMARY KEY NOT NULL,
	"repo_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"size" bigint NOT NULL,
	"renewed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "lfs_reserved_size_positive" CHECK ("lfs_reserved"."size" >= 0)
);
--> statement-breakpoint
ALTER TABLE "lfs_reserved" ADD CONSTRAINT "lfs_reserved_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lfs_reserved" ADD CONSTRAINT "lfs_reserved_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lfs_reserved_repo_idx" ON "lfs_reserved" USING btree ("repo_id","user_id");--> statement-breakpoint
CREATE INDEX "lfs_reserved_user_idx" ON "lfs_reserved" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "lfs_reserved_renewed_idx" ON "lfs_reserved" USING btree ("renewed_at");