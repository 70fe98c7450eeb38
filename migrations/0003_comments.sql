CREATE TABLE "commit_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "commit_comments_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"commit_sha" text NOT NULL,
	"user_id" text NOT NULL,
	"path" text,
	"line" integer,
	"position" integer,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "commit_comments_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "commit_comments_place" CHECK ("commit_comments"."line" is null or "commit_comments"."path" is not null)
);
--> statement-breakpoint
CREATE TABLE "deleted_texts" (
	"text_id" uuid PRIMARY KEY NOT NULL,
	"api_id" text NOT NULL,
	"text_kind" text NOT NULL,
	"repo_id" uuid NOT NULL,
	"deleted_by_id" text NOT NULL,
	"kept" jsonb NOT NULL,
	"deleted_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "reactions_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"text_kind" text NOT NULL,
	"text_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "reactions_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "reactions_unique" UNIQUE("text_id","user_id","content"),
	CONSTRAINT "reactions_content_known" CHECK ("reactions"."content" in ('+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'))
);
--> statement-breakpoint
CREATE TABLE "saved_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "saved_replies_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"user_id" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_replies_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "saved_replies_title_length" CHECK (char_length("saved_replies"."title") between 1 and 100)
);
--> statement-breakpoint
CREATE TABLE "text_edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"api_id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "text_edits_api_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"repo_id" uuid NOT NULL,
	"text_kind" text NOT NULL,
	"text_id" uuid NOT NULL,
	"editor_id" text,
	"body" text,
	"erased_at" timestamp (3) with time zone,
	"erased_by_id" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "text_edits_api_id_unique" UNIQUE("api_id"),
	CONSTRAINT "text_edits_erased" CHECK (("text_edits"."body" is null) = ("text_edits"."erased_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "pr_comments" ADD COLUMN "subject_type" text DEFAULT 'line' NOT NULL;--> statement-breakpoint
ALTER TABLE "commit_comments" ADD CONSTRAINT "commit_comments_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commit_comments" ADD CONSTRAINT "commit_comments_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deleted_texts" ADD CONSTRAINT "deleted_texts_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deleted_texts" ADD CONSTRAINT "deleted_texts_deleted_by_id_user_id_fk" FOREIGN KEY ("deleted_by_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_replies" ADD CONSTRAINT "saved_replies_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_edits" ADD CONSTRAINT "text_edits_repo_id_repositories_id_fk" FOREIGN KEY ("repo_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_edits" ADD CONSTRAINT "text_edits_editor_id_user_id_fk" FOREIGN KEY ("editor_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "text_edits" ADD CONSTRAINT "text_edits_erased_by_id_user_id_fk" FOREIGN KEY ("erased_by_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "commit_comments_commit_idx" ON "commit_comments" USING btree ("repo_id","commit_sha","created_at","id");--> statement-breakpoint
CREATE INDEX "commit_comments_repo_idx" ON "commit_comments" USING btree ("repo_id","created_at","id");--> statement-breakpoint
CREATE INDEX "deleted_texts_age_idx" ON "deleted_texts" USING btree ("deleted_at");--> statement-breakpoint
CREATE INDEX "deleted_texts_named_idx" ON "deleted_texts" USING btree ("repo_id","text_kind","api_id");--> statement-breakpoint
CREATE INDEX "deleted_texts_person_idx" ON "deleted_texts" USING btree ("deleted_by_id");--> statement-breakpoint
CREATE INDEX "reactions_repo_idx" ON "reactions" USING btree ("repo_id");--> statement-breakpoint
CREATE INDEX "reactions_user_idx" ON "reactions" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_replies_title_unique" ON "saved_replies" USING btree ("user_id",lower("title"));--> statement-breakpoint
CREATE INDEX "text_edits_text_idx" ON "text_edits" USING btree ("text_id","id");--> statement-breakpoint
CREATE INDEX "text_edits_repo_idx" ON "text_edits" USING btree ("repo_id");--> statement-breakpoint
ALTER TABLE "pr_comments" ADD CONSTRAINT "pr_comments_subject_known" CHECK ("pr_comments"."subject_type" in ('line', 'file'));