import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { attributeArguments } from "./attributes.ts";
import { readCommit } from "./commits.ts";
import {
  changeCommit,
  checkMerge,
  mergeCommit,
  rebaseCommits,
  squashCommit,
  UnrelatedHistories,
  type Conflict,
} from "./merges.ts";
import { GitError } from "./process.ts";
import { displayPath } from "./paths.ts";
import { histories, makeHistory, runs } from "./test-histories.ts";
import { ann, bob, TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const text = { message: "Land it\n", author: ann, committer: bob };
const tree = (commit: string) => repo.text(["rev-parse", `${commit}^{tree}`]);

/** git names the side of a clash after what was typed, we after ids. */
const plainNames = (conflicts: readonly Conflict[]) =>
  [...new Set(conflicts.map(({ path }) => displayPath(path).replace(/~.*$/, "")))].toSorted();

function unmerged(): string[] {
  const records = repo.git(["ls-files", "-u", "-z"]).toString("latin1").split("\0").filter(Boolean);
  const paths = records.map((record) => Buffer.from(record.replace(/^.*?\t/s, ""), "latin1"));
  const shown = paths.map((bytes) => bytes.toString("utf8").replace("\uFFFD", "\\377").replace(/~.*$/, ""));
  return [...new Set(shown)].toSorted();
}

function checkOut(commit: string): void {
  repo.try(["rebase", "--abort"]);
  repo.git(["checkout", "-q", "-f", "--detach", commit]);
  repo.git(["reset", "-q", "--hard"]);
  repo.git(["clean", "-q", "-fdx"]);
}

describe("against real git in a work tree", () => {
  test("a merge has the tree of `git merge`, or conflicts on the same paths", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { base, head } = makeHistory(repo, history);
        checkOut(base);
        const real = repo.try(["merge", "-q", "--no-ff", "--no-edit", head]);
        const ours = await mergeCommit(repo, base, head, text);
        if (ours.kind === "up-to-date") expect(real.stdout.toString()).toContain("Already up to date");
        else if (ours.kind === "conflict") {
          expect(real.status).toBe(1);
          expect(plainNames(ours.conflicts)).toEqual(unmerged());
        } else {
          expect(real.status).toBe(0);
          expect(ours.tree).toBe(tree("HEAD"));
          expect((await readCommit(repo, ours.commit))?.parents).toEqual([base, head]);
        }
        const checked = await checkMerge(repo, base, head);
        if (ours.kind !== "up-to-date")
          expect(checked.kind).toBe(ours.kind === "merged" ? "clean" : "conflict");
        if (ours.kind === "merged") expect(checked.tree).toBe(ours.tree);
      }),
      runs(25),
    );
  }, 120_000);

  test("a squash has the tree of `git merge --squash`, and one parent", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { base, head } = makeHistory(repo, history);
        checkOut(base);
        const real = repo.try(["merge", "-q", "--squash", head]);
        const ours = await squashCommit(repo, base, head, text);
        if (ours.kind !== "merged") {
          expect(ours.kind === "conflict").toBe(real.status !== 0);
          return;
        }
        expect(real.status).toBe(0);
        expect(ours.tree).toBe(repo.text(["write-tree"]));
        expect((await readCommit(repo, ours.commit))?.parents).toEqual([base]);
      }),
      runs(25),
    );
  }, 120_000);

  test("a rebase makes the commits of `git rebase`, or stops at the same one", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { base, head } = makeHistory(repo, history);
        checkOut(head);
        const real = repo.try(["rebase", "-q", base]);
        const ours = await rebaseCommits(repo, base, head, { committer: bob });
        if (ours.kind === "conflict") {
          expect(real.status).toBe(1);
          expect(repo.text(["rev-parse", "REBASE_HEAD"])).toBe(ours.at);
          expect(plainNames(ours.conflicts)).toEqual(unmerged());
          return;
        }
        expect(real.stderr.toString()).not.toContain("CONFLICT");
        expect(real.status).toBe(0);
        const told = (tip: string) =>
          repo.text(["log", "--format=%T %an <%ae> %ad %B", "--date=raw", `${base}..${tip}`]);
        expect(told(ours.commit)).toBe(told("HEAD"));
        for (const { from, to } of ours.commits)
          if (from !== to) expect((await readCommit(repo, to))?.committer).toEqual(bob);
      }),
      runs(25),
    );
  }, 120_000);
});

