import "./diff.css";
import { useMemo } from "react";
import { firstDrawings } from "./chunks.ts";
import type { DiffProps } from "./diff-props.ts";
import { DiffFilePanel } from "./file.tsx";

export type { DiffProps } from "./diff-props.ts";
export type { DiffFile, DiffLine, LinePlace, Side } from "./lines.ts";

/** The id of a file's panel, and the beginning of the ids of its lines: `d3` is the third file's. */
export const fileAnchor = (index: number): string => `d${index + 1}`;

/**
 * Files side by side with what they were. The first are drawn on the server; the others, and the lines of long ones, are drawn
 * when they come near the screen and taken away when they leave it. Without JavaScript each is a link away.
 */
export function Diff({ files, ...drawing }: DiffProps) {
  const alone = files.length === 1;
  const isFolded = ({ folded }: DiffProps["files"][number]) => folded !== null && !alone;
  const start = Math.max(
    0,
    files.findIndex(({ path }) => path === drawing.start),
  );
  // What is drawn first is decided once: later the parts themselves know whether they are near.
  const first = useMemo(
    () =>
      firstDrawings(files, (file) => !alone && (isFolded(file) || drawing.isFolded?.(file) === true), start),
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [files, start],
  );
  return (
    <div className="flex flex-col gap-4">
      {files.map((file, index) => (
        <DiffFilePanel
          key={`${file.old_path ?? ""} ${file.path}`}
          {...drawing}
          file={file}
          alone={alone}
          anchor={fileAnchor(index)}
          first={first[index] ?? nothingDrawn}
        />
      ))}
    </div>
  );
}

const nothingDrawn = { head: false, lines: 0, plain: 0 };
