/** What was measured, as a table for people and as JSON for comparisons. */
import type { Load } from "./load.ts";

export type Unit = "ms" | "MB" | "req/s";

/** One measurement: of the forge, or of what it is held against. */
export interface Figure {
  readonly of: string;
  readonly value: number;
  /** With loads only, in ms. */
  readonly p50?: number;
  readonly p99?: number;
}

export interface Line {
  readonly name: string;
  readonly unit: Unit;
  readonly wit: Figure;
  readonly against: readonly Figure[];
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

/** What the forge costs over what the other costs: below 1 the forge is cheaper, whatever the unit. */
export function ratio(line: Line, other: Figure): number {
  return line.unit === "req/s" ? other.value / line.wit.value : line.wit.value / other.value;
}

/** One row for each thing that a line is held against. */
export function table(outcomes: readonly Outcome[]): string {
  const rows: string[][] = [["", "wit", "p50 / p99", "against", "", "p50 / p99", "cost"]];
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
        `× ${digits(ratio(outcome, other))}`,
      ]);
  }
  const widths: number[] = [];
  for (const row of rows)
    if (row.length === 7 || row.length === 4)
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

const digits = (value: number) => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

const shown = (value: number, unit: Unit) => `${digits(value)} ${unit}`;

const percentiles = ({ p50, p99 }: Figure) =>
  p50 === undefined || p99 === undefined ? "" : `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`;
