/** What a CODEOWNERS file says, line by line. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matcherOf, parseOwners, TooMuchToMatch } from "./parse.ts";
import { covers, readPattern } from "./patterns.ts";

const matches = (pattern: string, path: string): boolean => {
  const read = readPattern(pattern);
  if ("why" in read) throw new Error(read.why);
  return covers(read, path.split("/"));
};

test.each([
  ["*", "a/b/c", true],
  ["*.js", "deep/down/x.js", true],
  ["*.js", "x.jsx", false],
  ["*.js", "lib.js/readme", true],
  ["/build/logs/", "build/logs/a/b.txt", true],
  ["/build/logs/", "x/build/logs/a", false],
  ["/build/logs/", "build/logs", false],
  ["docs/*", "docs/begin.md", true],
  ["docs/*", "docs/more/deep.md", false],
  ["/*", "top.md", true],
  ["/*", "docs/deep.md", false],
  ["docs/**", "docs/more/deep.md", true],
  ["docs/**", "docs", false],
  ["apps/", "x/apps/y/z", true],
  ["apps/", "apps", false],
  ["apps", "x/apps", true],
  ["apps", "x/apps/y", true],
  ["/apps/web", "apps/web/x.ts", true],
  ["/apps/web", "apps/website", false],
  ["**/logs", "build/logs/x", true],
  ["**/logs", "logs", true],
  ["a/**/z", "a/z", true],
  ["a/**/z", "a/b/c/z/q", true],
  ["a/**/z", "b/a/z", false],
  ["a?c", "abc", true],
  ["a?c", "a/c", false],
  ["src/*.ts", "src/deep/x.ts", false],
  ["src/*/x.ts", "src/deep/x.ts", true],
  ["with\\ blank/", "with blank/x", true],
  ["\\*star", "*star", true],
  ["\\*star", "xstar", false],
  ["A.md", "a.md", false],
  [".github/", ".github/workflows/ci.yml", true],
])("%s covers %s: %s", (pattern, path, expected) => {
  expect(matches(pattern, path)).toBe(expected);
});

describe("a file", () => {
  const ownersIn = (text: string, path: string) => matcherOf(parseOwners(text).rules)(path)?.owners ?? [];

  test("gives each path to the last line that covers it, also to a line that names nobody", () => {
    const text =
      "* @all\n*.ts @types # remark\n\n# nothing\n/generated/\ndocs/ @acme/writers doc@example.test\n";
    expect(ownersIn(text, "README.md")).toEqual(["@all"]);
    expect(ownersIn(text, "src/x.ts")).toEqual(["@types"]);
    expect(ownersIn(text, "generated/x.ts")).toEqual([]);
    expect(ownersIn(text, "docs/x.ts")).toEqual(["@acme/writers", "doc@example.test"]);
  });

  test("loses the lines that cannot be understood, and says where and why", () => {
    const text = "!no @a\n*.[ch] @a\n***/x @a\n\\#x @a\na//b @a\nok bob\n  fine @a\r\n";
    const { rules, errors } = parseOwners(text);
    expect(rules.map((rule) => [rule.line, rule.owners])).toEqual([[7, ["@a"]]]);
    expect(errors.map(({ line, column, kind, suggestion }) => [line, column, kind, suggestion])).toEqual([
      [1, 1, "Invalid pattern", "no"],
      [2, 1, "Invalid pattern", null],
      [3, 1, "Invalid pattern", "**/x"],
      [4, 1, "Invalid pattern", null],
      [5, 1, "Invalid pattern", null],
      [6, 4, "Invalid owner", "@bob"],
    ]);
  });

  test("built to take forever is given up", () => {
    const rules = parseOwners("?*?*?*x @a\n".repeat(20_000)).rules;
    const match = matcherOf(rules);
    expect(() => {
      for (let file = 0; file < 1000; file += 1) match(`some/folder/of/many/file-${file}`);
    }).toThrow(TooMuchToMatch);
  });
});

/** The same rules said once more, slowly: every pattern as a regular expression, every line tried. */
function reference(text: string, path: string): readonly string[] {
  let owners: readonly string[] = [];
  for (const line of text.split("\n")) {
    const [pattern, ...names] = line.split(" ");
    if (pattern && expressionOf(pattern).test(path)) owners = names;
  }
  return owners;
}

function expressionOf(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, "").includes("/");
  const body = pattern.replace(/^\//, "").replace(/\/$/, "");
  let out = anchored ? "^" : "^(?:.*/)?";
  const parts = body.split("/");
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part === "**") out += last ? ".+" : "(?:.*/)?";
    else
      out += part.replace(/[.]/g, "\\.").replace(/\*+/g, "[^/]*").replace(/\?/g, "[^/]") + (last ? "" : "/");
  }
  const end = pattern.endsWith("/") ? "/.*$" : anchored && parts.at(-1) === "*" ? "$" : "(?:/.*)?$";
  return new RegExp(out + end);
}

test("what a file says equals a reading of every line by regular expressions", () => {
  const name = fc.stringMatching(/^[ab]{1,2}(?:\.[xy])?$/);
  const part = fc.oneof(name, fc.constantFrom("*", "**", "*.x", "a*", "?", "a?b", "*b*"));
  const pattern = fc
    .tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([root, parts, folder]) => `${root ? "/" : ""}${parts.join("/")}${folder ? "/" : ""}`);
  const line = fc
    .tuple(pattern, fc.subarray(["@a", "@b", "@o/t", "e@x.y"]))
    .map(([text, names]) => [text, ...names].join(" "));
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      fc.array(path, { minLength: 1, maxLength: 6 }),
      (lines, paths) => {
        const text = lines.join("\n");
        const match = matcherOf(parseOwners(text).rules);
        for (const one of paths)
          expect(match(one)?.owners ?? [], `${text}\n${one}`).toEqual(reference(text, one));
      },
    ),
    { numRuns: 2000 },
  );
});

test("any text at all is read without failing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (text, path) => {
      const { rules, errors } = parseOwners(text);
      matcherOf(rules)(path);
      expect(rules.length + errors.length).toBeLessThanOrEqual(text.split("\n").length);
    }),
  );
});
