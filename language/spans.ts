/** Numbers and times as a line says them, as the bounds that they mean. */

/** From `from` up to and including `to`; either may be open. */
export interface NumberSpan {
  readonly from?: number;
  readonly to?: number;
}

/** From `from` up to, not including, `before`; either may be open. */
export interface TimeSpan {
  readonly from?: Date;
  readonly before?: Date;
}

const sign = /^(>=|<=|>|<|=)?(.+)$/s;

/** `12`, `>12`, `<=12`, `3..12`, `3..*`. Null for what is none of them. */
export function numbersIn(value: string): NumberSpan | null {
  const number = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);
  const parts = value.split("..");
  if (parts.length === 2) {
    const [low = "", high = ""] = parts;
    const from = low === "*" ? undefined : number(low);
    const to = high === "*" ? undefined : number(high);
    if (from === null || to === null) return null;
    return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }
  const [, operator = "=", text = ""] = sign.exec(value) ?? [];
  const at = number(text);
  if (at === null) return null;
  if (operator === ">") return { from: at + 1 };
  if (operator === ">=") return { from: at };
  if (operator === "<") return { to: at - 1 };
  return operator === "<=" ? { to: at } : { from: at, to: at };
}

const hour = 3_600_000;
const day = 24 * hour;
const units: Readonly<Record<string, number>> = { h: hour, d: day, w: 7 * day, m: 30 * day, y: 365 * day };

/** How long `2w` is, in milliseconds. Null for what is no such span; nothing is longer than 9,999 of a unit. */
function ageOf(text: string): number | null {
  const [, count, unit = ""] = /^(\d{1,4})([hdwmy])$/i.exec(text) ?? [];
  return count === undefined ? null : Number(count) * (units[unit.toLowerCase()] ?? day);
}

/**
 * A day (`2026-08-12`, the whole of it, UTC), a time with its zone, `@today`, `@today-1w`; with `>`, `>=`, `<`, `<=` before it
 * or as `a..b`, `*..b`. And an age: `<2w` is what is younger than two weeks, `>2w` what is older, `2w` the same as `<2w`.
 * Null for what is none of them.
 *
 * @param now from where ages are counted
 */
export function timesIn(value: string, now: Date): TimeSpan | null {
  const parts = value.split("..");
  if (parts.length === 2) {
    const [low = "", high = ""] = parts;
    const from = low === "*" ? undefined : momentOf(low, now);
    const to = high === "*" ? undefined : momentOf(high, now);
    if (from === null || to === null) return null;
    return {
      ...(from ? { from: from.start } : {}),
      ...(to ? { before: to.end } : {}),
    };
  }
  const [, operator = "", text = ""] = sign.exec(value) ?? [];
  const age = ageOf(text);
  if (age !== null) {
    const then = new Date(now.getTime() - age);
    return operator === ">" || operator === ">=" ? { before: then } : { from: then };
  }
  const at = momentOf(text, now);
  if (at === null) return null;
  if (operator === ">") return { from: at.end };
  if (operator === ">=") return { from: at.start };
  if (operator === "<") return { before: at.start };
  return operator === "<=" ? { before: at.end } : { from: at.start, before: at.end };
}

/** A day from its first moment to the next day's, or one moment. */
function momentOf(text: string, now: Date): { readonly start: Date; readonly end: Date } | null {
  const [, back] = /^@today(?:-(\w+))?$/i.exec(text) ?? [];
  if (/^@today/i.test(text)) {
    const age = back === undefined ? 0 : ageOf(back);
    if (age === null || !/^@today(?:-\w+)?$/i.test(text)) return null;
    const start = Math.floor((now.getTime() - age) / day) * day;
    return { start: new Date(start), end: new Date(start + day) };
  }
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/.test(text);
  const time = isDay || isMoment ? Date.parse(isDay ? `${text}T00:00:00Z` : text) : Number.NaN;
  if (Number.isNaN(time)) return null;
  return { start: new Date(time), end: new Date(time + (isDay ? day : 1)) };
}