describe("against real git, further", () => {
  test("histories that were merged both ways (criss-cross) merge as `git merge` merges them", async () => {
    await fc.assert(
      fc.asyncProperty(histories, histories, async (before, after) => {
        const first = makeHistory(repo, before);
        const clean = await mergeCommit(repo, first.base, first.head, text);
        const back = await mergeCommit(repo, first.head, first.base, text);
        if (clean.kind !== "merged" || back.kind !== "merged") return;
        // Both sides go on from merges of the same two commits: two merge bases.
        const [base, head] = [clean.commit, back.commit].map((tip, side) => {
          const edits = side === 0 ? after.trunk : after.topic;
          const name = `criss-${side}`;
          checkOut(tip);
          for (const [index] of edits.entries()) {
            const files = repo
              .text(["ls-files", "-s"])
              .split("\n")
              .filter((line) => line.startsWith("100"));
            const [, file = ""] = (files[(index * 7 + side) % Math.max(1, files.length)] ?? "").split("\t");
            if (file === "" || /["\\]|[^ -~]|\.gitattributes/.test(file)) continue;
            const target = path.join(repo.work, file);
            const lines = readFileSync(target, "latin1").split("\n");
            lines[(index * 3 + side * 2) % lines.length] = `${name} ${index}`;
            writeFileSync(target, lines.join("\n"), "latin1");
            repo.git(["commit", "-q", "-a", "--allow-empty", "-m", `${name} ${index}`]);
          }
          return repo.text(["rev-parse", "HEAD"]);
        }) as [string, string];
        expect(repo.text(["merge-base", "--all", base, head]).split("\n")).toHaveLength(2);
        checkOut(base);
        const real = repo.try(["merge", "-q", "--no-ff", "--no-edit", head]);
        const ours = await mergeCommit(repo, base, head, text);
        if (ours.kind === "up-to-date") expect(real.stdout.toString()).toContain("Already up to date");
        else if (ours.kind === "conflict") {
          expect(real.status).toBe(1);
          expect(plainNames(ours.conflicts)).toEqual(unmerged());
        } else {
          expect(real.status).toBe(0);
          expect(ours.tree).toBe(tree("HEAD"));
        }
      }),
      runs(15),
    );
  }, 120_000);

  test("a merge is picked and taken back as by `git cherry-pick -m 1` and `git revert -m 1`", async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom("cherry-pick", "revert"), async (history, act) => {
        const { base, head, all } = makeHistory(repo, history);
        const merged = await mergeCommit(repo, base, head, text);
        if (merged.kind !== "merged") return;
        const onto = act === "revert" ? merged.commit : (all[0] ?? base);
        const change =
          act === "revert" ? { from: merged.commit, to: base } : { from: base, to: merged.commit };
        checkOut(onto);
        const real = repo.try([act, "--no-commit", "-m", "1", merged.commit]);
        const ours = await changeCommit(repo, onto, change, text);
        if (ours.kind === "conflict") {
          expect(real.status).toBe(1);
          expect(plainNames(ours.conflicts)).toEqual(unmerged());
        } else {
          expect(real.status).toBe(0);
          expect(ours.kind === "merged" ? ours.tree : tree(onto)).toBe(repo.text(["write-tree"]));
        }
        repo.try([act, "--abort"]);
      }),
      runs(15),
    );
  }, 120_000);
});

test("a commit carries author and committer exactly as given, without brackets and line breaks", async () => {
  const base = repo.commit({ files: { a: "1\n" } });
  const head = repo.commit({ parents: [base], files: { a: "2\n" } });
  const author = { name: "Éva <root>\nx", email: "eva@<example>\n.test", time: 1_234_567_890, zone: "-1130" };
  const merged = await mergeCommit(repo, base, head, { message: "m\r\n\0\n\n", author, committer: bob });
  if (merged.kind !== "merged") throw new Error(merged.kind);
  expect(repo.git(["cat-file", "commit", merged.commit]).toString()).toBe(
    `tree ${merged.tree}\nparent ${base}\nparent ${head}\n` +
      "author Éva rootx <eva@example.test> 1234567890 -1130\n" +
      "committer Bob Example <bob@example.test> 1700000100 -0330\n\nm\n",
  );
  expect(repo.text(["fsck", "--strict", "--no-dangling", merged.commit])).toBe("");
});

