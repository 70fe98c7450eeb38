import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { compare } from "./compare.ts";
import type { ChangedFile } from "./diff-files.ts";
import { diffCommit, diffText, diffTrees, patchSeries, patchText, type FileDiff } from "./diffs.ts";
import { MissingObject } from "./objects.ts";
import { emptyTreeId } from "./object-ids.ts";
import { encodePath } from "./paths.ts";
import { GitOutputTooLarge } from "./process.ts";
import { histories, makeHistory, runs } from "./test-histories.ts";
import { TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

/** The parts of `git diff`, from the first hunk of each file on, bytes as Latin-1. */
function realParts(range: readonly string[]): Map<string, string> {
  const text = repo.git(["diff", "--no-ext-diff", "-M", ...range]).toString("latin1");
  const parts = new Map<string, string>();
  for (const part of text.split(/^(?=diff --git )/m).filter(Boolean)) {
    const [header = ""] = part.split("\n", 1);
    const hunk = part.search(/^@@ /m);
    const before = parts.get(header);
    const hunks = hunk < 0 ? "" : part.slice(hunk).replace(/\n$/, "");
    parts.set(header, before ? `${before}\n${hunks}` : hunks);
  }
  return parts;
}

function ourPart(file: FileDiff): string {
  return Buffer.from(patchText(file.hunks), file.encoding === "latin1" ? "latin1" : "utf8").toString(
    "latin1",
  );
}

describe("against real git in a work tree", () => {
  test("a three-dot comparison has the files, counts and lines of `git diff a...b`", async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.boolean(), async (history, ignoreWhitespace) => {
        const { base, head } = makeHistory(repo, history);
        repo.git(["checkout", "-q", "-f", "--detach", head]);
        const range = [...(ignoreWhitespace ? ["-w"] : []), `${base}...${head}`];
        const { diff, ahead, behind, totalCommits, mergeBase } = await compare(repo, base, head, {
          ignoreWhitespace,
        });
        const real = [...realParts(range).values()];
        expect(diff?.files.map(ourPart)).toEqual(real);
        const numbers = repo.git(["diff", "--numstat", "-z", "-M", ...range]).toString("latin1");
        const counts = [...numbers.matchAll(/(?:^|\0)(\d+|-)\t(\d+|-)\t/g)].map(
          ([, plus, minus]) => `${plus} ${minus}`,
        );
        // Nobody looks into what only moved, or only has another mode.
        const isSame = ({ oldOid, newOid }: FileDiff) => oldOid === newOid;
        expect(
          diff?.files.map((file) => (file.binary ? "- -" : `${file.additions} ${file.deletions}`)),
        ).toEqual(
          counts.map((count, index) => (diff?.files[index] && isSame(diff.files[index]) ? "0 0" : count)),
        );
        expect(mergeBase).toBe(repo.text(["merge-base", base, head]));
        expect(`${behind}\t${ahead}`).toBe(
          repo.text(["rev-list", "--left-right", "--count", `${base}...${head}`]),
        );
        expect(totalCommits).toBe(ahead);
      }),
      runs(25),
    );
  }, 120_000);

  test("line numbers of a diff point at these lines in both files", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { base, head } = makeHistory(repo, history);
        const { files } = await diffTrees(repo, base, head);
        for (const file of files.filter((one) => one.status !== "type-changed" && !one.submodule)) {
          const sides = {
            old: file.oldOid ? repo.git(["cat-file", "blob", file.oldOid]).toString("utf8").split("\n") : [],
            new: file.newOid ? repo.git(["cat-file", "blob", file.newOid]).toString("utf8").split("\n") : [],
          };
          for (const line of file.hunks.flatMap((hunk) => hunk.lines)) {
            if (line.old !== null) expect(sides.old[line.old - 1]).toBe(line.text);
            if (line.new !== null) expect(sides.new[line.new - 1]).toBe(line.text);
          }
        }
      }),
      runs(10),
    );
  }, 60_000);
});

