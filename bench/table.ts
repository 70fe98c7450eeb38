/** What was measured, as a table for people and as JSON for comparisons. */
import type { Load } from "./asking.ts";

/** With `req/s` more is better, with all others less. */
export type Unit = "ms" | "MB" | "%" | "req/s" | "elements";

/** One measurement: of the forge, or of what it is held against. */
export interface Figure {
  readonly of: string;
  readonly value: number;
  /** With loads only, in ms. */
  readonly p50?: number;
  readonly p99?: number;
}

/** What is wanted of the forge beside another figure. */
export interface Goal {
  readonly says: string;
  /** What the forge may cost at most, as a multiple of the other. */
  readonly most: number;
  /** How the result is told: as a cost (less is better), as a speed (more is better), or as a share in percent. */
  readonly as: "cost" | "speed" | "share";
}

export interface Held extends Figure {
  readonly goal?: Goal;
}

interface Against extends Held {
  /** What the forge costs over what this costs: below 1 the forge is cheaper, whatever the unit. */
  readonly cost: number;
  /** Whether the goal is met; null without one. */
  readonly met: boolean | null;
}

export interface Line {
  readonly name: string;
  readonly unit: Unit;
  readonly wit: Figure;
  readonly against: readonly Against[];
}

/** A line that could not be measured, and why. */
export interface Gap {
  readonly name: string;
  readonly why: string;
}

export type Outcome = Line | Gap;

export const loaded = (of: string, { perSecond, p50, p99 }: Load): Figure => ({
  of,
  value: perSecond,
  p50,
  p99,
});

export const atMostTimes = (times: number): Goal => ({ says: `≤ × ${times}`, most: times, as: "cost" });
export const timesAsFast = (times: number): Goal => ({ says: `≥ × ${times}`, most: 1 / times, as: "speed" });
/** @param share between 0 and 1 */
export const shareOf = (share: number): Goal => ({
  says: `≥ ${digits(share * 100)} %`,
  most: 1 / share,
  as: "share",
});

/** A number that is wanted, whatever anybody else reaches. */
export const wanted = (value: number): Held => ({
  of: "target",
  value,
  goal: { says: "", most: 1, as: "cost" },
});

/** A line, judged by the goals of what it is held against. */
export function line(name: string, unit: Unit, value: Figure | number, held: readonly Held[]): Line {
  const wit = typeof value === "number" ? { of: "wit", value } : value;
  const against = held.map((other) => {
    const cost = costOver(unit, wit.value, other.value);
    return { ...other, cost, met: other.goal ? cost <= other.goal.most : null };
  });
  return { name, unit, wit, against };
}

function costOver(unit: Unit, wit: number, other: number): number {
  if (wit === other) return 1;
  return unit === "req/s" ? other / wit : wit / other;
}

/** One row for each thing that a line is held against. */
export function table(outcomes: readonly Outcome[]): string {
  const rows: string[][] = [["", "wit", "p50 / p99", "against", "", "p50 / p99", "cost", "target"]];
  for (const outcome of outcomes) {
    if ("why" in outcome) {
      rows.push([outcome.name, "not measured:", outcome.why]);
      continue;
    }
    const own = [outcome.name, shown(outcome.wit.value, outcome.unit), percentiles(outcome.wit)];
    if (outcome.against.length === 0) rows.push(own);
    for (const [index, other] of outcome.against.entries())
      rows.push([
        ...(index === 0 ? own : ["", "", ""]),
        other.of,
        shown(other.value, outcome.unit),
        percentiles(other),
        Number.isFinite(other.cost) ? `× ${digits(other.cost)}` : "",
        verdict(other),
      ]);
  }
  const widths: number[] = [];
  for (const row of rows)
    if (row.length === 8)
      for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** How many goals were met, of how many. */
export function tally(outcomes: readonly Outcome[]): string {
  const judged = outcomes.flatMap((outcome) =>
    "why" in outcome ? [] : outcome.against.filter(({ met }) => met !== null),
  );
  return `${judged.filter(({ met }) => met).length} of ${judged.length} targets met`;
}

function verdict({ goal, met, cost }: Against): string {
  if (!goal) return "";
  const reached = {
    cost: "",
    speed: ` (× ${digits(1 / cost)})`,
    share: ` (${digits(100 / cost)} %)`,
  }[goal.as];
  return `${met ? "met" : "MISSED"}${goal.says === "" ? "" : `: ${goal.says}`}${reached}`;
}

const digits = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

const shown = (value: number, unit: Unit) => `${digits(value)} ${unit}`;

const percentiles = ({ p50, p99 }: Figure) =>
  p50 === undefined || p99 === undefined ? "" : `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;
