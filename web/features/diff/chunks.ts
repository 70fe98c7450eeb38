/** A diff cut into pieces that are drawn and taken away as they come near the screen and leave it. */
import { splitRows, unifiedRows, type DiffFile, type DiffHunk, type DiffRow } from "./lines.ts";

/** Rows that are drawn together. */
const chunkRows = 20;
/** Height of a row, of a file's head and of the line between hunks, in pixels. */
const rowHeight = 20;
const headHeight = 42;
const gapHeight = 28;

const drawn = { unified: new WeakMap<DiffHunk, Chunks>(), split: new WeakMap<DiffHunk, Chunks>() };
type Chunks = readonly (readonly DiffRow[])[];

/** The rows of a hunk, in pieces; worked out once. */
export function chunksOf(hunk: DiffHunk, split: boolean): Chunks {
  const known = drawn[split ? "split" : "unified"];
  let chunks = known.get(hunk);
  if (!chunks) {
    const rows = split ? splitRows(hunk) : unifiedRows(hunk);
    chunks = Array.from({ length: Math.ceil(rows.length / chunkRows) }, (_, index) =>
      rows.slice(index * chunkRows, (index + 1) * chunkRows),
    );
    known.set(hunk, chunks);
  }
  return chunks;
}

export const heightOfRows = (rows: number): number => rows * rowHeight;

export const linesOf = (file: DiffFile): number =>
  file.hunks.reduce((sum, { lines }) => sum + lines.length, 0);

/** About how high a file will be. */
export const heightOf = (file: DiffFile, open: boolean): number =>
  headHeight +
  (open ? (file.hunks.length === 0 ? 56 : heightOfRows(linesOf(file)) + file.hunks.length * gapHeight) : 0);

/** Elements of a row besides those of its words. */
const rowNodes = 5;

const nodesOf = (lines: readonly string[]): number =>
  lines.reduce((sum, html) => sum + rowNodes + (html.match(/<span/g)?.length ?? 0), 0);

/** What is drawn with the page: in the document, or for readers without JavaScript only. */
export const firstBudget = { files: 40, nodes: 1500, plainLines: 1200 } as const;

export interface FirstDrawing {
  /** The head is drawn. */
  readonly head: boolean;
  /** Lines from the first on that are in the document, and those after them that stand for readers without JavaScript. */
  readonly lines: number;
  readonly plain: number;
}

/** What of each file is drawn first, from the file `start` on. */
export function firstDrawings(
  files: readonly DiffFile[],
  isFolded: (file: DiffFile) => boolean,
  start: number,
): readonly FirstDrawing[] {
  let nodes: number = firstBudget.nodes;
  let plain: number = firstBudget.plainLines;
  return files.map((file, index) => {
    const head = index >= start && index < start + firstBudget.files;
    if (!head || isFolded(file)) return { head, lines: 0, plain: 0 };
    const all = file.hunks.flatMap(({ lines }) => lines);
    // The first file begins whatever it costs.
    const least = index === start ? 1 : 0;
    let lines = 0;
    while (lines < all.length && (nodes > 0 || lines < least)) {
      nodes -= nodesOf(all.slice(lines, lines + chunkRows));
      lines += chunkRows;
    }
    const rest = Math.max(0, all.length - lines);
    const told = plain > 0 ? Math.min(rest, index === start ? Math.max(plain, chunkRows) : plain) : 0;
    plain -= Math.min(all.length, lines) + told;
    return { head, lines, plain: told };
  });
}
