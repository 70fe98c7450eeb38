/** Where an inline comment stands in a diff: GitHub's `line`, `position` and `diff_hunk`. */
import type { FileDiff, Hunk } from "../../../git/diffs.ts";
import { patchText } from "../../../git/diffs.ts";

export type Side = "LEFT" | "RIGHT";

export interface Place {
  readonly path: string;
  readonly side: Side;
  /** The last line of what is spoken of, and the first where that is another. */
  readonly line: number;
  readonly startLine: number | null;
}

/** The number of a line on a side, or null where it is not there. */
const numberOn = (side: Side, line: Hunk["lines"][number]): number | null =>
  side === "LEFT" ? (line.kind === "added" ? null : line.old) : line.kind === "deleted" ? null : line.new;

interface Spot {
  readonly hunk: Hunk;
  /** Index in the hunk's lines. */
  readonly index: number;
  /** Lines below the first `@@` of the file, further headers counted, as GitHub counts. */
  readonly position: number;
}

function spotOf(file: FileDiff, side: Side, number: number): Spot | null {
  let before = 0;
  for (const hunk of file.hunks) {
    const index = hunk.lines.findIndex((line) => numberOn(side, line) === number);
    if (index >= 0) return { hunk, index, position: before + index + 1 };
    before += hunk.lines.length + 1;
  }
  return null;
}

/** Whether the diff of a file shows the place. */
export function isShown(file: FileDiff, place: Pick<Place, "side" | "line" | "startLine">): boolean {
  const end = spotOf(file, place.side, place.line);
  if (!end) return false;
  return place.startLine === null || spotOf(file, place.side, place.startLine)?.hunk === end.hunk;
}

/** GitHub's older way to say where: lines below the first header. Null where the place is not shown. */
export const positionOf = (file: FileDiff, place: Pick<Place, "side" | "line">): number | null =>
  spotOf(file, place.side, place.line)?.position ?? null;

/** The place that a `position` means. */
export function placeAt(file: FileDiff, position: number): Pick<Place, "side" | "line"> | null {
  let before = 0;
  for (const hunk of file.hunks) {
    const line = hunk.lines[position - before - 1];
    if (line && position > before) {
      const side = line.kind === "deleted" ? "LEFT" : "RIGHT";
      const number = numberOn(side, line);
      return number === null ? null : { side, line: number };
    }
    before += hunk.lines.length + 1;
  }
  return null;
}

/** Lines of a hunk that are kept with a comment. */
const keptLines = 40;

/** The part of the diff that a comment speaks of, up to its line. */
export function hunkText(file: FileDiff, place: Pick<Place, "side" | "line">): string {
  const spot = spotOf(file, place.side, place.line);
  if (!spot) return "";
  const whole = spot.hunk.lines.slice(0, spot.index + 1);
  const lines = whole.slice(-keptLines);
  const [header = ""] = patchText([spot.hunk]).split("\n", 1);
  if (lines.length === whole.length) return patchText([{ ...spot.hunk, lines }]).replace(/^[^\n]*/, header);
  // Cut at the top, the header says where what is left begins.
  const first = (of: "old" | "new") => lines.find((line) => line[of] !== null)?.[of] ?? 0;
  const count = (without: "added" | "deleted") => lines.filter((line) => line.kind !== without).length;
  return patchText([
    {
      ...spot.hunk,
      oldStart: first("old"),
      newStart: first("new"),
      oldLines: count("added"),
      newLines: count("deleted"),
      lines,
    },
  ]);
}

/** Unchanged lines that are kept with a comment on a place that the diff does not show. */
const keptAround = 4;

/** What a comment outside the diff speaks of, written as a hunk without a change. `lines` are those of the place's side. */
export function surroundings(file: FileDiff | undefined, place: Place, lines: readonly string[]): string {
  const first = Math.max(1, Math.min(place.startLine ?? place.line, place.line - keptAround + 1));
  const start = Math.max(first, place.line - keptLines + 1);
  const kept = lines.slice(start - 1, place.line).map((text) => text.replace(/\r$/, ""));
  // How much larger a line's number is on the other side.
  const ahead = (file?.hunks ?? [])
    .filter((hunk) => (place.side === "RIGHT" ? hunk.newStart : hunk.oldStart) < start)
    .reduce((sum, hunk) => sum + hunk.newLines - hunk.oldLines, 0);
  const other = place.side === "RIGHT" ? start - ahead : start + ahead;
  const [oldStart, newStart] = place.side === "RIGHT" ? [other, start] : [start, other];
  const head = `@@ -${oldStart},${kept.length} +${newStart},${kept.length} @@`;
  return [head, ...kept.map((text) => ` ${text}`)].join("\n");
}

/** Lines from one to another, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Where some stretches of a file's lines went by the diff of the two versions (no context), in their order: without what was changed
 * or removed, and apart where something came in between.
 */
export function carried(hunks: readonly Hunk[], spans: readonly Span[]): Span[] {
  const left: Span[] = [];
  const keep = (from: number, to: number, shift: number) => {
    if (from <= to) left.push({ from: from + shift, to: to + shift });
  };
  for (const { from, to } of spans) {
    let [first, shift] = [from, 0];
    for (const hunk of hunks) {
      // A hunk that only adds stands behind the line it names.
      const start = hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
      if (start > to) break;
      keep(first, start - 1, shift);
      first = Math.max(first, start + hunk.oldLines);
      shift += hunk.newLines - hunk.oldLines;
    }
    keep(first, to, shift);
  }
  return left;
}
