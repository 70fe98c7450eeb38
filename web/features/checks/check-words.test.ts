import { expect, test } from "vitest";
import { timeTaken } from "./check-words.ts";

test("what a check took is said in two units at most, and not at all where the clocks disagree", () => {
  const after = (seconds: number) =>
    timeTaken("2026-01-01T00:00:00Z", new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString());
  expect([1, 59, 60, 61, 3600, 3660, 90_061].map(after)).toEqual([
    "1 s",
    "59 s",
    "1 min",
    "1 min 1 s",
    "1 h",
    "1 h 1 min",
    "25 h 1 min",
  ]);
  expect(timeTaken("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z")).toBeUndefined();
  expect(after(0)).toBeUndefined();
  expect(timeTaken(null, "2026-01-01T00:00:00Z")).toBeUndefined();
});
