import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeRange, rangeOf } from "./range.ts";

const tag = '"abc"';
const ask = (range: string, more: Record<string, string> = {}, method = "GET") =>
  ({ method, headers: new Headers({ range, ...more }) }) as const;

describe("a range of bytes", () => {
  it.each([
    ["bytes=0-0", 10, { offset: 0, length: 1 }],
    ["bytes=3-", 10, { offset: 3, length: 7 }],
    ["bytes=3-100", 10, { offset: 3, length: 7 }],
    ["bytes=-4", 10, { offset: 6, length: 4 }],
    ["bytes=-40", 10, { offset: 0, length: 10 }],
    ["bytes=10-", 10, "unsatisfiable"],
    ["bytes=-0", 10, "unsatisfiable"],
    ["bytes=0-", 0, "unsatisfiable"],
    ["bytes=-5", 0, "unsatisfiable"],
    ["bytes=5-3", 10, null],
    ["bytes=0-1,3-4", 10, null],
    ["bytes=-", 10, null],
    ["items=0-1", 10, null],
    ["bytes=1e3-", 10_000, null],
  ])("%s of %i bytes", (range, size, expected) => {
    expect(rangeOf(ask(range), size, tag)).toEqual(expected);
  });

  it("is only given of the version that the client has, and only to a GET", () => {
    expect(rangeOf(ask("bytes=1-", { "if-range": tag }), 10, tag)).toEqual({ offset: 1, length: 9 });
    for (const other of ['"other"', `W/${tag}`, "Wed, 21 Oct 2015 07:28:00 GMT"])
      expect(rangeOf(ask("bytes=1-", { "if-range": other }), 10, tag)).toBeNull();
    expect(rangeOf(ask("bytes=1-", {}, "HEAD"), 10, tag)).toBeNull();
  });

  it("lies within the content, whatever is asked, and the headers say the same", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (size, from, to) => {
        const range = rangeOf(ask(`bytes=${from ?? ""}-${to ?? ""}`), size, tag);
        const headers = new Headers();
        const status = describeRange(headers, range, size);
        if (range === null || range === "unsatisfiable") {
          expect(status).toBe(range === null ? 200 : 416);
          return;
        }
        expect(range.offset >= 0 && range.length > 0 && range.offset + range.length <= size).toBe(true);
        expect(status).toBe(206);
        expect(headers.get("content-length")).toBe(String(range.length));
      }),
    );
  });
});
