import { describe, expect, test } from "vitest";
import { placeAsked, placeName, placeNamed, type CommentPlace } from "./places.ts";

describe("places of comments in the address", () => {
  test("a line, lines and a file come back as they were said, whatever the path is", () => {
    const places: CommentPlace[] = [
      { path: "a.ts", side: "new", line: 12 },
      { path: "a:b.ts:3:new", side: "old", line: 1 },
      { path: "dir/ü b", side: "new", line: 12, startLine: 9 },
      { path: "a.ts", line: undefined },
    ];
    for (const place of places) expect(placeNamed(placeName(place))).toEqual(place);
    expect(placeNamed("a.ts:12-9:new")).toEqual({ path: "a.ts", side: "new", line: 12, startLine: 9 });
  });

  test("what is no place is none", () => {
    for (const name of [undefined, "", "a.ts", "a.ts:12", "a.ts:x:new", ":1:new", "a.ts:1:both"])
      expect(placeNamed(name)).toBeUndefined();
  });

  test("fields say a place too, a file without a line", () => {
    const asked = (text: string) => placeAsked(new URLSearchParams(text));
    expect(asked("on=a.ts&line=3")).toEqual({ path: "a.ts", side: "new", line: 3 });
    expect(asked("on=a.ts&line=")).toEqual({ path: "a.ts", line: undefined });
    expect(asked("on=+&line=3")).toBeUndefined();
    expect(asked("comment=b.ts%3A1%3Aold&on=a.ts")).toEqual({ path: "b.ts", side: "old", line: 1 });
  });
});
