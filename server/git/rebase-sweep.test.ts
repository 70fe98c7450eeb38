import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { checkMerge, rebaseCommits } from "./merges.ts";
import { sweepRebases } from "./rebase-sweep.ts";
import { histories, makeHistory, runs } from "./test-histories.ts";
import { bob, TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const limits = { commits: 50, time: 60_000 };
const missing = "0123456789".repeat(4);
const tree = (commit: string) => repo.text(["rev-parse", `${commit}^{tree}`]);

/** One head alone, by the function that really rebases. */
async function alone(base: string, head: string) {
  const merge = await checkMerge(repo, base, head);
  if (merge.kind === "conflict") return null;
  const touching = repo.text([
    "rev-list",
    "--full-history",
    "--no-merges",
    `${base}..${head}`,
    "--",
    ":(glob)**/.gitattributes",
  ]);
  if (touching !== "") return null;
  const outcome = await rebaseCommits(repo, base, head, { committer: bob });
  if (outcome.kind === "conflict") return "conflict";
  if (outcome.commit === base) return "nothing";
  return tree(outcome.commit) === merge.tree ? "clean" : "differs";
}

test("one sweep says of every head what a rebase of that head alone comes to, and keeps no object", async () => {
  const seen = new Set<string | null>();
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const { base, all } = makeHistory(repo, history);
      const before = repo.text(["count-objects"]);
      const found = await sweepRebases(repo, base, [missing, ...all], limits);
      expect(repo.text(["count-objects"])).toBe(before);
      for (const head of all) {
        expect(found.get(head)).toBe(await alone(base, head));
        seen.add(found.get(head) ?? null);
      }
      expect(found.get(missing)).toBe(null);
    }),
    runs(12),
  );
  expect(seen).toContain("clean");
}, 180_000);

test("each verdict is given where it is due: on the way, by a merge within, and for what is there already", async () => {
  const lines = (...list: string[]) => `${list.join("\n")}\n`;
  const start = lines("1", "2", "3", "4", "5", "6", "7");
  const [root = "", base = "", there = "", gone = "", settled = "", , again = "", , within = ""] =
    repo.commits([
      { files: { "a.txt": start }, message: "root\n" },
      { parents: [":1"], files: { "a.txt": start.replace("4", "base") }, message: "base\n" },
      { parents: [":1"], files: { "a.txt": start.replace("4", "base") }, message: "the same\n" },
      // Changes the line that the base changes, and takes that back.
      { parents: [":1"], files: { "a.txt": start.replace("4", "mine") }, message: "mine\n" },
      { parents: [":4"], files: { "a.txt": start, "b.txt": "b\n" }, message: "back\n" },
      { parents: [":1"], files: { "a.txt": start, "c.txt": "c\n" }, message: "plain\n" },
      { parents: [":6"], files: { "a.txt": start, "c.txt": "cc\n" }, message: "plain again\n" },
      { parents: [":1"], files: { "a.txt": start, "d.txt": "d\n" }, message: "other\n" },
      // A merge that adds what neither side has.
      {
        parents: [":7", ":8"],
        files: { "a.txt": start, "c.txt": "cc\n", "d.txt": "d\n", "evil.txt": "e\n" },
        message: "within\n",
      },
    ]);
  const found = await sweepRebases(repo, base, [there, gone, settled, again, within], limits);
  expect([...found.values()]).toEqual(["nothing", null, "conflict", "clean", "differs"]);
  expect((await sweepRebases(repo, root, [again], limits)).get(again)).toBe("clean");
  expect((await sweepRebases(repo, base, [again], { ...limits, commits: 1 })).get(again)).toBe(null);
  expect((await sweepRebases(repo, base, [again], { ...limits, time: -1 })).size).toBe(0);
});
