import { eq, inArray, sql } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { findOwner, ownerColumns, type Owner } from "./names.ts";
import { owners, personalAccessTokens, sshKeys, user } from "./schema.ts";

export type Key = Readonly<typeof sshKeys.$inferSelect>;
export type Token = Readonly<typeof personalAccessTokens.$inferSelect>;

/** What anyone may see of a user or an organization. */
export interface PublicProfile extends Owner {
  readonly name: string | null;
  readonly bio: string | null;
  readonly location: string | null;
  readonly website: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a user sees of themselves. */
export interface Profile extends PublicProfile {
  readonly name: string;
  readonly email: string;
  readonly emailVerified: boolean;
}

const profileColumns = {
  ...ownerColumns,
  name: user.name,
  email: user.email,
  emailVerified: user.emailVerified,
  bio: user.bio,
  location: user.location,
  website: user.website,
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
};

/** The users (or organizations) of these ids, for views that mention people; unknown ids are left out. */
export async function usersById(
  ctx: Context,
  ids: Iterable<string | null | undefined>,
): Promise<Map<string, Owner>> {
  const wanted = [...new Set(ids)].filter((id) => typeof id === "string");
  if (wanted.length === 0) return new Map();
  const rows = await ctx.db.select(ownerColumns).from(owners).where(inArray(owners.id, wanted));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The users who have one of these names, by lower-case name; organizations and unknown names are left out. */
export async function usersByLogin(ctx: Context, logins: Iterable<string>): Promise<Map<string, Owner>> {
  const wanted = [...new Set([...logins].map((login) => login.toLowerCase()))];
  if (wanted.length === 0) return new Map();
  const rows = await ctx.db
    .select(ownerColumns)
    .from(owners)
    .where(
      sql`lower(${owners.login}) in (${sql.join(
        wanted.map((login) => sql`${login}`),
        sql`, `,
      )}) and ${owners.type} = 'user'`,
    );
  return new Map(rows.map((row) => [row.login.toLowerCase(), row]));
}

/** A user by present or former name. @throws Refusal 404 */
export async function getUser(ctx: Context, login: string): Promise<Owner> {
  const owner = await findOwner(ctx, login);
  if (owner?.type !== "user") throw notFound();
  return owner;
}

/** @throws Refusal 404 */
export async function getProfile(ctx: Context, userId: string): Promise<Profile> {
  const [row] = await ctx.db
    .select(profileColumns)
    .from(user)
    .innerJoin(owners, eq(owners.id, user.id))
    .where(eq(user.id, userId));
  if (!row) throw notFound();
  return row;
}

/** Users and organizations in the order of their creation, as GitHub's `since` counts. */
export function listOwners(
  ctx: Context,
  request: PageRequest,
  filter: { readonly since?: number | undefined; readonly type?: Owner["type"] },
): Promise<Page<Owner>> {
  return readPage<Owner>(request, [{ column: owners.apiId, value: (row) => row.apiId }], "asc", (page) =>
    ctx.db
      .select(ownerColumns)
      .from(owners)
      .where(
        where(
          page.where,
          filter.since === undefined ? undefined : sql`${owners.apiId} > ${filter.since}`,
          filter.type === undefined ? undefined : eq(owners.type, filter.type),
        ),
      )
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}

/** Whether anybody has an account: until then the instance waits for its first administrator. */
export async function hasUsers(ctx: Context): Promise<boolean> {
  const [row] = await ctx.db.select({ id: user.id }).from(user).limit(1);
  return row !== undefined;
}

/** The integer id of a path. @throws Refusal 404 for anything else */
export function numericId(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

export function listKeys(ctx: Context, userId: string, request: PageRequest): Promise<Page<Key>> {
  return readPage<Key>(request, [{ column: sshKeys.apiId, value: (row) => row.apiId }], "asc", (page) =>
    ctx.db
      .select()
      .from(sshKeys)
      .where(where(page.where, eq(sshKeys.userId, userId)))
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}

/** @throws Refusal 404 for a key that is not this user's */
export async function getKey(ctx: Context, userId: string, apiId: number): Promise<Key> {
  const [row] = await ctx.db
    .select()
    .from(sshKeys)
    .where(where(eq(sshKeys.apiId, apiId), eq(sshKeys.userId, userId)));
  if (!row) throw notFound();
  return row;
}

export function listTokens(ctx: Context, userId: string, request: PageRequest): Promise<Page<Token>> {
  const key = { column: personalAccessTokens.apiId, value: (row: Token) => row.apiId };
  return readPage<Token>(request, [key], "desc", (page) =>
    ctx.db
      .select()
      .from(personalAccessTokens)
      .where(where(page.where, eq(personalAccessTokens.userId, userId)))
      .orderBy(...page.orderBy)
      .limit(page.limit)
      .offset(page.offset),
  );
}
