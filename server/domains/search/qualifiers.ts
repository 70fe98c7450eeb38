/** What the qualifiers of repositories and people have in common. */
import { sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { Refusal } from "../../kernel/errors.ts";
import { numbersWithin, timesWithin } from "../lists/index.ts";

export const refuse = (message: string) => new Refusal("validation_failed", message);

/** @throws Refusal 422 for another word */
export function oneOf<const T extends string>(name: string, value: string, of: readonly T[]): T {
  const found = of.find((one) => one === value.toLowerCase());
  if (found === undefined) throw refuse(`${name}: is one of ${of.join(", ")}`);
  return found;
}

/** `12`, `>12`, `3..*`. @throws Refusal 422 */
export function numbers(name: string, value: string, column: SQLWrapper): SQL {
  const condition = numbersWithin(value, column);
  if (!condition) throw refuse(`${name}: is a number, for example >10`);
  return condition;
}

/** `2026-08-12`, `>2026-08-12`, `a..b`, `<2w`. @throws Refusal 422 */
export function times(name: string, value: string, now: Date, column: SQLWrapper): SQL {
  const condition = timesWithin(value, now, column);
  if (!condition) throw refuse(`${name}: is a day such as 2026-08-12, or an age such as <2w`);
  return condition;
}

/** The text between `%` of a LIKE. */
export const containing = (column: SQLWrapper, text: string): SQL =>
  sql`${column} ilike ${`%${text.replaceAll(/[\\%_]/g, "\\$&")}%`}`;
