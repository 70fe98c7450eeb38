import { expect, test } from "vitest";
import { findIn, firstFrom, patternOf, type SearchedLine } from "./found.ts";

const line = (file: number, number: number, text: string): SearchedLine => ({
  place: { path: `f${file}`, side: "new", line: number },
  file,
  id: `d${file + 1}R${number}`,
  text,
});

const lines = [line(0, 1, "let A = a(*b);"), line(0, 2, "nothing"), line(2, 9, "İstanbul A")];

test("words are found in every line, whatever their case, and signs mean themselves", () => {
  const at = (words: string) => findIn(lines, patternOf(words)).map(({ line: { id }, from }) => [id, from]);
  expect(at("a")).toEqual([
    ["d1R1", 4],
    ["d1R1", 8],
    ["d3R9", 3],
    ["d3R9", 9],
  ]);
  expect(at("(*B)")).toEqual([["d1R1", 9]]);
  expect(at(".*")).toEqual([]);
  expect(at("")).toEqual([]);
});

test("no more are looked for than are counted, and the reader begins where they are", () => {
  expect(findIn(lines, patternOf("a"), 2)).toHaveLength(3);
  const found = findIn(lines, patternOf("a"));
  expect([firstFrom(found, 0), firstFrom(found, 1), firstFrom(found, 3)]).toEqual([0, 2, 0]);
});