test("histories without a common commit are refused, whatever is asked", async () => {
  const [one, two] = repo.commits([{ files: { a: "1" } }, { files: { b: "1" } }]) as [string, string];
  await expect(checkMerge(repo, one, two)).rejects.toThrow(UnrelatedHistories);
  await expect(mergeCommit(repo, one, two, text)).rejects.toThrow(UnrelatedHistories);
  await expect(squashCommit(repo, one, two, text)).rejects.toThrow(UnrelatedHistories);
  await expect(rebaseCommits(repo, one, two, { committer: bob })).rejects.toThrow(UnrelatedHistories);
});

test("an id that names no commit is an error and never a conflict", async () => {
  const base = repo.commit({ files: { a: "1" } });
  await expect(checkMerge(repo, base, "1".repeat(40))).rejects.toThrow(GitError);
  await expect(checkMerge(repo, base, "--help")).rejects.toThrow(TypeError);
});

test("a conflict names the three sides and git's reason", async () => {
  const [root = "", ours = "", theirs = ""] = repo.commits([
    { files: { a: "1\n", b: "1\n2\n3\n" } },
    { parents: [":1"], files: { a: "2\n" } },
    { parents: [":1"], files: { a: "3\n", b: "1\n2\n4\n" } },
  ]);
  const checked = await checkMerge(repo, ours, theirs);
  if (checked.kind !== "conflict") throw new Error("clean");
  const blob = (commit: string, path: string) => ({
    mode: "100644",
    oid: repo.text(["rev-parse", `${commit}:${path}`]),
  });
  expect(checked.conflicts).toEqual([
    {
      path: "a",
      kind: "both-modified",
      reason: "contents",
      base: blob(root, "a"),
      ours: blob(ours, "a"),
      theirs: blob(theirs, "a"),
    },
    {
      path: "b",
      kind: "deleted-by-us",
      reason: "modify/delete",
      base: blob(root, "b"),
      ours: null,
      theirs: blob(theirs, "b"),
    },
  ]);
});

test("looking whether a merge is clean leaves nothing in the repository", async () => {
  const [, ours = "", theirs = ""] = repo.commits([
    { files: { a: "1\n" } },
    { parents: [":1"], files: { a: "1\n", b: "only here\n" } },
    { parents: [":1"], files: { a: "1\n", c: "only there\n" } },
  ]);
  const checked = await checkMerge(repo, ours, theirs);
  expect(checked.kind).toBe("clean");
  expect(repo.try(["cat-file", "-e", checked.tree]).status).not.toBe(0);
  const kept = await checkMerge(repo, ours, theirs, { keep: true });
  expect(kept.tree).toBe(checked.tree);
  expect(repo.try(["cat-file", "-e", checked.tree]).status).toBe(0);
});

test("the attributes of nested folders decide how their files merge", async () => {
  const file = (lines: string[]) => ["top", ...lines, "end", ""].join("\n");
  const attributes = { "we ird/.gitattributes": '"lis t" merge=union\n/deep/*.log merge=union\n' };
  const [, ours = "", theirs = ""] = repo.commits([
    { files: { ...attributes, "we ird/lis t": file([]), "we ird/deep/a.log": file([]) } },
    {
      parents: [":1"],
      files: { ...attributes, "we ird/lis t": file(["x"]), "we ird/deep/a.log": file(["x"]) },
    },
    {
      parents: [":1"],
      files: { ...attributes, "we ird/lis t": file(["y"]), "we ird/deep/a.log": file(["y"]) },
    },
  ]);
  const merged = await mergeCommit(repo, ours, theirs, text);
  if (merged.kind !== "merged") throw new Error(JSON.stringify(merged));
  expect(repo.text(["show", `${merged.commit}:we ird/lis t`])).toBe("top\nx\ny\nend");
  expect(repo.text(["show", `${merged.commit}:we ird/deep/a.log`])).toBe("top\nx\ny\nend");
});

