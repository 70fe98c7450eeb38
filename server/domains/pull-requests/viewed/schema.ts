import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, objectId } from "../../../kernel/db/columns.ts";
import { user } from "../../accounts/schema.ts";
import { pullRequests } from "../schema.ts";

/**
 * Files that a reader is done with, as they were: `head_oid` is the content on the new side, null for a deleted file. A path may be
 * longer than an index entry, so its SHA-256 is the key.
 */
export const prViewedFiles = pgTable(
  "pr_viewed_files",
  {
    prId: uuid("pr_id")
      .notNull()
      .references(() => pullRequests.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    pathHash: text("path_hash").notNull(),
    path: text("path").notNull(),
    headOid: objectId("head_oid"),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.prId, table.userId, table.pathHash] })],
);
