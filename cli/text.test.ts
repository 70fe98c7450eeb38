import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns, jsonText, oneLine, printable, table } from "./text.ts";

// oxlint-disable-next-line no-control-regex -- these are what it is about
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const any = fc.string({ unit: "binary", maxLength: 60 });

describe("text on a terminal", () => {
  it("holds nothing that a terminal obeys, and everything else as it was", () => {
    fc.assert(
      fc.property(any, (text) => {
        expect(printable(text)).not.toMatch(obeyed);
        expect(oneLine(text)).not.toMatch(/[\n\t]/);
        if (!obeyed.test(text)) expect(printable(text)).toBe(text);
      }),
    );
  });

  it("is the same after a way through JSON, which is printable too", () => {
    fc.assert(
      fc.property(fc.dictionary(any, any), fc.constantFrom(0, 2), (value, indent) => {
        const written = jsonText(value, indent);
        expect(written).not.toMatch(obeyed);
        expect(JSON.parse(written)).toEqual(value);
      }),
    );
  });

  it("stands in columns, however wide its characters are", () => {
    const [first = "", second = ""] = table([
      ["日食", "x"],
      ["ab", "y"],
    ]).split("\n");
    expect([first, second]).toEqual(["日食  x", "ab    y"]);
    expect([columns("日食"), columns("🌘"), columns("é")]).toEqual([4, 2, 1]);
  });
});
