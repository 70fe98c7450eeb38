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

test("a pointer to LFS that both sides changed is a conflict to the sweep too, whatever its attributes ask for", async () => {
  const pointer = (char: string) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${char.repeat(64)}\nsize 5\n`;
  for (const attributes of [
    "*.psd filter=lfs diff=lfs merge=lfs -text\n",
    "*.psd filter=lfs diff=lfs merge=lfs -text\n*.psd merge=union\n",
    "[attr]large filter=lfs -text\n*.psd large\n*.psd merge=union\n",
  ]) {
    const files = (psd: string) => ({ ".gitattributes": attributes, "a.psd": pointer(psd) });
    const [root = "", base = "", both = "", one = ""] = repo.commits([
      { files: files("a"), message: "root\n" },
      { parents: [":1"], files: files("b"), message: "base\n" },
      { parents: [":1"], files: files("c"), message: "both\n" },
      { parents: [":1"], files: { ...files("a"), "x.txt": "x\n" }, message: "one\n" },
    ]);
    const found = await sweepMerges(repo, base, [both, one, root]);
    expect([attributes, ...found.values()]).toEqual([attributes, false, true, true]);
    expect((await checkMerge(repo, base, both)).kind).toBe("conflict");
  }
});

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
