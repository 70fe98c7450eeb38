import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findReferences, referenceOfUrl, referencesInText } from "./references.ts";

const keys = (text: string, here?: string) => referencesInText(text, here).map((reference) => reference.key);
const closed = (text: string) =>
  referencesInText(text)
    .filter((reference) => reference.kind === "issue" && reference.closes)
    .map((reference) => reference.key);

describe("references in text", () => {
  test.each([
    ["see #12.", ["#12"]],
    ["(#12), #13/#14", ["#12", "#13"]],
    ["acme/my.repo#3", ["acme/my.repo#3"]],
    ["Acme/Repo#3 and acme/repo#3", ["acme/repo#3"]],
    ["@Alice, @bob-by: thanks", ["@alice", "@bob-by"]],
    ["@alice_ said", ["@alice"]],
    ["@acme/core look", ["@acme/core"]],
    ["mail me@example.com", []],
    [
      "abcdef1 and 0123456789abcdef0123456789abcdef01234567",
      ["abcdef1", "0123456789abcdef0123456789abcdef01234567"],
    ],
    ["acme/repo@abcdef1", ["acme/repo@abcdef1"]],
    ["abcdef", []],
    ["abcdefg1", []],
    ["a#12 x#0 #01 #12abc #99999999999", []],
    ["#2147483648", []],
    ["path/to/abcdef1", []],
  ])("%j names %j", (text, expected) => {
    expect(keys(text)).toEqual(expected);
  });

  test("to the repository in which they stand have one key, written with or without its name", () => {
    expect(keys("#1 acme/Repo#1 acme/repo@abcdef1 abcdef1", "acme/repo")).toEqual(["#1", "abcdef1"]);
  });

  test.each(["close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"])(
    "close behind the keyword %s, in any case, with or without a colon",
    (keyword) => {
      expect(closed(`${keyword} #1`)).toEqual(["#1"]);
      expect(closed(`It ${keyword.toUpperCase()}: acme/repo#2`)).toEqual(["acme/repo#2"]);
    },
  );

  test.each([
    "unfix #1",
    "prefixes #1",
    "fixing #1",
    "fix#1",
    "fix the bug #1",
    "closes, #1",
    "#1 fixes",
    "not-closed-by #1",
  ])("do not close in %j", (text) => {
    expect(closed(text)).toEqual([]);
  });

  test("close only the one that stands right behind the keyword", () => {
    expect(closed("Fixes #1, #2 and closes #3. See #1.")).toEqual(["#1", "#3"]);
  });

  test("are found at the place where they stand, and nowhere twice", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("#1", "@a", "a/b#2", "abcdef1", " ", "/", "-", "x", "\n", "@")),
        (parts) => {
          const text = parts.join("");
          let last = 0;
          for (const { start, end, reference } of findReferences(text)) {
            expect(start).toBeGreaterThanOrEqual(last);
            const written = text.slice(start, end).toLowerCase();
            expect(written).toContain(reference.key);
            last = end;
          }
        },
      ),
    );
  });
});

describe("an address of the forge", () => {
  const forge = "https://forge.test";
  test.each([
    ["/acme/repo/issues/4", "acme/repo#4", ""],
    ["/acme/repo/pull/4#discussion-1", "acme/repo#4", "#discussion-1"],
    ["/acme/repo/pull/4/files", "acme/repo#4", "/files"],
    ["/acme/repo/commit/abcdef1", "acme/repo@abcdef1", ""],
  ])("%s is %s", (path, key, rest) => {
    expect(referenceOfUrl(forge + path, forge)).toMatchObject({ reference: { key }, rest });
  });

  test.each([
    "https://forge.test.evil/acme/repo/issues/4",
    "https://forge.test/acme/issues/4",
    "https://forge.test/a/b/issues/4x",
  ])("is not %s", (url) => {
    expect(referenceOfUrl(url, forge)).toBeNull();
  });
});