test("a diff tells renames, modes, links, submodules, binaries and missing newlines apart", async () => {
  const lines = Array.from({ length: 20 }, (_, line) => `line ${line}\n`).join("");
  const commit = "c0ffee".padEnd(40, "0");
  const [, head = ""] = repo.commits([
    {
      files: {
        moved: lines,
        run: "x\n",
        link: { mode: "120000", content: "target" },
        sub: { mode: "160000", content: commit },
        bin: new TextDecoder().decode(new Uint8Array([0, 1, 2])),
        gone: "bye",
      },
    },
    {
      parents: [":1"],
      files: {
        "to here": `${lines}more\n`,
        run: { mode: "100755", content: "x\n" },
        link: "other",
        sub: { mode: "160000", content: commit.replace("c0ffee", "decade") },
        bin: new TextDecoder().decode(new Uint8Array([0, 1, 3])),
        "tab\there": "end",
      },
    },
  ]);
  const { files, truncated } = await diffCommit(repo, head);
  expect(truncated).toBe(false);
  const short = files.map(
    ({ path, oldPath, status, oldMode, newMode, binary, submodule, additions, deletions }) =>
      [status, oldPath, path, oldMode, newMode, binary, submodule, additions, deletions].join(" "),
  );
  expect(short).toEqual([
    "modified  bin 100644 100644 true false 0 0",
    "deleted  gone 100644  false false 0 1",
    "type-changed  link 120000 100644 false false 1 1",
    "modified  run 100644 100755 false false 0 0",
    "modified  sub 160000 160000 false true 1 1",
    "added  tab\there  100644 false false 1 0",
    "renamed moved to here 100644 100644 false false 1 0",
  ]);
  const patch = (path: string) => patchText(files.find((file) => file.path === path)?.hunks ?? []);
  expect(patch("link")).toBe(
    "@@ -1 +0,0 @@\n-target\n\\ No newline at end of file\n@@ -0,0 +1 @@\n+other\n\\ No newline at end of file",
  );
  expect(patch("sub")).toContain(`+Subproject commit decade`);
  expect(patch("tab\there")).toBe("@@ -0,0 +1 @@\n+end\n\\ No newline at end of file");
  expect(files.find((file) => file.path === "to here")?.similarity).toBeGreaterThan(90);
});

test("a root commit is compared with nothing, and an unknown commit is named", async () => {
  const root = repo.commit({ files: { a: "1\n2\n" } });
  const diff = await diffCommit(repo, root);
  expect(diff).toMatchObject({
    totalFiles: 1,
    additions: 2,
    deletions: 0,
    files: [{ status: "added", path: "a" }],
  });
  await expect(diffCommit(repo, "2".repeat(40))).rejects.toThrow(MissingObject);
  await expect(diffTrees(repo, root, "HEAD")).rejects.toThrow(TypeError);
});

test("names and contents that are not UTF-8 come through byte by byte", async () => {
  const name = "caf\u{10FEE9}/\u{10FEFF}\u{10FE80}.txt";
  const [, head = ""] = repo.commits([
    { files: { [name]: { content: Buffer.from("gr\xfcn\nsame\n", "latin1") } } },
    { parents: [":1"], files: { [name]: { content: Buffer.from("gr\xfcn \xe4\nsame\n", "latin1") } } },
  ]);
  const { files } = await diffCommit(repo, head);
  expect(files[0]).toMatchObject({ path: name, encoding: "latin1", additions: 1, deletions: 1 });
  expect(files[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual(["grün", "grün ä", "same"]);
  expect(encodePath(name).toString("latin1")).toBe("caf\xe9/\xff\x80.txt");
  const alone = await diffCommit(repo, head, { paths: [name] });
  expect(alone.files).toHaveLength(1);
  expect((await diffText(repo, head, emptyTreeId(head))).includes(encodePath(name))).toBe(true);
});

test("a heading cut within a character leaves the lines of its hunk in UTF-8", async () => {
  const before = `f${"é".repeat(60)}\n${" x\n".repeat(20)}`;
  const [, head = ""] = repo.commits([
    { files: { a: before } },
    { parents: [":1"], files: { a: `${before}ü\n` } },
  ]);
  const { files } = await diffCommit(repo, head);
  expect(files[0]).toMatchObject({ encoding: "utf-8" });
  expect(files[0]?.hunks[0]?.lines.at(-1)?.text).toBe("ü");
  expect(files[0]?.hunks[0]?.heading).toBe(`f${"é".repeat(39)}`);
});

test("what passes a budget is counted and left out, and can be asked for alone", async () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`f${10 + index}`, `${index}\n`]),
  );
  const [root = ""] = repo.commits([
    { files: { ...files, big: "y\n".repeat(500), wide: `${"z".repeat(3_000_000)}\n` } },
  ]);
  const few = await diffCommit(repo, root, { maxFiles: 5, maxFileLines: 100 });
  expect(few).toMatchObject({ totalFiles: 14, additions: 513, truncated: true });
  expect(few.files.map((file) => [file.path, file.truncated, file.hunks.length])).toEqual([
    ["big", true, 0],
    ["f10", false, 1],
    ["f11", false, 1],
    ["f12", false, 1],
    ["f13", false, 1],
  ]);
  const all = await diffCommit(repo, root);
  expect(all.files.filter((file) => file.truncated).map((file) => file.path)).toEqual(["wide"]);
  const spent = await diffCommit(repo, root, { maxBytes: 200 });
  expect(spent.files.every((file) => file.truncated && file.additions > 0)).toBe(true);
  const alone = await diffCommit(repo, root, {
    paths: ["wide"],
    maxFileBytes: 8_000_000,
    maxBytes: 8_000_000,
  });
  expect(alone).toMatchObject({ totalFiles: 1, truncated: false });
  expect(alone.files[0]?.hunks[0]?.lines[0]?.text).toHaveLength(3_000_000);
  await expect(diffText(repo, emptyTreeId(root), root, { maxBytes: 1000 })).rejects.toThrow(
    GitOutputTooLarge,
  );
});

