import { useClock } from "./clock.tsx";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const units = [
  [365 * DAY, "year"],
  [30 * DAY, "month"],
  [7 * DAY, "week"],
  [DAY, "day"],
  [HOUR, "hour"],
  [MINUTE, "minute"],
] as const;

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** "3 hours ago", "in 2 days", "yesterday". Both in milliseconds. */
export function relativeTime(then: number, now: number): string {
  const seconds = (then - now) / 1000;
  for (const [size, unit] of units) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit);
  }
  return "just now";
}

const inZone = (timeZone?: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-GB", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    ...(timeZone === undefined ? {} : { timeZone }),
  });

const utc = inZone("UTC");
const local = inZone();

/** A moment, relative to now; the exact one in its tooltip: in UTC until hydrated, then in the reader's zone. */
export function RelativeTime({ at, prefix }: { readonly at: string; readonly prefix?: string }) {
  const { now, live } = useClock();
  const then = Date.parse(at);
  if (Number.isNaN(then)) return <span>{at}</span>;
  const exact = live ? local.format(then) : utc.format(then);
  return (
    <time dateTime={at} title={exact} className="whitespace-nowrap">
      {prefix}
      {relativeTime(then, now)}
    </time>
  );
}
