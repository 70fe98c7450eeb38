import { sql } from "drizzle-orm";
import { bigint, check, index, jsonb, pgEnum, pgTable, uuid } from "drizzle-orm/pg-core";
import { moment } from "../../kernel/db/columns.ts";
import { repositories } from "../repositories/schema.ts";

/** `failed`: the check itself could not be done, which says nothing about the repository. */
export const upkeepState = pgEnum("upkeep_state", ["unchecked", "ok", "damaged", "failed"]);

/** When a repository was last looked after, and what was found. Every repository gets its row within the day. */
export const repositoryUpkeep = pgTable(
  "repository_upkeep",
  {
    repoId: uuid("repo_id")
      .primaryKey()
      .references(() => repositories.id, { onDelete: "cascade" }),
    maintainedAt: moment("maintained_at"),
    checkedAt: moment("checked_at"),
    /** When every byte was read and hashed, not only looked for. */
    fullyCheckedAt: moment("fully_checked_at"),
    state: upkeepState("state").notNull().default("unchecked"),
    problems: jsonb("problems").$type<string[]>().notNull().default([]),
    damagedSince: moment("damaged_since"),
    gitBytes: bigint("git_bytes", { mode: "number" }).notNull().default(0),
    lfsBytes: bigint("lfs_bytes", { mode: "number" }).notNull().default(0),
    /** Of both, so that the largest are found by an index. */
    diskBytes: bigint("disk_bytes", { mode: "number" })
      .notNull()
      .generatedAlwaysAs(sql`git_bytes + lfs_bytes`),
  },
  (table) => [
    index("repository_upkeep_checked_idx").on(table.checkedAt.asc().nullsFirst()),
    index("repository_upkeep_disk_idx").on(table.diskBytes, table.repoId),
    index("repository_upkeep_wrong_idx")
      .on(table.state)
      .where(sql`${table.state} in ('damaged', 'failed')`),
    check("repository_upkeep_bytes_positive", sql`${table.gitBytes} >= 0 and ${table.lfsBytes} >= 0`),
  ],
);
