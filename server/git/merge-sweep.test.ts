import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { ancestorsAmong, isAncestor } from "./ancestry.ts";
import { changedPaths, touchedPaths } from "./changed-paths.ts";
import { sweepMerges } from "./merge-sweep.ts";
import { checkMerge, UnrelatedHistories } from "./merges.ts";
import { histories, makeHistory, runs } from "./test-histories.ts";
import { TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const missing = "0123456789".repeat(4);

test("one sweep says of every head what a merge of that head alone says", async () => {
  const [alien = ""] = repo.commits([{ files: { "else.txt": "1\n" }, message: "another root\n" }]);
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async (history, at) => {
      const { base, all } = makeHistory(repo, history);
      const heads = [...all];
      heads.splice(at % (heads.length + 1), 0, alien, missing);
      const found = await sweepMerges(repo, base, heads);
      for (const head of all)
        expect(found.get(head)).toBe((await checkMerge(repo, base, head)).kind === "clean");
      await expect(checkMerge(repo, base, alien)).rejects.toThrow(UnrelatedHistories);
      expect([found.get(alien), found.get(missing)]).toEqual([null, null]);
    }),
    runs(15),
  );
}, 120_000);

test("the ancestors among many are those that are asked for one by one", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { head, all } = makeHistory(repo, history);
      const found = await ancestorsAmong(repo, [...all, missing], head);
      for (const one of all) expect(found.has(one)).toBe(await isAncestor(repo, one, head));
      expect(found.has(missing)).toBe(false);
    }),
    runs(15),
  );
}, 120_000);

test("what a merge touches is all that really changes in the base", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { base, head } = makeHistory(repo, history);
      const merged = await checkMerge(repo, base, head, { keep: true });
      const touched = new Set(await touchedPaths(repo, base, head));
      if (merged.kind !== "clean") return;
      for (const path of await changedPaths(repo, base, merged.tree)) expect(touched).toContain(path);
    }),
    runs(15),
  );
}, 120_000);
