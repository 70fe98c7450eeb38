import fc from "fast-check";
import { expect, test } from "vitest";
import { readTable, separatorOf } from "./delimited.ts";

const cells = (text: string, separator = ",") => {
  const table = readTable(text, separator);
  return table && [table.head, ...table.rows.map((row) => row.cells)];
};

test("what was written by the rules is read as it was, whatever stands in the cells", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "\n", "\r\n", " ", ";"), maxLength: 6 });
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    );
  const write = (rows: string[][], end: string) =>
    rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",")).join(end);
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, end) => {
      const text = write(rows, end);
      expect(cells(text)).toEqual(rows);
      expect(cells(text + end)).toEqual(rows);
      expect(readTable(text, ",")?.problems).toEqual([]);
    }),
  );
});

test("rows know the line they begin on, also behind cells of several lines", () => {
  const table = readTable('a,b\n"x\ny",1\n\n2,3\n', ",");
  expect(table?.rows.map(({ line }) => line)).toEqual([2, 5]);
});

test("what is malformed is shown as far as it goes and told with its line", () => {
  expect(readTable('a,b\n1\n1,2,3\n"x"y,z\n"open,\nend', ",")).toEqual({
    head: ["a", "b"],
    rows: [
      { line: 2, cells: ["1"] },
      { line: 3, cells: ["1", "2", "3"] },
      { line: 4, cells: ["xy", "z"] },
      { line: 5, cells: ["open,\nend"] },
    ],
    more: false,
    problems: [
      { line: 2, message: "1 cell where the first row has 2" },
      { line: 3, message: "3 cells where the first row has 2" },
      { line: 4, message: "Text behind a closing quote" },
      { line: 5, message: "A quote that is never closed" },
      { line: 5, message: "1 cell where the first row has 2" },
    ],
  });
});

test("a page never holds more than it can draw, whatever the file is", () => {
  const long = readTable("a,b\n".repeat(5000), ",");
  expect([long?.rows.length, long?.more]).toEqual([1000, true]);
  const wide = readTable(`${"x,".repeat(3000)}x\n`.repeat(500), ",");
  expect([wide?.head.length, wide?.rows.length, wide?.more]).toEqual([100, 200, true]);
  expect(readTable(`a\n${"y".repeat(100_000)}`, ",")?.rows[0]?.cells[0]).toHaveLength(501);
  expect(readTable(`a\n${"1,2\n".repeat(900)}`, ",")?.problems).toHaveLength(20);
  expect(readTable("", ",")).toBeNull();
  // A megabyte of cells in one line: the time grows with the text, not with its square.
  expect(readTable(",".repeat(1_000_000), ",")?.head).toHaveLength(100);
});

test("the separator is the one that the first line uses", () => {
  expect(separatorOf("a.csv", 'name;"a,b,c,d";size\n')).toBe(";");
  expect(separatorOf("a.CSV", "name\n")).toBe(",");
  expect(separatorOf("a.tsv", "a,b\n")).toBe("\t");
  expect(separatorOf("a.txt", "a,b\n")).toBeNull();
});
