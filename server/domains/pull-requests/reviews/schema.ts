import { sql } from "drizzle-orm";
import { boolean, check, index, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { id, moment } from "../../../kernel/db/columns.ts";
import { user } from "../../accounts/schema.ts";
import { teams } from "../../organizations/schema.ts";
import { pullRequests } from "../schema.ts";

export const reviewRequestState = pgEnum("review_request_state", ["pending", "completed", "dismissed"]);

/** Who is asked: a person or a team. `as_owner`: because they own files that change, not because somebody named them. */
export const prReviewers = pgTable(
  "pr_reviewers",
  {
    id: id(),
    prId: uuid("pr_id")
      .notNull()
      .references(() => pullRequests.id, { onDelete: "cascade" }),
    userId: text("user_id").references(() => user.id, { onDelete: "cascade" }),
    teamId: uuid("team_id").references(() => teams.id, { onDelete: "cascade" }),
    asOwner: boolean("as_owner").notNull().default(false),
    requestedById: text("requested_by_id").references(() => user.id, { onDelete: "set null" }),
    state: reviewRequestState("state").notNull().default("pending"),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    completedAt: moment("completed_at"),
  },
  (table) => [
    unique("pr_reviewers_unique").on(table.prId, table.userId),
    unique("pr_reviewers_team_unique").on(table.prId, table.teamId),
    check("pr_reviewers_who", sql`num_nonnulls(${table.userId}, ${table.teamId}) = 1`),
    index("pr_reviewers_user_idx")
      .on(table.userId)
      .where(sql`${table.state} = 'pending'`),
    index("pr_reviewers_team_idx")
      .on(table.teamId)
      .where(sql`${table.state} = 'pending'`),
  ],
);
