import { sql } from "drizzle-orm";
import { index, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { apiId, createdAt, id, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";
import { user } from "../accounts/schema.ts";

export const orgRole = pgEnum("org_role", ["member", "admin", "owner"]);
/** What an organization gives every member in its repositories. In the order of strength: it is compared. */
export const basePermission = pgEnum("base_permission", ["none", "read", "write", "admin"]);

/** `name` is also the login of the organization's row in `owners`, which makes it unique among users too. */
export const organizations = pgTable(
  "organizations",
  {
    id: id(),
    name: text("name").notNull(),
    displayName: text("display_name"),
    description: text("description"),
    avatarUrl: text("avatar_url"),
    website: text("website"),
    location: text("location"),
    basePermission: basePermission("base_permission").notNull().default("read"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [uniqueIndex("organizations_name_unique").on(sql`lower(${table.name})`)],
);

export const orgMembers = pgTable(
  "org_members",
  {
    orgId: uuid("org_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    role: orgRole("role").notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.orgId, table.userId] }),
    index("org_members_user_idx").on(table.userId),
  ],
);

export const teams = pgTable(
  "teams",
  {
    id: id(),
    apiId: apiId(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    description: text("description"),
    createdAt: createdAt(),
  },
  (table) => [uniqueIndex("teams_name_unique").on(table.orgId, sql`lower(${table.name})`)],
);

export const teamMembers = pgTable(
  "team_members",
  {
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.userId] }),
    index("team_members_user_idx").on(table.userId),
  ],
);

export const constraints: Constraints = {
  organizations_name_unique: {
    resource: "Organization",
    field: "login",
    code: "already_exists",
    message: "This name is already taken",
  },
  teams_name_unique: {
    resource: "Team",
    field: "name",
    code: "already_exists",
    message: "The organization has a team of this name",
  },
};
