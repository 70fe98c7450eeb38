import fc from "fast-check";
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  branchNameProblem,
  compareNames,
  isDotGit,
  isDotGitmodules,
  isInternalRef,
  isRefName,
  pushedRefProblem,
  tagNameProblem,
  treePathProblem,
} from "./names.ts";
import { openScratch } from "./protocol/testing.ts";

const pieces = fc.array(
  fc.constantFrom(
    ..."/ . .. @ { @{ \\ ~ ^ : ? * [ - ; $ ' \" ( é 漢 😀 a B 0 .lock lock HEAD refs heads".split(" "),
    " ",
    "\t",
    "\u007f",
    "\u0080",
    "//",
  ),
  { maxLength: 8 },
);

test("a name is accepted exactly when git check-ref-format accepts it", () => {
  fc.assert(
    fc.property(pieces, (parts) => {
      const text = parts.join("");
      // git takes a name that begins so for an option, and has no way to be told otherwise.
      const name = text.startsWith("-") ? `refs/${text}` : text;
      const { status } = spawnSync("git", ["check-ref-format", name]);
      expect(isRefName(name), JSON.stringify(name)).toBe(status === 0);
    }),
    { numRuns: 250 },
  );
});

test("names that cannot be given to git at all are refused", () => {
  for (const name of ["refs/heads/a\0b", "refs/heads/\ud800", "refs/heads/a\nb"])
    expect(isRefName(name)).toBe(false);
});

test("branches with dangerous or misleading names are refused, ordinary ones are not", () => {
  for (const name of [
    "-x",
    "--output=x",
    "HEAD",
    "a b",
    "a..b",
    "",
    "a/",
    "0".repeat(40),
    "x".repeat(251),
    "refs/heads/main",
    "refs/tags/v1",
    "a\0",
  ])
    expect(branchNameProblem(name), name).toMatch(/\w/);
  for (const name of [
    "main",
    "feature/über-漢字",
    "a;b",
    "$(reboot)",
    "a'b",
    "x-",
    "v1.0",
    "HEADS",
    "dead".repeat(3),
  ])
    expect(branchNameProblem(name), name).toBeNull();
});

test("a name that shows as another one is not given to a branch or a tag", () => {
  for (const name of ["ma\u202ein", "a\u2066b", "a\u2028b", "a\u009bb"]) {
    expect(branchNameProblem(name), JSON.stringify(name)).not.toBeNull();
    expect(tagNameProblem(name), JSON.stringify(name)).not.toBeNull();
    expect(pushedRefProblem(`refs/heads/${name}`), JSON.stringify(name)).not.toBeNull();
  }
  for (const name of ["\u05e2\u05d1\u05e8\u05d9\u05ea", "\u6771\u4eac", "feature/caf\u00e9"])
    expect(branchNameProblem(name)).toBeNull();
});

test("nobody may push to the server's own references or outside the usual shape", () => {
  for (const ref of [
    "refs/pull/1/head",
    "refs/wit/x",
    "refs/wit",
    "refs/pull",
    "HEAD",
    "refs/x",
    "main",
    "refs/heads/HEAD",
  ])
    expect(pushedRefProblem(ref), ref).not.toBeNull();
  for (const ref of ["refs/heads/main", "refs/tags/v1", "refs/notes/commits", "refs/heads/pull/1/head"])
    expect(pushedRefProblem(ref), ref).toBeNull();
  expect(isInternalRef("refs/pullover/x")).toBe(false);
});

test("names sort as their bytes do", () => {
  const anyName = fc.string({ unit: fc.constantFrom("a", "/", "é", "\uffee", "😀", "\ue000"), maxLength: 6 });
  fc.assert(
    fc.property(anyName, anyName, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

describe("paths", () => {
  test("everything that some file system takes for .git is recognised", () => {
    for (const name of [
      ".git",
      ".GIT",
      "git~1",
      "GIT~1",
      ".git ",
      ".git. .",
      ".git::$INDEX_ALLOCATION",
      ".g\u200cit",
      "\ufeff.git",
    ])
      expect(isDotGit(name), JSON.stringify(name)).toBe(true);
    for (const name of [".gitignore", "git", ".gitmodules", "git~10", "a.git", ".git-x"])
      expect(isDotGit(name), name).toBe(false);
  });

  test("everything that some file system takes for .gitmodules is recognised", () => {
    for (const name of [
      ".gitmodules",
      ".GitModules",
      ".gitmodules ",
      ".gitmodules. .",
      ".gitmodules::$DATA",
      "gitmod~1",
      "GITMOD~4",
      "gitmod~2. ",
      "gi7eba~1",
      "GI7EBA~9 ",
      "gi7eb~10",
      "g~123456",
      "~1234567",
      ".git\u200cmodules",
      "\ufeff.gitmodules\u206f",
    ])
      expect(isDotGitmodules(name), JSON.stringify(name)).toBe(true);
    for (const name of [
      "gitmodules",
      ".gitmodules-x",
      "gitmod~5",
      "gitmod~12",
      "gi7eba~0",
      "gi7eb~1",
      "~1",
      ".git",
    ])
      expect(isDotGitmodules(name), name).toBe(false);
  });

  test("whatever git refuses to put into an index, we refuse to write", async () => {
    const scratch = await openScratch();
    try {
      await scratch.git(scratch.dir, ["init", "-q", "work"]);
      const work = `${scratch.dir}/work`;
      const part = fc.constantFrom(
        "a",
        ".",
        "..",
        "",
        ".git",
        ".GIT",
        "git~1",
        ".git ",
        ".gIt.",
        ".g\u200cit",
        ".gitx",
        "b c",
        "-d",
        "\\",
        ".git\\x",
        ".git:x",
      );
      const paths = fc
        .sample(fc.array(part, { minLength: 1, maxLength: 3 }), 500)
        .map((parts) => parts.join("/"));
      const unique = [...new Set(paths)].filter((path) => path !== "");
      const blob = await scratch.git(work, ["hash-object", "-w", "--stdin"], "x");
      const accepted: string[] = [];
      for (const path of unique) {
        const { code } = await scratch.tryGit(work, [
          "-c",
          "core.protectHFS=true",
          "-c",
          "core.protectNTFS=true",
          "update-index",
          "--add",
          "--replace",
          "--cacheinfo",
          `100644,${blob},${path}`,
        ]);
        if (code === 0) accepted.push(path);
      }
      expect(accepted.length).toBeGreaterThan(10);
      for (const path of unique)
        if (treePathProblem(path) === null) expect(accepted, JSON.stringify(path)).toContain(path);
    } finally {
      await scratch.remove();
    }
  });

  test("paths that leave the tree or cannot be checked out everywhere are refused", () => {
    for (const path of [
      "",
      "/etc/passwd",
      "../x",
      "a/../b",
      "a//b",
      "a/",
      "./a",
      "a\\b",
      "a\0b",
      "a\nb",
      "C:/x",
      "a/.GIT/config",
    ])
      expect(treePathProblem(path), JSON.stringify(path)).not.toBeNull();
    for (const path of [
      "README.md",
      "src/über/漢.ts",
      ".github/workflows/ci.yml",
      ".gitignore",
      "-x",
      "a b/c",
    ])
      expect(treePathProblem(path), path).toBeNull();
  });
});
