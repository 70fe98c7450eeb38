/** Tables as text: RFC 4180, with tabs and semicolons too, as spreadsheets write them. */
import { z } from "zod";

export const tableShape = z.object({
  head: z.array(z.string()).describe("The first row"),
  rows: z.array(z.object({ line: z.int(), cells: z.array(z.string()) })),
  more: z.boolean().describe("There are more rows or columns than are shown"),
  problems: z
    .array(z.object({ line: z.int(), message: z.string() }))
    .describe("What is not as it should be, the first twenty"),
});

export type Table = z.input<typeof tableShape>;

interface Row {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const most = { rows: 1000, columns: 100, cells: 20_000, letters: 500, problems: 20 };

/** How the cells of a file are kept apart, by its name; null for what is no table. */
export function separatorOf(path: string, text: string): string | null {
  if (/\.(?:tsv|tab)$/i.test(path)) return "\t";
  if (!/\.csv$/i.test(path)) return null;
  const first =
    text
      .slice(0, 4000)
      .split("\n", 1)[0]
      ?.replaceAll(/"[^"]*"/g, "") ?? "";
  const count = (mark: string) => first.split(mark).length;
  return [",", ";", "\t", "|"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The beginning of a table, as much as a page can hold; null for a text without any row. */
export function readTable(text: string, separator: string): Table | null {
  const problems: Table["problems"] = [];
  const told = (line: number, message: string) => {
    if (problems.length < most.problems) problems.push({ line, message });
  };
  const rows = rowsOf(text, separator, told);
  const head = rows.next().value;
  if (!head) return null;
  const width = head.cells.length;
  const columns = Math.min(width, most.columns);
  const limit = Math.min(most.rows, Math.floor(most.cells / columns));
  const shown: Row[] = [];
  let more = width > columns;
  for (const row of rows) {
    if (shown.length >= limit) {
      more = true;
      break;
    }
    const count = row.cells.length;
    if (count !== width) told(row.line, `${cellsText(count)} where the first row has ${width}`);
    shown.push(row);
  }
  const widest = Math.min(
    most.columns,
    shown.reduce((wide, { cells }) => Math.max(wide, cells.length), columns),
  );
  const cut = (cells: readonly string[]) => cells.slice(0, widest).map(shortened);
  return {
    head: cut(head.cells),
    rows: shown.map(({ line, cells }) => ({ line, cells: cut(cells) })),
    more,
    problems,
  };
}

const cellsText = (count: number) => (count === 1 ? "1 cell" : `${count} cells`);

const shortened = (cell: string) => (cell.length > most.letters ? `${cell.slice(0, most.letters)}…` : cell);

/** Row by row; lines without anything in them are no rows. */
function* rowsOf(
  text: string,
  separator: string,
  told: (line: number, message: string) => void,
): Generator<Row, undefined> {
  let line = 1;
  for (let at = 0; at < text.length;) {
    const begin = line;
    const cells: string[] = [];
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at, separator) : bareCell(text, at, separator);
      if (cell.problem) told(line, cell.problem);
      cells.push(cell.text);
      line += cell.lines;
      at = cell.end;
      if (text[at] !== separator) break;
      at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    line += 1;
    if (cells.length > 1 || cells[0] !== "") yield { line: begin, cells };
  }
  return undefined;
}

interface Cell {
  readonly text: string;
  /** Where the separator or the end of the line stands. */
  readonly end: number;
  /** Line ends within it. */
  readonly lines: number;
  readonly problem?: string;
}

function bareCell(text: string, from: number, separator: string): Cell {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== "\n" && !text.startsWith("\r\n", end))
    end += 1;
  return { text: text.slice(from, end), end, lines: 0 };
}

function quotedCell(text: string, from: number, separator: string): Cell {
  let end = from + 1;
  for (; ; end += 2) {
    end = text.indexOf('"', end);
    if (end < 0 || text[end + 1] !== '"') break;
  }
  const closed = end >= 0;
  const inside = text.slice(from + 1, closed ? end : text.length).replaceAll('""', '"');
  const lines = inside.split("\n").length - 1;
  if (!closed) return { text: inside, end: text.length, lines, problem: "A quote that is never closed" };
  const rest = bareCell(text, end + 1, separator);
  if (rest.text === "") return { text: inside, end: rest.end, lines };
  return { text: inside + rest.text, end: rest.end, lines, problem: "Text behind a closing quote" };
}
