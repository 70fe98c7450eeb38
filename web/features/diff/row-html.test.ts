import { expect, test } from "vitest";
import type { DiffLine, DiffRow } from "./lines.ts";
import { rowsHtml } from "./row-html.ts";

const line = (number: number): DiffLine => ({
  kind: "added",
  old: null,
  new: number,
  html: `word ${number}`,
});
const rows: readonly DiffRow[] = [1, 2, 3].map((number) => ({ left: undefined, right: line(number) }));
const at =
  (address: string) =>
  (_side: "old" | "new", number: number): string =>
    `?${address}=${number}`;

test("rows drawn again are the same text, and another text wherever anything about them is other", () => {
  const plain = { anchor: "d1", split: false, commentHref: undefined };
  const first = rowsHtml(rows, plain);
  expect(first).toContain("word 3");
  expect(rowsHtml(rows, { ...plain })).toBe(first);
  const others = [
    rowsHtml(rows.slice(0, 2), plain),
    rowsHtml(rows, { ...plain, anchor: "d2" }),
    rowsHtml(rows, { ...plain, split: true }),
    rowsHtml(rows, { ...plain, commentHref: at("comment") }),
    rowsHtml(rows, { ...plain, commentHref: at("w=1&comment") }),
  ];
  expect(others[0]).not.toContain("word 3");
  expect(others[1]).toContain('id="d2R1"');
  expect(others[2]).toContain('class="ds"');
  expect(others[3]).toContain("?comment=2");
  expect(others[4]).toContain("?w=1&amp;comment=2");
  expect(rowsHtml(rows, plain)).toBe(first);
});
