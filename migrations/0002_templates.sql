ALTER TABLE "repositories" ADD COLUMN "is_template" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "template_id" uuid;--> statement-breakpoint
ALTER TABLE "repositories" ADD CONSTRAINT "repositories_template_id_repositories_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."repositories"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repositories_template_idx" ON "repositories" USING btree ("template_id") WHERE "repositories"."template_id" is not null;