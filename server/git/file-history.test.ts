import { afterAll, describe, expect, test } from "vitest";
import { fileHistory, type FilePlace } from "./file-history.ts";
import { ann, bob, TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const text = (lines: number) => Array.from({ length: lines }, (_, index) => `line ${index}\n`).join("");

describe("the history of a file under all its names", () => {
  const made = repo.commits([
    { files: { "first name": text(30), other: "x" }, message: "made", author: bob },
    { parents: [":1"], files: { "first name": text(31), other: "x" }, message: "longer" },
    { parents: [":2"], files: { "dir/second": text(31), other: "x" }, message: "moved", author: bob },
    { parents: [":3"], files: { "dir/second": text(32), other: "y" }, message: "longer again" },
    {
      parents: [":4"],
      files: { 'third "n"': text(33), "first name": "somebody else", other: "y" },
      message: "moved again",
    },
    {
      parents: [":5"],
      files: { 'third "n"': text(34), "first name": "somebody else", other: "z" },
      message: "last",
    },
  ]);
  const tip = made[5] ?? "";
  const start = { from: tip, path: 'third "n"', skip: 0 };
  const read = async (place: FilePlace, limit: number, filter = {}) => {
    const { entries, next } = await fileHistory(repo, place, { limit, filter });
    return { next, seen: entries.map((one) => [one.commit.subject, one.path, one.renamedFrom]) };
  };
  const all = [
    ["last", 'third "n"', null],
    ["moved again", 'third "n"', "dir/second"],
    ["longer again", "dir/second", null],
    ["moved", "dir/second", "first name"],
    ["longer", "first name", null],
    ["made", "first name", null],
  ];

  test("goes on under each earlier name, as git log --follow does, and says where the name changed", async () => {
    expect(await read(start, 30)).toEqual({ next: null, seen: all });
    const followed = repo.text(["log", "--follow", "--format=%s", tip, "--", 'third "n"']).split("\n");
    expect(all.map(([subject]) => subject)).toEqual(followed);
  });

  test.each([1, 2, 3, 4, 5])(
    "pages of %i together are the whole, without gap or repetition",
    async (limit) => {
      const seen: unknown[] = [];
      for (let place: FilePlace | null = start; place;) {
        const page: Awaited<ReturnType<typeof read>> = await read(place, limit);
        expect(page.seen.length).toBeLessThanOrEqual(limit);
        seen.push(...page.seen);
        place = page.next;
      }
      expect(seen).toEqual(all);
    },
  );

  test("a filter by author goes through renames that somebody else made", async () => {
    const { seen } = await read(start, 30, { authors: [ann.email] });
    expect(seen.map(([subject]) => subject)).toEqual(["last", "moved again", "longer again", "longer"]);
    const theirs = await read(start, 30, { authors: [bob.email] });
    expect(theirs.seen.map(([subject]) => subject)).toEqual(["moved", "made"]);
  });

  test("a name that was given to a new file is not mixed with the file that had it before", async () => {
    const back = await read({ from: tip, path: "other", skip: 0 }, 30);
    expect(back.seen.map(([subject]) => subject)).toEqual(["last", "longer again", "made"]);
    const [again = ""] = repo.commits([
      { parents: [tip], files: { "first name": text(34), other: "z" }, message: "back to the first name" },
    ]);
    const { seen } = await read({ from: again, path: "first name", skip: 0 }, 30);
    expect(seen[0]).toEqual(["back to the first name", "first name", null]);
  });

  test("names that look like patterns or options are names", async () => {
    const [odd = ""] = repo.commits([{ files: { "*": "a", ":(glob)x": "b", "--all": "c" }, message: "odd" }]);
    for (const path of ["*", ":(glob)x", "--all"])
      expect((await read({ from: odd, path, skip: 0 }, 5)).seen).toEqual([["odd", path, null]]);
  });
});
