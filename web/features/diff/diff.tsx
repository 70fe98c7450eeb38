import "./diff.css";
import { Fragment, useMemo } from "react";
import { firstDrawings } from "./chunks.ts";
import type { DiffProps } from "./diff-props.ts";
import { DiffFilePanel } from "./file.tsx";
import type { DiffFile } from "./lines.ts";

export type { DiffProps } from "./diff-props.ts";
export type { DiffFile, DiffLine, LinePlace, Side } from "./lines.ts";

/** The id of a file's panel, and the beginning of the ids of its lines: `d3` is the third file's. */
export const fileAnchor = (index: number): string => `d${index + 1}`;

/**
 * Files side by side with what they were. The first are drawn on the server; the others, and the lines of long ones, are drawn
 * when they come near the screen and taken away when they leave it. Without JavaScript each is a link away.
 */
export function Diff({ files, start: asked, isFolded: isDone, wanted, renderPanel, ...drawing }: DiffProps) {
  const alone = files.length === 1;
  const isFolded = (file: DiffFile) => !alone && (file.folded !== null || isDone?.(file) === true);
  const start = Math.max(
    0,
    files.findIndex(({ path }) => path === asked),
  );
  // What is drawn first is decided once: later the parts themselves know whether they are near.
  const first = useMemo(
    () => firstDrawings(files, isFolded, start),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [files, start],
  );
  return (
    <div className="flex flex-col gap-4">
      {files.map((file, index) => {
        const panel = {
          ...drawing,
          file,
          alone,
          anchor: fileAnchor(index),
          first: first[index] ?? nothingDrawn,
          folded: isFolded(file),
          wanted: wanted?.path === file.path ? wanted : undefined,
        };
        const key = `${file.old_path ?? ""} ${file.path}`;
        return renderPanel ? (
          <Fragment key={key}>{renderPanel(panel)}</Fragment>
        ) : (
          <DiffFilePanel key={key} {...panel} />
        );
      })}
    </div>
  );
}

const nothingDrawn = { head: false, lines: 0, plain: 0 };
