import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { htmlUrl, repositoryUrl } from "../addresses.ts";
import type { Import } from "./queries.ts";

/** GitHub's `import`, and below it what ours says besides. */
export const importShape = z
  .object({
    vcs: z.string(),
    use_lfs: z.boolean(),
    vcs_url: z.string().describe("Never with a name or password in it"),
    status: z.enum([
      "setup",
      "detecting",
      "importing",
      "pushing",
      "complete",
      "auth_failed",
      "error",
      "none",
    ]),
    status_text: z.string().nullable(),
    failed_step: z.string().nullable(),
    error_message: z.string().nullable(),
    import_percent: z.int(),
    has_large_files: z.boolean(),
    large_files_count: z.int().describe("Files of Git LFS that are here"),
    large_files_size: z.int().describe("Bytes"),
    large_files_missing: z.int().describe("Those that the other side did not give"),
    large_files_note: z.string().nullable().describe("Why some are missing"),
    url: z.url(),
    html_url: z.url(),
    authors_url: z.url(),
    repository_url: z.url(),
    state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
    phase: z.enum(["connecting", "fetching", "contents", "publishing"]).nullable(),
    received_objects: z.int(),
    received_bytes: z.int(),
    branches: z.int().nullable(),
    tags: z.int().nullable(),
    skipped: z.int().describe("Branches and tags whose names or ends are not taken here"),
    becomes_mirror: z.boolean(),
    started_at: z.iso.datetime().nullable(),
    finished_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Import" });

export function importView(ctx: Context, repo: Repository, row: Import): z.input<typeof importShape> {
  const failed = row.state === "failed";
  const hasLargeFiles = row.largeFiles + row.largeFilesMissing > 0;
  return {
    vcs: "git",
    use_lfs: hasLargeFiles,
    vcs_url: row.url,
    status: statusOf(row),
    status_text: sentenceOf(row),
    failed_step: failed ? (row.phase ?? "connecting") : null,
    error_message: failed ? row.error : null,
    import_percent: row.percent,
    has_large_files: hasLargeFiles,
    large_files_count: row.largeFiles,
    large_files_size: row.largeFileBytes,
    large_files_missing: row.largeFilesMissing,
    large_files_note: row.largeFilesNote,
    url: `${repositoryUrl(ctx, repo)}/import`,
    html_url: htmlUrl(ctx, repo),
    authors_url: `${repositoryUrl(ctx, repo)}/import/authors`,
    repository_url: repositoryUrl(ctx, repo),
    state: row.state,
    phase: row.phase,
    received_objects: row.receivedObjects,
    received_bytes: row.receivedBytes,
    branches: row.branches,
    tags: row.tags,
    skipped: row.skipped,
    becomes_mirror: row.followMinutes !== null,
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}

function statusOf({ state, phase, errorKind }: Import): z.input<typeof importShape>["status"] {
  if (state === "queued") return "setup";
  if (state === "done") return "complete";
  if (state === "failed") return errorKind === "credentials" ? "auth_failed" : "error";
  if (state === "cancelled") return "none";
  return phase === "fetching" || phase === "contents"
    ? "importing"
    : phase === "publishing"
      ? "pushing"
      : "detecting";
}

function sentenceOf({ state, phase, error }: Import): string {
  if (state === "queued") return "Waiting for its turn";
  if (state === "done") return "Done";
  if (state === "failed") return error ?? "Failed";
  if (state === "cancelled") return "Cancelled";
  if (phase === "fetching") return "Receiving the history";
  if (phase === "contents") return "Receiving large files";
  return phase === "publishing" ? "Writing branches and tags" : "Asking the other server";
}
