import { expect, test } from "vitest";
import { listHref, withLabel } from "./line.ts";
import { labelledHref, lineOf, usual } from "./usual.ts";

test("the plain list has a plain address, and any other query stands in it", () => {
  expect(lineOf(new URLSearchParams())).toBe("is:open");
  expect(lineOf(new URLSearchParams("q="))).toBe("");
  expect(listHref("/a/b/issues", "is:open")).toBe("/a/b/issues");
  expect(listHref("/a/b/issues", 'is:open label:"x y"')).toBe("/a/b/issues?q=is%3Aopen+label%3A%22x+y%22");
  expect(listHref("/a/b/issues", "")).toBe("/a/b/issues?q=");
});

test("a label that is demanded already is not demanded twice", () => {
  expect(withLabel("is:open label:bug", "bug")).toBe("is:open label:bug");
  expect(withLabel("is:open crash", "x y")).toBe('is:open label:"x y" crash');
});

test("a label leads to the list that the menus would write", () => {
  for (const label of ["bug", "good first issue", 'a "quoted" one', "a,b", "ü&?#"])
    expect(labelledHref("/a/b/pulls", label)).toBe(listHref("/a/b/pulls", withLabel(usual, label)));
});
