/**
 * The lines of a diff as HTML text: thousands of lines are drawn as one string, with three elements a line, instead of as
 * thousands of components. The words of a line come escaped and coloured from the server.
 */
import { escapeHtml } from "../../app/state.ts";
import type { DiffLine, DiffRow, LinePlace, Side } from "./lines.ts";

export interface RowDrawing {
  /** Unique on the page: begins the ids of the file's lines. */
  readonly anchor: string;
  readonly split: boolean;
  /** Where the form for a comment on a line is; without it lines cannot be commented. */
  readonly commentHref: ((side: Side, line: number) => string) | undefined;
}

const kinds = { context: "", added: ", added", deleted: ", removed" } as const;
const looks = { context: "", added: " da", deleted: " dd" } as const;

/** The id of a line: `f3R12` on the new side, `f3L12` on the old one. */
export const lineId = (anchor: string, { side, line }: Pick<LinePlace, "side" | "line">): string =>
  `${anchor}${side === "old" ? "L" : "R"}${line}`;

/** By the first of the rows, which follow each other: what was drawn last, and how. */
const drawn = new WeakMap<DiffRow, { readonly how: string; readonly html: string }>();

/** Rows that follow each other. Drawn again the same way, as after every mark that somebody sets, they are the same text. */
export function rowsHtml(rows: readonly DiffRow[], drawing: RowDrawing): string {
  const { anchor, split, commentHref } = drawing;
  const [first] = rows;
  // All addresses of a drawing are made alike: one of them stands for all.
  const how = `${rows.length} ${anchor} ${split} ${commentHref?.("new", 0) ?? ""}`;
  const known = first && drawn.get(first);
  if (known?.how === how) return known.html;
  const html = rows.map((row) => (split ? splitHtml(row, drawing) : unifiedHtml(row, drawing))).join("");
  if (first) drawn.set(first, { how, html });
  return html;
}

function unifiedHtml({ left, right }: DiffRow, drawing: RowDrawing): string {
  const line = right ?? left;
  if (!line) return "";
  const numbers = line.kind === "context" ? ` data-o="${line.old}"` : "";
  return `<div class="dl${looks[line.kind]}"${numbers}>${cell(line, line.kind === "deleted" ? "old" : "new", drawing)}</div>`;
}

function splitHtml({ left, right }: DiffRow, drawing: RowDrawing): string {
  const half = (line: DiffLine | undefined, side: Side) =>
    line
      ? `<div class="dh${looks[line.kind]}">${cell(line, side, drawing)}</div>`
      : `<div class="dh dn"></div>`;
  return `<div class="ds">${half(left, "old")}${half(right, "new")}</div>`;
}

function cell(line: DiffLine, side: Side, { anchor, commentHref }: RowDrawing): string {
  const number = (side === "old" ? line.old : line.new) ?? 0;
  const id = lineId(anchor, { side, line: number });
  const comment = commentHref
    ? `<a class="dc" href="${escapeHtml(commentHref(side, number))}" data-side="${side}" data-line="${number}" aria-label="Comment on line ${number}" tabindex="-1"></a>`
    : "";
  // On the left of a split view an unchanged line has its own number, but its id belongs to the right.
  const named = side === "old" && line.kind === "context" ? "" : ` id="${id}"`;
  const end = line.no_newline ? '<i class="no-newline" title="No newline at the end of the file">⊘</i>' : "";
  return `<a class="dnum"${named} href="#${id}" data-n="${number}" aria-label="line ${number}${kinds[line.kind]}" tabindex="-1"></a>${comment}<code>${line.html || " "}${end}</code>`;
}
