import { expect, test } from "vitest";
import { shownLine } from "./shown-line.ts";

test("a line too long to be drawn is cut between characters, and says that it goes on", () => {
  expect(shownLine("")).toBe("\n");
  expect(shownLine("a &lt; b")).toBe("a &lt; b");
  const escaped = "&amp;".repeat(30_000);
  expect(shownLine(`x${escaped}`)).toMatch(/^x(?:&amp;){19999}<span class="cut"> … [^<]+<\/span>$/);
  const coloured = `<span class="k">${"x".repeat(200_000)}</span>`;
  expect(shownLine(coloured)).toBe(coloured);
});
