import fc from "fast-check";
import { expect, test } from "vitest";
import { lineEndsOf, plainLines, withLineEndsOf } from "./line-ends.ts";

const text = fc
  .array(fc.tuple(fc.constantFrom("", "a", "b", "c"), fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 12 })
  .chain((lines) =>
    fc.constantFrom("", "end").map((last) => lines.map(([line, end]) => line + end).join("") + last),
  );

test("a text that went through a form unchanged is the same bytes again", () => {
  fc.assert(fc.property(text, (before) => withLineEndsOf(before, plainLines(before)) === before));
});

test("what was typed is what is written, but for the line ends", () => {
  fc.assert(
    fc.property(
      text,
      text,
      (before, typed) => plainLines(withLineEndsOf(before, typed)) === plainLines(typed),
    ),
  );
});

test("a new line in a file with several kinds of ends takes the most frequent one, the others keep theirs", () => {
  const before = "one\r\ntwo\nthree\r\nfour\r\n";
  expect(withLineEndsOf(before, "one\nnew\ntwo\nfour\n")).toBe("one\r\nnew\r\ntwo\nfour\r\n");
  expect(lineEndsOf(before)).toBe("mixed");
});

test("a file without line ends gets those of Unix, a file of Windows keeps its own", () => {
  expect(withLineEndsOf("one", "one\ntwo\n")).toBe("one\ntwo\n");
  expect(withLineEndsOf("one\r\ntwo", "one\nnew\ntwo")).toBe("one\r\nnew\r\ntwo");
  expect([lineEndsOf("one"), lineEndsOf("a\r\n"), lineEndsOf("a\rb")]).toEqual(["lf", "crlf", "mixed"]);
});
