/** Repositories elsewhere that ours come from, follow, or are copied to. No column holds a name or password in clear. */
import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, updatedAt } from "../../../kernel/db/columns.ts";
import type { Constraints } from "../../../kernel/errors.ts";
import { user } from "../../accounts/schema.ts";
import { repositories } from "../schema.ts";

export const importState = pgEnum("import_state", ["queued", "running", "done", "failed", "cancelled"]);
export const importPhase = pgEnum("import_phase", ["connecting", "fetching", "contents", "publishing"]);
export const mirrorDirection = pgEnum("mirror_direction", ["pull", "push"]);

/**
 * The import of a repository, one at a time; the last one stays to be shown or tried again. `attempt` counts its runs: what an
 * earlier run still writes is not heard. `credentials` are sealed, and gone when it is done.
 */
export const repositoryImports = pgTable(
  "repository_imports",
  {
    repoId: uuid("repo_id")
      .primaryKey()
      .references(() => repositories.id, { onDelete: "cascade" }),
    url: text("url").notNull(),
    credentials: text("credentials"),
    requestedById: text("requested_by_id").references(() => user.id, { onDelete: "set null" }),
    /** Becomes a mirror with this interval when it is done. */
    followMinutes: integer("follow_minutes"),
    state: importState("state").notNull().default("queued"),
    attempt: integer("attempt").notNull().default(0),
    phase: importPhase("phase"),
    percent: integer("percent").notNull().default(0),
    receivedObjects: bigint("received_objects", { mode: "number" }).notNull().default(0),
    receivedBytes: bigint("received_bytes", { mode: "number" }).notNull().default(0),
    branches: integer("branches"),
    tags: integer("tags"),
    /** Branches and tags that were there and could not be taken. */
    skipped: integer("skipped").notNull().default(0),
    /** Of Git LFS: what came and what stays behind, and why. */
    largeFiles: integer("large_files").notNull().default(0),
    largeFileBytes: bigint("large_file_bytes", { mode: "number" }).notNull().default(0),
    largeFilesMissing: integer("large_files_missing").notNull().default(0),
    largeFilesNote: text("large_files_note"),
    errorKind: text("error_kind"),
    error: text("error"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("repository_imports_waiting_idx")
      .on(table.requestedById)
      .where(sql`${table.state} in ('queued', 'running')`),
    check("repository_imports_percent_range", sql`${table.percent} between 0 and 100`),
  ],
);

/**
 * A repository elsewhere that ours follows (`pull`, one) or that follows ours (`push`, some). `wanted_at` is set by who wants a run
 * and stays newer than `started_at` until one began after it; `next_run_at` is null while it is off.
 */
export const repositoryMirrors = pgTable(
  "repository_mirrors",
  {
    id: id(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    direction: mirrorDirection("direction").notNull(),
    url: text("url").notNull(),
    credentials: text("credentials"),
    intervalMinutes: integer("interval_minutes").notNull().default(60),
    /** Who answers for it: it runs while they may administer the repository. */
    setById: text("set_by_id").references(() => user.id, { onDelete: "set null" }),
    wantedAt: moment("wanted_at"),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    succeededAt: moment("succeeded_at"),
    nextRunAt: moment("next_run_at"),
    /** In a row. */
    failures: integer("failures").notNull().default(0),
    error: text("error"),
    /** Of Git LFS: what one side has and the other lacks, and why. */
    largeFilesMissing: integer("large_files_missing").notNull().default(0),
    largeFilesNote: text("large_files_note"),
    /** When the whole history was last searched for large files; other runs look at what is new. */
    largeFilesSoughtAt: moment("large_files_sought_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("repository_mirrors_pull_unique")
      .on(table.repoId)
      .where(sql`${table.direction} = 'pull'`),
    uniqueIndex("repository_mirrors_url_unique").on(table.repoId, table.url),
    index("repository_mirrors_due_idx")
      .on(table.nextRunAt)
      .where(sql`${table.nextRunAt} is not null`),
    check("repository_mirrors_interval_range", sql`${table.intervalMinutes} between 10 and 10080`),
  ],
);

export const constraints: Constraints = {
  repository_mirrors_pull_unique: {
    resource: "Mirror",
    field: "direction",
    code: "already_exists",
    message: "This repository follows another one already",
  },
  repository_mirrors_url_unique: {
    resource: "Mirror",
    field: "url",
    code: "already_exists",
    message: "This repository has a mirror at this address already",
  },
  repository_mirrors_interval_range: {
    resource: "Mirror",
    field: "interval_minutes",
    code: "invalid",
    message: "A mirror runs every 10 minutes at most, and once in seven days at least",
  },
};
