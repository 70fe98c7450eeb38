import fc from "fast-check";
import { expect, test } from "vitest";
import { bySpecificity, matchesPattern } from "./patterns.ts";

test.each([
  ["main", "main", true],
  ["main", "main2", false],
  ["release/*", "release/1.0", true],
  ["release/*", "release/1.0/fix", false],
  ["release/**", "release/1.0/fix", true],
  ["*", "main", true],
  ["*", "a/b", false],
  ["**", "a/b/c", true],
  ["v*.x", "v1.2.x", true],
  ["*/fix", "a/fix", true],
  ["*/fix", "fix", false],
  ["a+(b)", "a+(b)", true],
  ["a.c", "abc", false],
])("%s covers %s: %s", (pattern, name, covered) => {
  expect(matchesPattern(pattern, name)).toBe(covered);
});

test("a pattern covers what the regular expression of the same meaning covers", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "*", "."), maxLength: 9 });
  fc.assert(
    fc.property(text, text, (pattern, name) => {
      const source = pattern.replaceAll(/\*\*+|\*|[./]/g, (found) =>
        found === "*" ? "[^/]*" : found.startsWith("**") ? "[^]*" : `\\${found}`,
      );
      expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${source}$`).test(name));
    }),
    { numRuns: 500 },
  );
});

test("many stars cost no more than their number times the name", () => {
  expect(matchesPattern("**a".repeat(80), `${"a".repeat(900)}b`)).toBe(false);
});

test("the most specific pattern comes first, whatever order the rules were made in", () => {
  const order = ["release/1.0", "release/1.*", "release/*", "*", "release/**", "**"];
  fc.assert(
    fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (shuffled) => {
      expect(shuffled.toSorted(bySpecificity)).toEqual(order);
    }),
    { numRuns: 50 },
  );
});
