/** Every head that a pull request had, numbered from 1. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, objectId } from "../../../kernel/db/columns.ts";
import { user } from "../../accounts/schema.ts";
import { pullRequests } from "../schema.ts";

export const revisionKind = pgEnum("revision_kind", ["opened", "added", "rebased", "rewritten"]);

/**
 * `base_sha` is where the target branch was, `merge_base_sha` where the change begins; null when the two shared no history.
 * `same_change`: carried onto the new beginning, the former revision is this one; null for the first, and for one that cannot be
 * compared. `commits` counts what came in that the target lacks. `created_at` is when the forge noticed it.
 */
export const prRevisions = pgTable(
  "pr_revisions",
  {
    id: id(),
    prId: uuid("pr_id")
      .notNull()
      .references(() => pullRequests.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    headSha: objectId("head_sha").notNull(),
    baseSha: objectId("base_sha").notNull(),
    mergeBaseSha: objectId("merge_base_sha"),
    kind: revisionKind("kind").notNull(),
    sameChange: boolean("same_change"),
    commits: integer("commits").notNull().default(0),
    pushedById: text("pushed_by_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("pr_revisions_number_unique").on(table.prId, table.number),
    index("pr_revisions_head_idx").on(table.prId, table.headSha),
    check("pr_revisions_number_positive", sql`${table.number} > 0`),
    check("pr_revisions_first_opened", sql`(${table.number} = 1) = (${table.kind} = 'opened')`),
  ],
);
