import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { user } from "../accounts/schema.ts";
import { repositories } from "../repositories/schema.ts";

/**
 * Every content that an upload ever began to store, so that what no repository names can be found and removed. `oid` is the
 * SHA-256 of the content; `unnamed_since` is null while a repository names it, as far as the last look tells.
 */
export const lfsContents = pgTable(
  "lfs_contents",
  { oid: text("oid").primaryKey(), unnamedSince: moment("unnamed_since") },
  (table) => [
    index("lfs_contents_unnamed_idx")
      .on(table.unnamedSince)
      .where(sql`${table.unnamedSince} is not null`),
    check("lfs_contents_oid_shape", sql`${table.oid} ~ '^[0-9a-f]{64}$'`),
  ],
);

/** What a repository holds: a row is made of an upload of all bytes through this repository, and of nothing less. */
export const lfsObjects = pgTable(
  "lfs_objects",
  {
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    oid: text("oid")
      .notNull()
      .references(() => lfsContents.oid),
    size: bigint("size", { mode: "number" }).notNull(),
    uploadedById: text("uploaded_by_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.repoId, table.oid] }),
    index("lfs_objects_oid_idx").on(table.oid),
    index("lfs_objects_uploaded_by_idx").on(table.uploadedById),
    check("lfs_objects_size_positive", sql`${table.size} >= 0`),
  ],
);

/**
 * What somebody brought for a proposal to a repository that they may not write to. Nobody reads it, and the repository does not
 * hold it, until a pull request of theirs points to it (`commands/propose.ts`).
 */
export const lfsProposed = pgTable(
  "lfs_proposed",
  {
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    oid: text("oid")
      .notNull()
      .references(() => lfsContents.oid),
    size: bigint("size", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.repoId, table.userId, table.oid] }),
    index("lfs_proposed_oid_idx").on(table.oid),
    index("lfs_proposed_user_idx").on(table.userId),
    index("lfs_proposed_created_idx").on(table.createdAt),
    check("lfs_proposed_size_positive", sql`${table.size} >= 0`),
  ],
);

/**
 * Room for uploads that are under way, of what waits in `lfs_proposed` when it has come: taken before a byte is written. It counts as
 * long as the upload renews it (`commands/reserve.ts`).
 */
export const lfsReserved = pgTable(
  "lfs_reserved",
  {
    id: id(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    size: bigint("size", { mode: "number" }).notNull(),
    renewedAt: moment("renewed_at").notNull(),
  },
  (table) => [
    index("lfs_reserved_repo_idx").on(table.repoId, table.userId),
    index("lfs_reserved_user_idx").on(table.userId),
    index("lfs_reserved_renewed_idx").on(table.renewedAt),
    check("lfs_reserved_size_positive", sql`${table.size} >= 0`),
  ],
);

/** Files that somebody works on alone, by their path in the repository. */
export const lfsLocks = pgTable(
  "lfs_locks",
  {
    id: id(),
    repoId: uuid("repo_id")
      .notNull()
      .references(() => repositories.id, { onDelete: "cascade" }),
    path: text("path").notNull(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    lockedAt: moment("locked_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("lfs_locks_path_unique").on(table.repoId, table.path),
    index("lfs_locks_owner_idx").on(table.ownerId),
    check("lfs_locks_path_length", sql`octet_length(${table.path}) between 1 and 1000`),
  ],
);

export const constraints: Constraints = {
  lfs_locks_path_unique: {
    resource: "Lock",
    field: "path",
    code: "already_exists",
    message: "This file is locked already",
  },
  lfs_locks_path_length: {
    resource: "Lock",
    field: "path",
    code: "invalid",
    message: "A path has 1 to 1000 bytes",
  },
};
