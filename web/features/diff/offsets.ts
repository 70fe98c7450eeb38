/** Where lines are in the whole of a diff, worked out from its data: most of it is not drawn. */
import { heightOf, heightOfRows } from "./chunks.ts";
import { linesIn, type DiffFile, type LinePlace } from "./lines.ts";

export interface Offsets {
  /** How far down a place is, from 0 to 1; a place without a line is at the beginning of its file. */
  shareOf(place: {
    readonly path: string;
    readonly side: LinePlace["side"];
    readonly line: number | null;
  }): number;
}

export function offsetsIn(files: readonly DiffFile[], isOpen: (file: DiffFile) => boolean): Offsets {
  const starts = new Map<string, { readonly file: DiffFile; readonly top: number }>();
  let height = 0;
  for (const file of files) {
    starts.set(file.path, { file, top: height });
    height += heightOf(file, isOpen(file));
  }
  return {
    shareOf({ path, side, line }) {
      const found = starts.get(path);
      if (!found || height === 0) return 0;
      const rows = line === null || !isOpen(found.file) ? 0 : rowOf(found.file, side, line);
      return (found.top + heightOfRows(rows)) / height;
    },
  };
}

/** How many rows of a file stand before a line. */
function rowOf(file: DiffFile, side: LinePlace["side"], line: number): number {
  let rows = 0;
  for (const hunk of file.hunks) {
    const [start, count] =
      side === "old" ? [hunk.old_start, hunk.old_lines] : [hunk.new_start, hunk.new_lines];
    if (line >= start + count) rows += hunk.lines.length;
    else
      return (
        rows +
        Math.max(
          0,
          linesIn(hunk).findIndex((one) => (side === "old" ? one.old : one.new) === line),
        )
      );
  }
  return rows;
}
