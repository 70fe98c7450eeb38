import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { diffTrees, patchText } from "./diffs.ts";
import { TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const text = (word: string) => Array.from({ length: 30 }, (_, n) => `${word} ${n}\n`).join("");

/** Takes contents away, so that whoever compares them again fails. */
function lose(...names: readonly string[]): void {
  for (const name of names) {
    const oid = repo.text(["rev-parse", name]).trim();
    rmSync(join(repo.dir, "objects", oid.slice(0, 2), oid.slice(2)));
  }
}

test("a rebased branch is not compared again where it changes the same contents, and is where it does not", async () => {
  const files = (changed: string, other: string, more: Record<string, string> = {}) => ({
    long: `${text("line")}${changed}`,
    moved: text("stays"),
    other,
    ...more,
  });
  const [base = "", head = "", newBase = "", newHead = ""] = repo.commits([
    { files: files("before\n", "one\n") },
    { parents: [":1"], files: files("after\n", "two\n") },
    { parents: [":1"], files: files("before\n", "three\n", { elsewhere: "x\n" }) },
    { parents: [":3"], files: files("after\n", "four\n", { elsewhere: "x\n" }) },
  ]);
  const first = await diffTrees(repo, base, head);
  lose(`${base}:long`, `${head}:long`);
  const again = await diffTrees(repo, newBase, newHead);
  expect(again).toMatchObject({ totalFiles: 2, additions: 2, deletions: 2, truncated: false });
  expect(again.files[0]?.hunks).toEqual(first.files[0]?.hunks);
  expect(patchText(again.files[1]?.hunks ?? [])).toBe("@@ -1 +1 @@\n-three\n+four");
  // Another question about the same contents is not answered by the former.
  await expect(diffTrees(repo, newBase, newHead, { context: 5 })).rejects.toThrow(/git diff-tree/);
});

test("what was only counted is read when it is shown", async () => {
  const [one = "", two = "", three = ""] = repo.commits([
    { files: { a: "1\n", b: "1\n", c: "1\n" } },
    { parents: [":1"], files: { a: "2\n", b: "2\n", c: "2\n" } },
    { parents: [":2"], files: { a: "2\n", b: "2\n", c: "2\n", d: "new\n" } },
  ]);
  const short = await diffTrees(repo, one, two, { maxFiles: 1 });
  expect(short.files.map(({ path, hunks }) => [path, hunks.length])).toEqual([["a", 1]]);
  expect(short).toMatchObject({ additions: 3, deletions: 3 });
  const whole = await diffTrees(repo, one, three);
  expect(whole.files.map(({ path, hunks }) => [path, hunks.length])).toEqual([
    ["a", 1],
    ["b", 1],
    ["c", 1],
    ["d", 1],
  ]);
});
