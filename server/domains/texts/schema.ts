import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id, moment, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { user } from "../accounts/schema.ts";
import { repositories } from "../repositories/schema.ts";

const repoId = () =>
  uuid("repo_id")
    .notNull()
    .references(() => repositories.id, { onDelete: "cascade" });

/** `text_id` is the row that holds the text, of the table that `text_kind` means. */
export const reactions = pgTable(
  "reactions",
  {
    id: id(),
    apiId: apiId(),
    repoId: repoId(),
    textKind: text("text_kind").notNull(),
    textId: uuid("text_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    content: text("content").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("reactions_unique").on(table.textId, table.userId, table.content),
    index("reactions_repo_idx").on(table.repoId),
    index("reactions_user_idx").on(table.userId),
    check(
      "reactions_content_known",
      sql`${table.content} in ('+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket')`,
    ),
  ],
);

/** One row a change of a text: `body` is what it said before, null once that was erased. */
export const textEdits = pgTable(
  "text_edits",
  {
    id: id(),
    apiId: apiId(),
    repoId: repoId(),
    textKind: text("text_kind").notNull(),
    textId: uuid("text_id").notNull(),
    editorId: text("editor_id").references(() => user.id, { onDelete: "set null" }),
    body: text("body"),
    erasedAt: moment("erased_at"),
    erasedById: text("erased_by_id").references(() => user.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (table) => [
    index("text_edits_text_idx").on(table.textId, table.id),
    index("text_edits_repo_idx").on(table.repoId),
    check("text_edits_erased", sql`(${table.body} is null) = (${table.erasedAt} is not null)`),
  ],
);

/** A deleted text as it was, until it is forgotten. `kept` is what its domain needs to put it back. */
export const deletedTexts = pgTable(
  "deleted_texts",
  {
    textId: uuid("text_id").primaryKey(),
    apiId: text("api_id").notNull(),
    textKind: text("text_kind").notNull(),
    repoId: repoId(),
    deletedById: text("deleted_by_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    kept: jsonb("kept").$type<Readonly<Record<string, unknown>>>().notNull(),
    deletedAt: moment("deleted_at").notNull().defaultNow(),
  },
  (table) => [
    index("deleted_texts_age_idx").on(table.deletedAt),
    index("deleted_texts_named_idx").on(table.repoId, table.textKind, table.apiId),
    index("deleted_texts_person_idx").on(table.deletedById),
  ],
);

export const savedReplies = pgTable(
  "saved_replies",
  {
    id: id(),
    apiId: apiId(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    body: text("body").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("saved_replies_title_unique").on(table.userId, sql`lower(${table.title})`),
    check("saved_replies_title_length", sql`char_length(${table.title}) between 1 and 100`),
  ],
);

export const constraints: Constraints = {
  saved_replies_title_unique: {
    resource: "SavedReply",
    field: "title",
    code: "already_exists",
    message: "You have a saved reply of this title already",
  },
};
