/** Who can be asked to take something on. */
import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Context } from "../../kernel/context.ts";
import { invalid } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import { usersByLogin, type Owner } from "../accounts/index.ts";
import { owners, user } from "../accounts/schema.ts";
import { holds, permissionOf, type Repository } from "../repositories/index.ts";
import { issueComments, issues } from "./schema.ts";

/** Those who have rights of their own in the repository, if in good standing. */
const belongsTo = (repo: Repository): SQL => sql`(not ${user.suspended} and ${holds(repo, user.id, "read")})`;

/** The people who can be assigned to anything in a repository, by name. */
export function listAssignable(ctx: Context, repo: Repository, page: PageRequest): Promise<Page<Owner>> {
  const byName = sql`lower(${owners.login})`;
  return readPage<Owner>(page, [{ column: byName, value: (row) => row.login.toLowerCase() }], "asc", (part) =>
    ctx.db
      .select({
        id: owners.id,
        apiId: owners.apiId,
        type: owners.type,
        login: owners.login,
        siteAdmin: owners.siteAdmin,
        publicRepos: owners.publicRepos,
        privateRepos: owners.privateRepos,
      })
      .from(user)
      .innerJoin(owners, eq(owners.id, user.id))
      .where(where(belongsTo(repo), part.where))
      .orderBy(...part.orderBy)
      .limit(part.limit)
      .offset(part.offset),
  );
}

/**
 * The first of the named who can be assigned, or null. Beside those who belong to the repository these are the people who
 * opened or discuss the issue, as long as they can read it.
 */
export async function firstAssignable(
  ctx: Context,
  repo: Repository,
  names: readonly string[],
  issueId?: string,
): Promise<Owner | null> {
  const people = await usersByLogin(ctx, names);
  const ids = [...people.values()].map((person) => person.id);
  if (ids.length === 0) return null;
  const present =
    issueId === undefined
      ? sql`false`
      : sql`(exists (select 1 from ${issues} where ${issues.id} = ${issueId} and ${issues.authorId} = ${user.id})
          or exists (select 1 from ${issueComments} where ${issueComments.issueId} = ${issueId} and ${issueComments.userId} = ${user.id}))`;
  const rows = await ctx.db
    .select({ id: user.id, belongs: sql<boolean>`${belongsTo(repo)}` })
    .from(user)
    .where(and(inArray(user.id, ids), sql`(${belongsTo(repo)} or (not ${user.suspended} and ${present}))`));
  for (const name of names) {
    const person = people.get(name.toLowerCase());
    const found = rows.find((row) => row.id === person?.id);
    if (!person || !found) continue;
    if (found.belongs || (await permissionOf(ctx, repo, person.id)) !== "none") return person;
  }
  return null;
}

/**
 * The id to store for a list of names: null for an empty list, else the first who can be assigned.
 *
 * @throws Refusal 422 when none of them can
 */
export async function assigneeFor(
  ctx: Context,
  repo: Repository,
  names: readonly string[],
  issueId?: string,
): Promise<string | null> {
  if (names.length === 0) return null;
  const person = await firstAssignable(ctx, repo, names, issueId);
  if (person) return person.id;
  throw invalid("Issue", "assignees", `${names.join(", ")} cannot be assigned to issues of this repository`);
}
