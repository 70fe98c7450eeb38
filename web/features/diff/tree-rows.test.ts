import { expect, test } from "vitest";
import { matchingRows, readingRows, treeRows, type ListedFile, type TreeRow } from "./tree-rows.ts";

const file = (path: string, group: ListedFile["group"] = "code"): ListedFile => ({
  path,
  old_path: null,
  status: "modified",
  new_oid: null,
  additions: 1,
  deletions: 0,
  group,
});

const drawn = (rows: readonly TreeRow[]) =>
  rows.map((row) => `${"  ".repeat(row.depth)}${row.label}${row.kind === "folder" ? "/" : ""}`);

const files = ["README.md", "src/a/deep/one.ts", "src/a/deep/two.ts", "src/b.ts"].map((path) => file(path));

test("folders that hold only a folder stand in one row with it, and files stay in their order", () => {
  expect(drawn(treeRows(files, new Set()))).toEqual([
    "README.md",
    "src/",
    "  a/deep/",
    "    one.ts",
    "    two.ts",
    "  b.ts",
  ]);
});

test("what is below a closed folder is not there", () => {
  expect(drawn(treeRows(files, new Set(["src/a/deep"])))).toEqual([
    "README.md",
    "src/",
    "  a/deep/",
    "  b.ts",
  ]);
});

test("a row knows the place of its file among all", () => {
  const places = treeRows(files, new Set(["src/a/deep"])).flatMap((row) =>
    row.kind === "file" ? [row.index] : [],
  );
  expect(places).toEqual([0, 3]);
});

test("in the order of reading each kind has one heading", () => {
  const ordered = [file("README.md", "docs"), file("src/a.ts"), file("src/b.ts"), file("a.test.ts", "tests")];
  expect(drawn(readingRows(ordered, new Set()))).toEqual([
    "Documentation",
    "README.md",
    "Implementation",
    "src/a.ts",
    "src/b.ts",
    "Tests",
    "a.test.ts",
  ]);
});

test("words find paths that hold all of them", () => {
  expect(drawn(matchingRows(files, "deep ONE"))).toEqual(["src/a/deep/one.ts"]);
});
