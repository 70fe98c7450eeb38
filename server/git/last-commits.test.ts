import { rmSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { lastCommits } from "./last-commits.ts";
import { displayPath } from "./paths.ts";
import { GitError, shortSlots } from "./process.ts";
import { histories, makeHistory, runs } from "./test-histories.ts";
import { TestRepository, type TestCommit } from "./test-repository.ts";
import { treeAt } from "./trees.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const found = async (commit: string, path = "", deadline = 20_000) => {
  const last = await lastCommits(repo, commit, path, { deadline });
  expect(last.complete).toBe(true);
  return Object.fromEntries([...last.commits].map(([name, { oid }]) => [name, oid]));
};

test("each entry has the commit `git log -1` names, in random histories with merges", async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.constantFrom("", "src", "src/deep"), async (history, path) => {
      const { head } = makeHistory(repo, history);
      const last = await found(head, path);
      const folder = await treeAt(repo, head, path);
      expect(Object.keys(last).toSorted()).toEqual(
        (folder?.entries ?? []).map(({ name }) => name).toSorted(),
      );
      for (const [name, oid] of Object.entries(last)) {
        const spec = `:(glob,top)${path}${path && "/"}${displayPath(name).replace("\\377", "?")}`;
        expect([name, oid]).toEqual([name, repo.text(["log", "-1", "--format=%H", head, "--", spec])]);
      }
    }),
    runs(15),
  );
}, 120_000);

test("after a push only what is new is walked: older history is not even read", async () => {
  const own = new TestRepository();
  const commits: TestCommit[] = Array.from({ length: 300 }, (_, index) => ({
    ...(index ? { parents: [`:${index}`] } : {}),
    files: { old: "first\n", changing: `${index}\n`, [`dir/${index % 7}`]: `${index}` },
  }));
  const all = own.commits(commits);
  const [first = "", middle = "", before = "", last = ""] = [all[0], all[150], all[298], all[299]];
  const at = async (commit: string) => {
    const { commits: found } = await lastCommits(own, commit, "", { deadline: 20_000 });
    return Object.fromEntries([...found].map(([name, { oid }]) => [name, oid]));
  };
  expect(await at(before)).toEqual({ old: first, changing: before, dir: before });
  own.loosen();
  rmSync(path.join(own.dir, "objects", middle.slice(0, 2), middle.slice(2)));
  expect(await at(last)).toEqual({ old: first, changing: last, dir: last });
  await expect(lastCommits(own, all[297] ?? "", "")).rejects.toThrow(GitError);
  own.remove();
});

test("both sides of a merge are followed, each entry to where it came from", async () => {
  const [, left = "", right = "", , edited = ""] = repo.commits([
    { files: { a: "0", b: "0" } },
    { parents: [":1"], files: { a: "left", b: "0" } },
    { parents: [":1"], files: { a: "0", b: "right" } },
    { parents: [":2", ":3"], files: { a: "left", b: "right" } },
    { parents: [":2", ":3"], files: { a: "left and more", b: "right" } },
  ]);
  expect(await found(edited)).toEqual({ a: edited, b: right });
  expect(await found(left)).toMatchObject({ a: left });
});

test("what a merge itself changed is the merge's, also where neither side had touched the folder", async () => {
  const [, , , merge = ""] = repo.commits([
    { files: { "dir/a": "0", "dir/b": "0", other: "0" } },
    { parents: [":1"], files: { "dir/a": "0", "dir/b": "0", other: "1" } },
    { parents: [":1"], files: { "dir/a": "0", "dir/b": "0", other: "0", more: "1" } },
    { parents: [":2", ":3"], files: { "dir/a": "0", "dir/b": "1", other: "1", more: "1" } },
  ]);
  expect(await found(merge, "dir")).toMatchObject({ b: merge });
});

test("a walk that is over before its history is gives its place back", async () => {
  const all = repo.commits(
    Array.from({ length: 40 }, (_, index) => ({
      ...(index ? { parents: [`:${index}`] } : {}),
      files: { "far/only": `${index}` },
    })),
  );
  await Promise.all(all.slice(20).map((commit) => found(commit)));
  await expect.poll(() => shortSlots.running).toBe(0);
});

test("what the deadline cuts off is missing and said to be so", async () => {
  const commit = repo.commit({ files: { a: "1" } });
  const cut = await lastCommits(repo, commit, "", { deadline: 0 });
  expect(cut.complete).toBe(false);
  expect(await found(commit)).toEqual({ a: commit });
});

test("a path that is no folder has no entries", async () => {
  const commit = repo.commit({ files: { a: "1" } });
  expect(await found(commit, "a")).toEqual({});
  expect(await found(commit, "../x")).toEqual({});
});
