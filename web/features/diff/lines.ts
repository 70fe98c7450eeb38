import type { WebDiffFile } from "../../../api/client.gen.ts";
import { markRanges, textOf } from "./mark.ts";
import { changedWords } from "./words.ts";

export type DiffFile = WebDiffFile;
export type DiffHunk = DiffFile["hunks"][number];
export type Side = "old" | "new";

export interface DiffLine {
  readonly kind: "context" | "added" | "deleted";
  /** Numbers from 1; null on the side that lacks it. */
  readonly old: number | null;
  readonly new: number | null;
  readonly html: string;
  /** The file ends here without a newline. */
  readonly no_newline?: true;
}

/** Where a line of a diff is: what a comment is anchored to. */
export interface LinePlace {
  readonly path: string;
  readonly side: Side;
  readonly line: number;
}

/** One row as it is drawn: a line alone, or in split view the two sides beside each other. */
export interface DiffRow {
  readonly left: DiffLine | undefined;
  readonly right: DiffLine | undefined;
}

export const placeOf = (path: string, line: DiffLine): LinePlace =>
  line.kind === "deleted"
    ? { path, side: "old", line: line.old ?? 0 }
    : { path, side: "new", line: line.new ?? 0 };

const kinds = { " ": "context", "+": "added", "-": "deleted" } as const;
const read = new WeakMap<DiffHunk, readonly DiffLine[]>();

/** The lines of a hunk with their numbers; read once, of those that are looked at. */
export function linesIn(hunk: DiffHunk): readonly DiffLine[] {
  let lines = read.get(hunk);
  if (!lines) {
    let [before, after] = [hunk.old_start, hunk.new_start];
    lines = hunk.lines.map((line, index): DiffLine => {
      const kind = kinds[line[0] as keyof typeof kinds];
      return {
        kind,
        old: kind === "added" ? null : before++,
        new: kind === "deleted" ? null : after++,
        html: line.slice(1),
        ...(hunk.no_newline?.includes(index) ? { no_newline: true } : {}),
      };
    });
    read.set(hunk, lines);
  }
  return lines;
}

/** The lines of a hunk with the changed words marked. */
export function markedLines(hunk: DiffHunk): readonly DiffLine[] {
  const lines = [...linesIn(hunk)];
  for (const [deleted, added] of blocks(linesIn(hunk))) {
    // Only blocks of the same length are versions of each other line by line.
    if (deleted.length !== added.length || deleted.length > 40) continue;
    deleted.forEach((from, index) => {
      const to = added[index] ?? 0;
      const [before, after] = [lines[from], lines[to]];
      if (!before || !after) return;
      const words = changedWords(textOf(before.html), textOf(after.html));
      if (!words) return;
      lines[from] = { ...before, html: markRanges(before.html, words.before) };
      lines[to] = { ...after, html: markRanges(after.html, words.after) };
    });
  }
  return lines;
}

/** Runs of deleted lines and the added lines that follow them, as indices. */
function blocks(lines: readonly DiffLine[]): readonly (readonly [readonly number[], readonly number[]])[] {
  const found: [number[], number[]][] = [];
  lines.forEach((line, index) => {
    if (line.kind === "context") return;
    const before = lines[index - 1];
    const last = found.at(-1);
    const goesOn =
      last !== undefined &&
      before !== undefined &&
      before.kind !== "context" &&
      !(line.kind === "deleted" && before.kind === "added");
    if (!goesOn) found.push([[], []]);
    found.at(-1)?.[line.kind === "deleted" ? 0 : 1].push(index);
  });
  return found;
}

/** Rows of the unified view: one line each. */
export const unifiedRows = (hunk: DiffHunk): readonly DiffRow[] =>
  markedLines(hunk).map((line) =>
    line.kind === "deleted" ? { left: line, right: undefined } : { left: undefined, right: line },
  );

/** Rows of the split view: unchanged lines on both sides, deleted beside added. */
export function splitRows(hunk: DiffHunk): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let deleted: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(deleted.length, added.length); index++)
      rows.push({ left: deleted[index], right: added[index] });
    deleted = [];
    added = [];
  };
  for (const line of markedLines(hunk)) {
    if (line.kind === "deleted") {
      if (added.length > 0) flush();
      deleted.push(line);
    } else if (line.kind === "added") added.push(line);
    else {
      flush();
      rows.push({ left: line, right: line });
    }
  }
  flush();
  return rows;
}

/** Unchanged lines that a diff leaves out. */
export interface HiddenLines {
  /** The first and the last of them on the new side; `to` is unknown after the last hunk. */
  readonly from: number;
  readonly to: number | undefined;
  /** How much larger a line's number is on the old side. */
  readonly shift: number;
}

/** How many unchanged lines stand around a change when there are as many. */
const contextLines = 3;

/** What is left out before each hunk, and at the end what may be left out after the last. */
export function gapsOf({ hunks }: Pick<DiffFile, "hunks">): readonly HiddenLines[] {
  let from = 1;
  let shift = 0;
  const gaps: HiddenLines[] = hunks.map((hunk) => {
    // A side without lines is said to start at the line before.
    const start = hunk.new_lines === 0 ? hunk.new_start + 1 : hunk.new_start;
    const gap = { from, to: start - 1, shift };
    from = start + hunk.new_lines;
    shift = hunk.old_start + hunk.old_lines - (hunk.new_start + hunk.new_lines);
    if (hunk.new_lines === 0) shift -= 1;
    if (hunk.old_lines === 0) shift += 1;
    return gap;
  });
  const last = hunks.at(-1)?.lines ?? [];
  const ended = last.slice(-contextLines).some(([sign]) => sign !== " ");
  return [...gaps, { from, to: ended || last.length < contextLines ? from - 1 : undefined, shift }];
}

/** Whether the drawn diff has a row for a line: on the old side only removed lines have one of their own. */
export const showsLine = (file: DiffFile, side: Side, line: number): boolean =>
  file.hunks.some((hunk) =>
    linesIn(hunk).some((one) =>
      side === "old"
        ? one.kind === "deleted" && one.old === line
        : one.kind !== "deleted" && one.new === line,
    ),
  );
