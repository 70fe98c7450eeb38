/** What several filters have in common once they are SQL. */
import { inArray, not, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { numbersIn, timesIn } from "../../../language/spans.ts";

/** A condition, or its opposite. What is not known counts as not so. */
export const turned = (condition: SQL, isNot: boolean): SQL =>
  isNot ? not(sql`coalesce((${condition}), false)`) : condition;

export const among = (column: SQLWrapper, ids: readonly string[]): SQL =>
  ids.length === 0 ? sql`false` : inArray(column as SQL, [...ids]);

/** The bounds of a number, or nothing for what is none. */
export function numbersWithin(value: string, column: SQLWrapper): SQL | null {
  const span = numbersIn(value);
  if (!span) return null;
  const from = span.from === undefined ? sql`true` : sql`${column} >= ${span.from}`;
  return sql`(${from} and ${span.to === undefined ? sql`true` : sql`${column} <= ${span.to}`})`;
}

/** The bounds of a time as of `now`, or nothing for what is none. */
export function timesWithin(value: string, now: Date, column: SQLWrapper): SQL | null {
  const span = timesIn(value, now);
  if (!span) return null;
  const from = span.from === undefined ? sql`true` : sql`${column} >= ${span.from.toISOString()}`;
  const before = span.before === undefined ? sql`true` : sql`${column} < ${span.before.toISOString()}`;
  return sql`(${from} and ${before})`;
}
