import fc from "fast-check";
import { expect, test } from "vitest";
import { apiFilter, listHref, parseQuery, writeQuery } from "./query.ts";

test("terms are read in any order and case, the rest is text", () => {
  expect(
    parseQuery('moon Is:open LABEL:"good first issue" label:bug -sun author:bob sort:updated-desc'),
  ).toEqual({
    state: "open",
    labels: ["good first issue", "bug"],
    author: "bob",
    sort: "updated-desc",
    text: "moon -sun",
  });
  expect(parseQuery("no:assignee no:milestone is:closed")).toMatchObject({
    assignee: "none",
    milestone: "none",
    state: "closed",
  });
});

test("nothing that is typed is an error", () => {
  expect(parseQuery('is:purple label:"unclosed').labels).toEqual(["unclosed"]);
  expect(parseQuery("is:purple").text).toBe("is:purple");
  fc.assert(
    fc.property(fc.string(), (words) => {
      const once = writeQuery(parseQuery(words));
      expect(writeQuery(parseQuery(once))).toBe(once);
    }),
    { numRuns: 50 },
  );
});

test("the plain list has a plain address", () => {
  expect(listHref("/a/b/issues", parseQuery("is:open"))).toBe("/a/b/issues");
  expect(listHref("/a/b/issues", parseQuery("is:open label:bug"))).toBe(
    "/a/b/issues?q=is%3Aopen+label%3Abug",
  );
});

test("the API is asked for what the words say", () => {
  expect(apiFilter(parseQuery("is:closed label:a label:b sort:comments-desc x"))).toMatchObject({
    state: "closed",
    labels: "a,b",
    sort: "comments",
    direction: "desc",
    text: "x",
  });
});
