import type { ReactNode } from "react";
import type { FirstDrawing } from "./chunks.ts";
import type { DiffMode } from "./diff-query.ts";
import type { DiffFile, LinePlace, Side } from "./lines.ts";

export interface DiffProps {
  readonly files: readonly DiffFile[];
  /** The repository (`alice/demo`) that holds both sides: for links to whole files. */
  readonly repository: string;
  /** The commit or branch whose files the new side shows. */
  readonly head: string;
  /** The same for the old side. */
  readonly base?: string | undefined;
  readonly mode: DiffMode;
  /** The address of this diff with one file alone, for those too large to stand among others. */
  readonly fileHref?: ((path: string) => string) | undefined;
  /** What stands below a line: threads, the form for a comment. Asked for every line that is drawn. */
  readonly renderBelowLine?: ((place: LinePlace, file: DiffFile) => ReactNode) | undefined;
  /** What stands above a file's lines: comments on the file, threads whose line is gone. */
  readonly renderFileTop?: ((file: DiffFile) => ReactNode) | undefined;
  /** Controls at the end of a file's head: "viewed". */
  readonly renderFileActs?: ((file: DiffFile) => ReactNode) | undefined;
  /** Draws a panel with what belongs to its file alone, where panels are drawn again one by one. */
  readonly renderPanel?: ((panel: PanelProps) => ReactNode) | undefined;
  /** Files that begin folded besides those that the server folds: viewed ones. They fold and open when the answer changes. */
  readonly isFolded?: ((file: DiffFile) => boolean) | undefined;
  /** Reads one file that was left out because the page holds enough. */
  readonly loadFile?: ((path: string) => Promise<DiffFile | undefined>) | undefined;
  /** The file whose lines are drawn first, as readers without JavaScript ask for it. */
  readonly start?: string | undefined;
  /** The address of this diff drawn from one file on. */
  readonly startHref?: ((path: string) => string) | undefined;
  /** A line to show, wherever it is; a new object asks again. */
  readonly wanted?: LinePlace | undefined;
  /** Where the form for a comment on a line is; without it lines have no "+". */
  readonly commentHref?: ((place: LinePlace) => string) | undefined;
  /** Called instead of following `commentHref`. */
  readonly onLineComment?: ((place: LinePlace) => void) | undefined;
}

/** What the panel of one file is given: the same things as long as nothing of the file changes, so that it is left alone. */
export interface PanelProps extends Omit<DiffProps, "files" | "start" | "isFolded" | "renderPanel"> {
  readonly file: DiffFile;
  readonly anchor: string;
  /** The only file of the page: opened whatever it is. */
  readonly alone: boolean;
  readonly first: FirstDrawing;
  /** It begins folded; it folds and opens when this changes. */
  readonly folded: boolean;
}

/** The place of the comment button that was pressed, if it was one. */
export function placeOfButton(target: EventTarget, path: string): LinePlace | undefined {
  const button = target instanceof Element ? target.closest<HTMLElement>(".dc") : null;
  const { side, line } = button?.dataset ?? {};
  return side === undefined || line === undefined
    ? undefined
    : { path, side: side as Side, line: Number(line) };
}
