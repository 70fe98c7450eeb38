/** Tables of the kernel: the events that every domain writes, and the keys that make a POST repeatable. */
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, createdAt, id, moment } from "./db/columns.ts";

/**
 * One row a fact, written in the transaction that made it true. Audit, activity, timelines, notifications and
 * webhooks only read it. `subject_id` is the issue, pull request or other thing that the fact is about.
 */
export const events = pgTable(
  "events",
  {
    id: id(),
    sequence: bigint("sequence", { mode: "number" }).generatedAlwaysAsIdentity().notNull(),
    type: text("type").notNull(),
    actorId: text("actor_id"),
    onBehalfOfId: text("on_behalf_of_id"),
    tokenId: uuid("token_id"),
    requestId: text("request_id"),
    address: text("address"),
    repoId: uuid("repo_id"),
    orgId: uuid("org_id"),
    subjectId: uuid("subject_id"),
    payload: jsonb("payload").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("events_repo_idx").on(table.repoId, table.id),
    index("events_org_idx").on(table.orgId, table.id),
    index("events_subject_idx").on(table.subjectId, table.id),
    index("events_actor_idx").on(table.actorId, table.id),
  ],
);

/**
 * `Idempotency-Key` of a POST: `committed_at` is set in the command's own transaction, the answer after it. A key that is
 * committed without an answer belongs to a process that ended in between.
 */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    identity: text("identity").notNull(),
    key: text("key").notNull(),
    fingerprint: text("fingerprint").notNull(),
    committedAt: moment("committed_at"),
    status: integer("status"),
    headers: jsonb("headers").$type<Record<string, string>>(),
    body: bytes("body"),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.identity, table.key] }),
    index("idempotency_keys_created_idx").on(table.createdAt),
  ],
);

/** Settings of the whole instance, one row a key; each key has its zod schema where it is used. */
export const instanceSettings = pgTable("instance_settings", {
  key: text("key").primaryKey(),
  value: jsonb("value").notNull(),
  updatedById: text("updated_by_id"),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});