test("two pointers to LFS never become one, also where the attributes ask for a union", async () => {
  const pointer = (char: string) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${char.repeat(64)}\nsize 5\n`;
  const attributes = "*.psd filter=lfs diff=lfs merge=lfs -text\n*.psd merge=union\n*.txt merge=union\n";
  const files = (psd: string, line: string) => ({
    ".gitattributes": attributes,
    "art/a.psd": pointer(psd),
    "b.txt": `top\n${line}end\n`,
  });
  const [, ours = "", theirs = "", other = ""] = repo.commits([
    { files: files("a", "") },
    { parents: [":1"], files: files("b", "x\n") },
    { parents: [":1"], files: files("c", "y\n") },
    { parents: [":1"], files: files("a", "y\n") },
  ]);
  const checked = await checkMerge(repo, ours, theirs);
  expect(checked.kind === "conflict" && plainNames(checked.conflicts)).toEqual(["art/a.psd"]);
  const merged = await mergeCommit(repo, ours, other, text);
  if (merged.kind !== "merged") throw new Error(merged.kind);
  expect(repo.text(["show", `${merged.commit}:art/a.psd`])).toBe(pointer("b").trim());
  expect(repo.text(["show", `${merged.commit}:b.txt`])).toBe("top\nx\ny\nend");
});

test("attributes are found again after somebody swept the temporary folder", async () => {
  const commit = repo.commit({ files: { ".gitattributes": "*.x merge=union\n" } });
  const file = async () =>
    (await attributeArguments(repo, commit))[1]?.replace("core.attributesFile=", "") ?? "";
  rmSync(path.dirname(await file()), { recursive: true });
  expect(readFileSync(await file(), "utf8")).toBe("*.x merge=union\n");
});

test("a rebase drops what the target has, keeps what was empty, skips merges and rewrites when told", async () => {
  const [root = "", base = "", same = "", empty = "", own = "", merge = "", last = ""] = repo.commits([
    { files: { a: "1\n" } },
    { parents: [":1"], files: { a: "1\n", b: "picked\n", t: "trunk\n" } },
    { parents: [":1"], files: { a: "1\n", b: "picked\n" } },
    { parents: [":3"], files: { a: "1\n", b: "picked\n" } },
    { parents: [":4"], files: { a: "1\n", b: "picked\n", c: "own\n" } },
    { parents: [":5", ":2"], files: { a: "1\n", b: "picked\n", c: "own\n", t: "trunk\n" } },
    { parents: [":6"], files: { a: "1\n", b: "picked\n", c: "own\n", t: "trunk\n", d: "last\n" } },
  ]);
  const rebased = await rebaseCommits(repo, base, last, { committer: bob });
  if (rebased.kind !== "rebased") throw new Error(rebased.kind);
  expect(rebased.dropped).toEqual([same]);
  expect(rebased.commits.map(({ from }) => from)).toEqual([empty, own, last]);
  expect(rebased.commits.some(({ from }) => from === merge)).toBe(false);
  expect(repo.text(["ls-tree", "--name-only", rebased.commit]).split("\n")).toEqual([
    "a",
    "b",
    "c",
    "d",
    "t",
  ]);
  const still = await rebaseCommits(repo, root, same, { committer: bob });
  expect(still).toMatchObject({ kind: "rebased", commit: same });
  const again = await rebaseCommits(repo, root, same, { committer: bob, rewrite: true });
  if (again.kind !== "rebased") throw new Error(again.kind);
  expect(again.commit).not.toBe(same);
  expect(tree(again.commit)).toBe(tree(same));
});

test("a rebase keeps the bytes of a message in another encoding", async () => {
  const [, base = "", head = ""] = repo.commits([
    { files: { a: "1\n" } },
    { parents: [":1"], files: { a: "1\n", b: "2\n" } },
    { parents: [":1"], files: { a: "3\n" } },
  ]);
  const raw = repo.git(["cat-file", "commit", head]).toString("latin1");
  const [header = ""] = raw.split("\n\n");
  const odd = Buffer.from(`${header.replace("Ann", "\xc4nn")}\nencoding ISO-8859-1\n\ncaf\xe9\n`, "latin1");
  const written = repo.text(["hash-object", "-t", "commit", "-w", "--stdin"], odd);
  const rebased = await rebaseCommits(repo, base, written, { committer: bob });
  if (rebased.kind !== "rebased") throw new Error(rebased.kind);
  const commit = await readCommit(repo, rebased.commit);
  expect(commit).toMatchObject({ message: "café\n", author: { name: "Änn Example" }, parents: [base] });
});
