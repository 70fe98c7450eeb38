import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id } from "../../kernel/db/columns.ts";
import { user } from "../accounts/schema.ts";
import { repositories } from "../repositories/schema.ts";

/** What people see in feeds: one row for each event that is news; `id` is the event's, so that writing it twice is one row. */
export const activities = pgTable(
  "activities",
  {
    id: id(),
    apiId: apiId(),
    actorId: text("actor_id").references(() => user.id, { onDelete: "cascade" }),
    repoId: uuid("repo_id").references(() => repositories.id, { onDelete: "cascade" }),
    type: text("type").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index("activities_repo_idx").on(table.repoId, table.createdAt, table.id),
    index("activities_actor_idx").on(table.actorId, table.createdAt, table.id),
    index("activities_created_idx").on(table.createdAt, table.id),
  ],
);
