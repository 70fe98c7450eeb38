import { memo, type ReactNode } from "react";
import type { DiffProps } from "./diff-props.ts";
import { placeOf, splitRows, unifiedRows, type DiffFile, type DiffHunk, type DiffRow } from "./lines.ts";
import { rowsHtml, type RowDrawing } from "./row-html.ts";

interface Props {
  readonly hunk: DiffHunk;
  readonly file: DiffFile;
  readonly drawing: RowDrawing;
  readonly renderBelowLine: DiffProps["renderBelowLine"];
}

/** The lines of a hunk, in as few pieces as what stands below some of them allows. */
export function HunkLines({ hunk, file, drawing, renderBelowLine }: Props) {
  const rows = drawing.split ? splitRows(hunk) : unifiedRows(hunk);
  const pieces: { readonly rows: DiffRow[]; below: ReactNode }[] = [];
  let piece: DiffRow[] = [];
  for (const row of rows) {
    piece.push(row);
    const below = renderBelowLine && belowRow(row, file, renderBelowLine);
    if (below) {
      pieces.push({ rows: piece, below });
      piece = [];
    }
  }
  if (piece.length > 0) pieces.push({ rows: piece, below: undefined });
  return pieces.map(({ rows: some, below }, index) => (
    // Pieces have no name of their own, and what is below keeps its state by its own keys.
    // oxlint-disable-next-line react/no-array-index-key
    <Piece key={index} html={rowsHtml(some, drawing)} below={below} />
  ));
}

function belowRow(
  { left, right }: DiffRow,
  file: DiffFile,
  render: NonNullable<DiffProps["renderBelowLine"]>,
): ReactNode {
  const shown = [...new Set([left, right])]
    .filter((line) => line !== undefined)
    .map((line) => {
      const place = placeOf(file.path, line);
      return { place, below: render(place, file) };
    })
    .filter(({ below }) => below !== undefined && below !== null && below !== false);
  if (shown.length <= 1) return shown[0]?.below;
  return shown.map(({ place, below }) => <div key={place.side}>{below}</div>);
}

function Piece({ html, below }: { readonly html: string; readonly below: ReactNode }) {
  return (
    <>
      <Html html={html} />
      {below !== undefined && (
        <div className="diff-below sticky left-0 border-y border-line bg-surface font-sans text-base whitespace-normal">
          {below}
        </div>
      )}
    </>
  );
}

const Html = memo(function Html({ html }: { readonly html: string }) {
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
});
