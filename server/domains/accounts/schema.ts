import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { apiId, createdAt, id, moment, updatedAt } from "../../kernel/db/columns.ts";
import type { Constraints } from "../../kernel/errors.ts";

export const ownerType = pgEnum("owner_type", ["user", "organization"]);

/**
 * Users and organizations share one namespace (their names stand at the same place of a URL) and one id space in GitHub's
 * API: this is the row they share. `id` is the id of the `user` or of the `organizations` row.
 */
export const owners = pgTable(
  "owners",
  {
    id: text("id").primaryKey(),
    apiId: apiId(),
    type: ownerType("type").notNull(),
    login: text("login").notNull(),
    /** Whether the user administers the instance: follows from `user.role`, written with it. */
    siteAdmin: boolean("site_admin").notNull().default(false),
    /** How many repositories it owns, kept by `countRepositories`: profiles and lists show them without counting. */
    publicRepos: integer("public_repos").notNull().default(0),
    privateRepos: integer("private_repos").notNull().default(0),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex("owners_login_unique").on(sql`lower(${table.login})`),
    check("owners_login_shape", sql`${table.login} ~ '^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}$'`),
  ],
);

/** Former names: requests to them are redirected until somebody else takes the name. */
export const ownerRedirects = pgTable("owner_redirects", {
  login: text("login").primaryKey(),
  ownerId: text("owner_id")
    .notNull()
    .references(() => owners.id, { onDelete: "cascade" }),
  createdAt: createdAt(),
});

export const user = pgTable(
  "user",
  {
    id: text("id")
      .primaryKey()
      .references(() => owners.id),
    name: text("name").notNull(),
    email: text("email").notNull(),
    emailVerified: boolean("email_verified").notNull().default(false),
    image: text("image"),
    username: text("username").notNull(),
    displayUsername: text("display_username").notNull(),
    bio: text("bio"),
    location: text("location"),
    website: text("website"),
    avatarUrl: text("avatar_url"),
    role: text("role").notNull().default("user"),
    suspended: boolean("suspended").notNull().default(false),
    suspendedAt: moment("suspended_at"),
    suspendedReason: text("suspended_reason"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    uniqueIndex("user_email_unique").on(sql`lower(${table.email})`),
    unique("user_username_unique").on(table.username),
    check("user_role_known", sql`${table.role} in ('user', 'admin', 'superadmin')`),
  ],
);

/** `token` holds the SHA-256 of the session token: a copy of the database signs nobody in. */
export const session = pgTable(
  "session",
  {
    id: text("id").primaryKey(),
    expiresAt: moment("expires_at").notNull(),
    token: text("token").notNull().unique("session_token_unique"),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index("session_userId_idx").on(table.userId), index("session_expires_idx").on(table.expiresAt)],
);

export const account = pgTable(
  "account",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index("account_userId_idx").on(table.userId),
    unique("account_provider_unique").on(table.providerId, table.accountId),
  ],
);

/** One-time values of Better Auth (password reset, e-mail change). */
export const verification = pgTable(
  "verification",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [index("verification_identifier_idx").on(table.identifier)],
);

export const sshKeys = pgTable(
  "ssh_keys",
  {
    id: id(),
    apiId: apiId(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    publicKey: text("public_key").notNull(),
    fingerprint: text("fingerprint").notNull().unique("ssh_keys_fingerprint_unique"),
    keyType: text("key_type").notNull(),
    lastUsedAt: moment("last_used_at"),
    createdAt: createdAt(),
  },
  (table) => [index("ssh_keys_user_idx").on(table.userId)],
);

export const personalAccessTokens = pgTable(
  "personal_access_tokens",
  {
    id: id(),
    apiId: apiId(),
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    tokenHash: text("token_hash").notNull().unique("personal_access_tokens_hash_unique"),
    tokenPrefix: text("token_prefix").notNull(),
    scopes: jsonb("scopes").$type<string[]>().notNull(),
    lastUsedAt: moment("last_used_at"),
    expiresAt: moment("expires_at"),
    createdAt: createdAt(),
  },
  (table) => [index("personal_access_tokens_user_idx").on(table.userId)],
);

/** Where sign-up is by invitation: one row an invitation, found by the hash of its token, used once. */
export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    email: text("email").notNull(),
    tokenHash: text("token_hash").notNull().unique("invitations_token_unique"),
    invitedById: text("invited_by_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
    acceptedAt: moment("accepted_at"),
    acceptedById: text("accepted_by_id"),
    createdAt: createdAt(),
  },
  (table) => [index("invitations_email_idx").on(sql`lower(${table.email})`)],
);

export const constraints: Constraints = {
  owners_login_unique: {
    resource: "User",
    field: "login",
    code: "already_exists",
    message: "This name is already taken",
  },
  owners_login_shape: {
    resource: "User",
    field: "login",
    code: "invalid",
    message: "A name has 1 to 39 letters, digits and single hyphens, and no hyphen at either end",
  },
  user_email_unique: {
    resource: "User",
    field: "email",
    code: "already_exists",
    message: "This e-mail address is already in use",
  },
  user_username_unique: {
    resource: "User",
    field: "login",
    code: "already_exists",
    message: "This name is already taken",
  },
  ssh_keys_fingerprint_unique: {
    resource: "PublicKey",
    field: "key",
    code: "already_exists",
    message: "key is already in use",
  },
};
