import { memo, useEffect, type ReactNode } from "react";
import { chunksOf, heightOfRows } from "./chunks.ts";
import type { DiffProps } from "./diff-props.ts";
import { placeOf, type DiffFile, type DiffHunk, type DiffRow, type LinePlace } from "./lines.ts";
import { useNear } from "./near.ts";
import { rowsHtml, type RowDrawing } from "./row-html.ts";

interface Props {
  readonly hunk: DiffHunk;
  readonly file: DiffFile;
  readonly drawing: RowDrawing;
  readonly renderBelowLine: DiffProps["renderBelowLine"];
  /** Lines of the hunk that are in the document from the start, and the end of those without JavaScript. */
  readonly eager: number;
  readonly plain: number;
  /** A line that must be drawn. */
  readonly wanted: Pick<LinePlace, "side" | "line"> | undefined;
}

/** How far from the screen lines are drawn, in pixels. */
const distance = 700;

/** The lines of a hunk, in pieces that are there while they are near the screen. */
export function HunkLines({ hunk, file, drawing, renderBelowLine, eager, plain, wanted }: Props) {
  let before = 0;
  return chunksOf(hunk, drawing.split).map((rows) => {
    const start = before;
    before += rows.length;
    return (
      <Chunk
        key={start}
        {...{ rows, file, drawing, renderBelowLine }}
        eager={start < eager}
        plain={start < plain}
        wanted={wanted !== undefined && rows.some((row) => holds(row, wanted)) ? wanted : undefined}
      />
    );
  });
}

const holds = ({ left, right }: DiffRow, { side, line }: Pick<LinePlace, "side" | "line">): boolean =>
  side === "old" ? (left ?? right)?.old === line : right?.new === line;

interface ChunkProps extends Pick<Props, "file" | "drawing" | "renderBelowLine"> {
  readonly rows: readonly DiffRow[];
  readonly eager: boolean;
  readonly plain: boolean;
  readonly wanted: Props["wanted"];
}

/** Left alone while nothing of its rows changes: a long file has hundreds. */
const Chunk = memo(function Chunk({ rows, eager, plain, wanted, ...rest }: ChunkProps) {
  const { ref, near, height, show } = useNear<HTMLDivElement>(eager, distance);
  // Asked for again, it is another object.
  useEffect(() => {
    if (wanted) show();
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted]);
  return (
    <div ref={ref} style={near ? undefined : { minHeight: height ?? heightOfRows(rows.length) }}>
      {near ? (
        <Rows rows={rows} {...rest} />
      ) : (
        plain && (
          <noscript>
            <Rows rows={rows} {...rest} />
          </noscript>
        )
      )}
    </div>
  );
});

/** Rows in as few pieces as what stands below some of them allows. */
function Rows({ rows, file, drawing, renderBelowLine }: Omit<ChunkProps, "eager" | "plain" | "wanted">) {
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
    <Piece key={index} rows={some.length} html={rowsHtml(some, drawing)} below={below} />
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

function Piece(props: { readonly rows: number; readonly html: string; readonly below: ReactNode }) {
  const { rows, html, below } = props;
  return (
    <>
      <Html html={html} height={heightOfRows(rows)} />
      {below !== undefined && (
        <div className="diff-below sticky left-0 border-y border-line bg-surface font-sans text-base whitespace-normal">
          {below}
        </div>
      )}
    </>
  );
}

/** The browser lays out and paints only what is on the screen of it; until then it counts as that high, in pixels. */
const Html = memo(function Html({ html, height }: { readonly html: string; readonly height: number }) {
  const style = { containIntrinsicBlockSize: `auto ${height}px` };
  return <div className="diff-rows" style={style} dangerouslySetInnerHTML={{ __html: html }} />;
});
