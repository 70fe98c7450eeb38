import { expect, test } from "vitest";
import { gapsOf, linesIn, type DiffHunk } from "./lines.ts";

/** A hunk as `@@ -old,… +new,… @@` would begin it, with a sign for each line. */
const hunk = (old_start: number, new_start: number, kinds: string): DiffHunk => ({
  old_start,
  old_lines: [...kinds].filter((sign) => sign !== "+").length,
  new_start,
  new_lines: [...kinds].filter((sign) => sign !== "-").length,
  heading: "",
  lines: [...kinds].map((sign, index) => `${sign}line ${index}`),
});

test("lines have the numbers of their sides, and the last of a side may have no newline", () => {
  expect(linesIn({ ...hunk(7, 9, " -+ "), no_newline: [3] })).toEqual([
    { kind: "context", old: 7, new: 9, html: "line 0" },
    { kind: "deleted", old: 8, new: null, html: "line 1" },
    { kind: "added", old: null, new: 10, html: "line 2" },
    { kind: "context", old: 9, new: 11, html: "line 3", no_newline: true },
  ]);
  expect(linesIn({ ...hunk(0, 1, "++"), old_lines: 0 }).map((one) => one.new)).toEqual([1, 2]);
});

test("what stands before, between and after hunks is hidden, with its numbers on both sides", () => {
  const hunks = [hunk(8, 8, "   ++   "), hunk(31, 33, "   -   ")];
  expect(gapsOf({ hunks })).toEqual([
    { from: 1, to: 7, shift: 0 },
    { from: 16, to: 32, shift: -2 },
    { from: 39, to: undefined, shift: -1 },
  ]);
});

test("nothing is hidden before the first line, nor after a change in the last ones", () => {
  const [before, after] = gapsOf({ hunks: [hunk(1, 1, "-+   ++")] });
  expect(before).toEqual({ from: 1, to: 0, shift: 0 });
  expect(after).toEqual({ from: 7, to: 6, shift: -2 });
});

test("fewer unchanged lines than usual at the end are the end of the file", () => {
  const after = gapsOf({ hunks: [hunk(1, 1, "+  ")] }).at(-1);
  expect(after).toEqual({ from: 4, to: 3, shift: -1 });
});

test("a new file and a deleted one hide nothing", () => {
  const hides = (one: DiffHunk) =>
    gapsOf({ hunks: [one] }).map(({ from, to }) => (to ?? Infinity) - from + 1);
  expect(hides({ ...hunk(0, 1, "+++++"), old_lines: 0 })).toEqual([0, 0]);
  expect(hides({ ...hunk(1, 0, "-----"), new_lines: 0 })).toEqual([0, 0]);
});

test("a hunk without lines on one side, as without context, is counted from the line before it", () => {
  const added = gapsOf({ hunks: [hunk(10, 11, "++"), hunk(20, 23, "-+")] });
  expect(added.slice(0, 2)).toEqual([
    { from: 1, to: 10, shift: 0 },
    { from: 13, to: 22, shift: -2 },
  ]);
  const deleted = gapsOf({ hunks: [hunk(11, 10, "--"), hunk(23, 21, "-+")] });
  expect(deleted.slice(0, 2)).toEqual([
    { from: 1, to: 10, shift: 0 },
    { from: 11, to: 20, shift: 2 },
  ]);
});
