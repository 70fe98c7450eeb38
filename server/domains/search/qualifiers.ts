/** What qualifiers of several searches have in common: names of people and places, numbers and times. */
import { inArray, not, or, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { actorId } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { Refusal } from "../../kernel/errors.ts";
import { findOwner, usersByLogin } from "../accounts/index.ts";
import { findRepository } from "../repositories/index.ts";
import type { Qualifier, Term } from "./parse.ts";

export const refuse = (message: string) => new Refusal("validation_failed", message);

/** The qualifiers of a line by name. */
export const named = (terms: readonly Term[], ...names: readonly string[]): Qualifier[] =>
  terms.filter((term): term is Qualifier => term.kind === "qualifier" && names.includes(term.name));

/** The one value of a qualifier that may stand once. @throws Refusal 422 when it stands twice */
export function single(terms: readonly Term[], name: string): string | undefined {
  const values = named(terms, name).flatMap((one) => one.values);
  if (new Set(values).size > 1) throw refuse(`${name}: can be one thing only`);
  return values[0];
}

/** @throws Refusal 422 for another word */
export function oneOf<const T extends string>(name: string, value: string, of: readonly T[]): T {
  const found = of.find((one) => one === value.toLowerCase());
  if (found === undefined) throw refuse(`${name}: is one of ${of.join(", ")}`);
  return found;
}

/** A condition, or its opposite. What is not known counts as not so. */
export const turned = (condition: SQL, isNot: boolean): SQL =>
  isNot ? not(sql`coalesce((${condition}), false)`) : condition;

/** The ids of users by name; who does not exist is nobody, and whose name is `@me` asks. */
export async function userIds(ctx: Context, names: readonly string[]): Promise<string[]> {
  const found = await usersByLogin(
    ctx,
    names.filter((name) => name !== "@me"),
  );
  const me = actorId(ctx.actor);
  const ids = names.map((name) => (name === "@me" ? me : found.get(name.toLowerCase())?.id));
  return ids.filter((id): id is string => typeof id === "string");
}

export const among = (column: SQLWrapper, ids: readonly string[]): SQL =>
  ids.length === 0 ? sql`false` : inArray(column as SQL, [...ids]);

export interface Places {
  readonly repoIds: string[];
  readonly ownerIds: string[];
}

/** At most so many places in a line: each costs a query. */
const mostPlaces = 20;

/**
 * The repositories and owners that `repo:`, `user:` and `org:` name, `undefined` without any. A repository that may not be
 * seen is as good as none.
 */
export async function placesOf(ctx: Context, qualifiers: readonly Qualifier[]): Promise<Places | undefined> {
  const values = qualifiers.flatMap((one) => one.values.map((value) => ({ name: one.name, value })));
  if (values.length === 0) return undefined;
  if (values.length > mostPlaces) throw refuse(`At most ${mostPlaces} repositories and owners at once`);
  const places: Places = { repoIds: [], ownerIds: [] };
  for (const { name, value } of values) {
    if (name === "repo") {
      const [owner = "", repo = "", more] = value.split("/");
      if (repo === "" || more !== undefined) throw refuse("repo: is owner/name");
      const found = await findRepository(ctx, owner, repo);
      if (found) places.repoIds.push(found.id);
    } else if (value === "@me") {
      places.ownerIds.push(...(await userIds(ctx, [value])));
    } else {
      const owner = await findOwner(ctx, value);
      if (owner) places.ownerIds.push(owner.id);
    }
  }
  return places;
}

export const within = (places: Places, repoId: SQLWrapper, ownerId: SQLWrapper): SQL =>
  or(among(repoId, places.repoIds), among(ownerId, places.ownerIds)) ?? sql`false`;

const bound = /^(>=|<=|>|<|=)?(.+)$/s;
const operators: Readonly<Record<string, SQL>> = {
  ">=": sql`>=`,
  "<=": sql`<=`,
  ">": sql`>`,
  "<": sql`<`,
};

/** `12`, `>12`, `<=12`, `3..12`, `3..*`. @throws Refusal 422 */
export function numbersIn(name: string, value: string, column: SQLWrapper): SQL {
  const read = (text: string) => {
    if (!/^\d{1,9}$/.test(text)) throw refuse(`${name}: is a number, for example >10`);
    return Number(text);
  };
  const parts = value.split("..");
  if (parts.length === 2) {
    const [from = "", to = ""] = parts;
    const low = from === "*" ? sql`true` : sql`${column} >= ${read(from)}`;
    return sql`(${low} and ${to === "*" ? sql`true` : sql`${column} <= ${read(to)}`})`;
  }
  const [, sign = "=", text = ""] = bound.exec(value) ?? [];
  return sql`${column} ${operators[sign] ?? sql`=`} ${read(text)}`;
}

/** `2026-08-12` (the whole day, UTC), a time with its zone, `>2026-08-12`, `a..b`, `*..b`. @throws Refusal 422 */
export function timesIn(name: string, value: string, column: SQLWrapper): SQL {
  const parts = value.split("..");
  if (parts.length === 2) {
    const [from = "", to = ""] = parts;
    const low = from === "*" ? sql`true` : sql`${column} >= ${span(name, from).start}`;
    return sql`(${low} and ${to === "*" ? sql`true` : sql`${column} < ${span(name, to).end}`})`;
  }
  const [, sign = "=", text = ""] = bound.exec(value) ?? [];
  const { start, end } = span(name, text);
  if (sign === ">") return sql`${column} >= ${end}`;
  if (sign === ">=") return sql`${column} >= ${start}`;
  if (sign === "<") return sql`${column} < ${start}`;
  if (sign === "<=") return sql`${column} < ${end}`;
  return sql`(${column} >= ${start} and ${column} < ${end})`;
}

/** A day from its first moment to the next day's, or one moment. Both as text that the database reads. */
function span(name: string, text: string): { start: string; end: string } {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  const time = isDay || isMoment ? Date.parse(isDay ? `${text}T00:00:00Z` : text) : Number.NaN;
  if (Number.isNaN(time)) throw refuse(`${name}: is a day such as 2026-08-12`);
  const iso = (at: number) => new Date(at).toISOString();
  return { start: iso(time), end: iso(time + (isDay ? 86_400_000 : 1)) };
}

/** The text between `%` of a LIKE. */
export const containing = (column: SQLWrapper, text: string): SQL =>
  sql`${column} ilike ${`%${text.replaceAll(/[\\%_]/g, "\\$&")}%`}`;
