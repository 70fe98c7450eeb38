import "./diff.css";
import type { DiffProps } from "./diff-props.ts";
import { DiffFilePanel } from "./file.tsx";
import type { DiffFile } from "./lines.ts";

export type { DiffProps } from "./diff-props.ts";
export type { DiffFile, DiffLine, LinePlace, Side } from "./lines.ts";

/** How many lines are drawn at once; files beyond are drawn when they come near. */
const eagerLines = 1200;

/** The id of a file's panel, and the beginning of the ids of its lines: `d3` is the third file's. */
export const fileAnchor = (index: number): string => `d${index + 1}`;

/** Files side by side with what they were: drawn whole on the server, usable without JavaScript. */
export function Diff({ files, ...drawing }: DiffProps) {
  const sizes = files.map((file) => (file.folded === null ? linesOf(file) : 0));
  return (
    <div className="flex flex-col gap-4">
      {files.map((file, index) => (
        <DiffFilePanel
          key={`${file.old_path ?? ""} ${file.path}`}
          {...drawing}
          file={file}
          anchor={fileAnchor(index)}
          eager={isEager(sizes, index)}
          lines={sizes[index] ?? 0}
        />
      ))}
    </div>
  );
}

/** The first file with lines, and those after it while there are few lines in all. */
function isEager(sizes: readonly number[], index: number): boolean {
  const before = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
  return before === 0 || before + (sizes[index] ?? 0) <= eagerLines;
}

const linesOf = (file: DiffFile): number => file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
