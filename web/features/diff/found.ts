/** Words in the lines of a diff, drawn or not. */
import { linesIn, placeOf, type DiffFile, type LinePlace } from "./lines.ts";
import { textOf } from "./mark.ts";
import { lineId } from "./row-html.ts";

/** A line as it is searched. `id` is that of its number, once it is drawn. */
export interface SearchedLine {
  readonly place: LinePlace;
  readonly file: number;
  readonly id: string;
  readonly text: string;
}

export interface Found {
  readonly line: SearchedLine;
  /** In UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** So many are counted; who looks for `e` in a long diff learns that there are more. */
export const mostFound = 10_000;

export const searchedLines = (files: readonly DiffFile[]): readonly SearchedLine[] =>
  files.flatMap((file, index) =>
    file.hunks.flatMap((hunk) =>
      linesIn(hunk).map((line) => {
        const place = placeOf(file.path, line);
        return { place, file: index, id: lineId(`d${index + 1}`, place), text: textOf(line.html) };
      }),
    ),
  );

/** The words as a pattern, whatever signs are in them; null for no words. Cases are the same, as browsers have it. */
export const patternOf = (words: string): RegExp | null =>
  words === "" ? null : new RegExp(words.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`), "giu");

/** Where the pattern is, from the first line on; one more than `most` where there are more. */
export function findIn(
  lines: readonly SearchedLine[],
  pattern: RegExp | null,
  most: number = mostFound,
): readonly Found[] {
  const found: Found[] = [];
  if (pattern === null) return found;
  for (const line of lines)
    for (const { index, 0: text } of line.text.matchAll(pattern)) {
      found.push({ line, from: index, to: index + text.length });
      if (found.length > most) return found;
    }
  return found;
}

/** The first that stands in this file or after it; the very first when none does. */
export const firstFrom = (found: readonly Found[], file: number): number =>
  Math.max(
    0,
    found.findIndex(({ line }) => line.file >= file),
  );