test("a path is taken literally", async () => {
  const [root = ""] = repo.commits([{ files: { "a*": "1\n", ab: "2\n", ":(glob)**": "3\n" } }]);
  const paths = async (path: string) =>
    (await diffCommit(repo, root, { paths: [path] })).files.map((file) => file.path);
  expect(await paths("a*")).toEqual(["a*"]);
  expect(await paths(":(glob)**")).toEqual([":(glob)**"]);
  expect(await paths("--output=x")).toEqual([]);
});

test("the attributes of the tree say which files have no text diff", async () => {
  const [root = ""] = repo.commits([
    { files: { "sub/.gitattributes": "*.lock -diff\n", "sub/a.lock": "1\n", "a.lock": "1\n" } },
  ]);
  const { files } = await diffCommit(repo, root);
  expect(files.map((file) => [file.path, file.binary])).toEqual([
    ["a.lock", false],
    ["sub/.gitattributes", false],
    ["sub/a.lock", true],
  ]);
});

test("files are skipped and ordered before their lines are read, and all are listed", async () => {
  const [root = ""] = repo.commits([
    {
      files: {
        ".gitattributes": "b linguist-generated\nc linguist-vendored=false -diff\n",
        a: "1\n",
        b: "2\n",
        c: "3\n",
      },
    },
  ]);
  const backwards = {
    name: "backwards",
    sort: (files: readonly ChangedFile[]) => files.toReversed(),
  };
  const some = { skip: 1, maxFiles: 2, attributes: true, order: backwards } as const;
  const { files, list, totalFiles, attributes, truncated } = await diffCommit(repo, root, some);
  expect(files.map((file) => [file.path, file.hunks[0]?.lines[0]?.text])).toEqual([
    ["b", "2"],
    ["a", "1"],
  ]);
  expect(list.map(({ path }) => path)).toEqual(["c", "b", "a", ".gitattributes"]);
  expect([totalFiles, truncated]).toEqual([4, true]);
  expect([...attributes]).toEqual([
    ["b", { generated: true, vendored: undefined, diffed: undefined }],
    ["c", { generated: undefined, vendored: false, diffed: false }],
  ]);
  // Another order is another answer.
  expect((await diffCommit(repo, root, { maxFiles: 1 })).files.map(({ path }) => path)).toEqual([
    ".gitattributes",
  ]);
});

test("histories without a common commit compare as unrelated", async () => {
  const [one = "", two = ""] = repo.commits([{ files: { a: "1" } }, { files: { b: "1" } }]);
  const compared = await compare(repo, one, two);
  expect(compared).toMatchObject({ status: "unrelated", mergeBase: null, diff: null, ahead: 1, behind: 1 });
  expect(await compare(repo, one, one)).toMatchObject({ status: "identical", totalCommits: 0 });
});

test("a patch series applies with `git am` and gives the same tree", async () => {
  const [base = "", , head = ""] = repo.commits([
    { files: { a: "1\n" } },
    { parents: [":1"], files: { a: "2\n", "ü b": "x" }, message: "Äö: one\n\nbody\n" },
    { parents: [":2"], files: { "ü b": "x\n" } },
  ]);
  const mails = await patchSeries(repo, base, head);
  repo.git(["checkout", "-q", "-f", "--detach", base]);
  repo.git(["am", "-q"], mails);
  expect(repo.text(["rev-parse", "HEAD^{tree}"])).toBe(repo.text(["rev-parse", `${head}^{tree}`]));
  expect((await patchSeries(repo, null, base)).toString()).toContain("Subject: [PATCH] commit");
});
