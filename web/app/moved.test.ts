import { expect, test } from "vitest";
import { movedPage } from "./moved.ts";

const api = "http://localhost/api/v3";

test("a page follows its repository to the new name, with all that stands behind it", () => {
  const from = "/api/v3/_web/repos/alice/old/issues/7";
  const to = `${api}/_web/repos/crew/new/issues/7`;
  expect(movedPage("/alice/old/issues/7?x=1", from, to)).toBe("/crew/new/issues/7?x=1");
  expect(movedPage("/alice/old", from, to)).toBe("/crew/new");
  expect(movedPage("/alice/old?tab=1", from, to)).toBe("/crew/new?tab=1");
});

test("a page follows its owner", () => {
  expect(movedPage("/alice?tab=stars", "/api/v3/users/alice", `${api}/users/eve`)).toBe("/eve?tab=stars");
});

test("a page about something else stays where it is", () => {
  const to = `${api}/repos/alice/new`;
  expect(movedPage("/alice/older", "/api/v3/repos/alice/old", to)).toBeUndefined();
  expect(movedPage("/settings", "/api/v3/repos/alice/old", to)).toBeUndefined();
  expect(movedPage("/alice/new", "/api/v3/repos/alice/new", to)).toBeUndefined();
  expect(movedPage("/alice", "/api/v3/repositories/7", to)).toBeUndefined();
});
