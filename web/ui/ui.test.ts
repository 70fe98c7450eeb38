import { describe, expect, test } from "vitest";
import { short } from "./badge.tsx";
import { identicon } from "./identicon.ts";
import { writeKeys } from "./keyboard/parse-keys.ts";
import { pageHref } from "./pagination.tsx";
import { matchScore } from "./palette/match.ts";
import { relativeTime } from "./relative-time.tsx";

test.each([
  [999, "999"],
  [1000, "1k"],
  [1234, "1.2k"],
  [99_950, "100k"],
  [999_950, "1M"],
  [12_345_678, "12.3M"],
])("%i is written %s", (count, text) => {
  expect(short(count)).toBe(text);
});

test.each([
  [-20, "just now"],
  [-90, "1 minute ago"],
  [-3 * 3600, "3 hours ago"],
  [-30 * 3600, "yesterday"],
  [-9 * 86_400, "last week"],
  [-400 * 86_400, "last year"],
  [2 * 86_400 + 5, "in 2 days"],
])("%i seconds from now is %s", (seconds, text) => {
  expect(relativeTime(1e12 + seconds * 1000, 1e12)).toBe(text);
});

test("a name always has the same face, in any case, and another name another one", () => {
  expect(identicon("Alice")).toEqual(identicon("alice"));
  expect(identicon("alice")).not.toEqual(identicon("alicf"));
  const faces = new Set(Array.from({ length: 500 }, (_, index) => JSON.stringify(identicon(`user${index}`))));
  expect(faces.size).toBeGreaterThan(495);
});

test("shortcuts are written as the keyboard at hand has them", () => {
  expect(writeKeys("mod+k", false)).toEqual([["Ctrl", "K"]]);
  expect(writeKeys("mod+k", true)).toEqual([["⌘", "K"]]);
  expect(writeKeys("g i", false)).toEqual([["G"], ["I"]]);
});

test("the next page keeps the filters and takes only the cursor", () => {
  const search = new URLSearchParams("state=closed&cursor=old&page=3");
  expect(pageHref("?cursor=new&per_page=100", search)).toBe("?state=closed&cursor=new");
  expect(pageHref(undefined, search)).toBeUndefined();
});

describe("what is typed in the palette", () => {
  const order = (typed: string, ...titles: string[]) =>
    titles
      .map((title) => ({ title, score: matchScore(typed, title) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .map(({ title }) => title);

  test("finds words in any order, the beginning first", () => {
    expect(order("iss new", "News", "New issue", "Issues")).toEqual(["New issue"]);
    expect(order("is", "This list", "Issues", "Go to issues")).toEqual([
      "Issues",
      "Go to issues",
      "This list",
    ]);
  });

  test("finds letters in order when nothing else does", () => {
    expect(order("plrq", "Pull requests", "Packages")).toEqual(["Pull requests"]);
  });

  test("does not mind accents", () => {
    expect(order("zoe", "Zoë")).toEqual(["Zoë"]);
  });
});
