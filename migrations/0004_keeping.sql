ALTER TYPE "public"."import_phase" ADD VALUE 'contents' BEFORE 'publishing';--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_files" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_file_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_files_missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_imports" ADD COLUMN "large_files_note" text;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD COLUMN "large_files_missing" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD COLUMN "large_files_note" text;--> statement-breakpoint
ALTER TABLE "repository_mirrors" ADD COLUMN "large_files_sought_at" timestamp (3) with time zone;