import { afterAll, describe, expect, test } from "vitest";
import { MissingObject } from "./objects.ts";
import { emptyTreeId } from "./object-ids.ts";
import { ann, bob, TestRepository, type Snapshot } from "./test-repository.ts";
import { commitChanges, EditRefused, type FileChange } from "./write.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const submodule = "abcdef".padEnd(40, "2");
const files: Snapshot = {
  "README.md": "hello\n",
  "src/main.ts": { mode: "100755", content: "1\n" },
  "src/deep/only.txt": "x",
  link: { mode: "120000", content: "src" },
  outside: { mode: "120000", content: "../../../etc" },
  sub: { mode: "160000", content: submodule },
  "raw\u{10FEFF}": "r",
};
const base = repo.commit({ files });
const who = { message: "Change\n", author: ann, committer: bob };
const bytes = (text: string) => ({ bytes: Buffer.from(text) });
const commit = (changes: readonly FileChange[]) => commitChanges(repo, { base, changes, ...who });
const put = (path: string, text = "new\n"): FileChange => ({ kind: "put", path, content: bytes(text) });

async function problem(changes: readonly FileChange[]): Promise<string> {
  const error = await commit(changes).catch((reason: unknown) => reason);
  if (!(error instanceof EditRefused)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return error.problem;
}

test("changes land in one commit as a snapshot made by git would have them", async () => {
  const made = await commit([
    put("new/folder/file.txt"),
    put("src/main.ts", "2\n"),
    { kind: "move", from: "README.md", path: "docs/README.md", content: bytes("hello you\n") },
    { kind: "delete", path: "src/deep/only.txt" },
    { kind: "move", from: "raw\u{10FEFF}", path: "raw" },
    { kind: "mode", path: "new/folder/file.txt", mode: "100755" },
    { kind: "put", path: "lnk", mode: "120000", content: bytes("raw") },
  ]);
  const wanted = repo.commit({
    files: {
      "new/folder/file.txt": { mode: "100755", content: "new\n" },
      "src/main.ts": { mode: "100755", content: "2\n" },
      "docs/README.md": "hello you\n",
      raw: "r",
      lnk: { mode: "120000", content: "raw" },
      link: files["link"] ?? "",
      outside: files["outside"] ?? "",
      sub: files["sub"] ?? "",
    },
  });
  expect(repo.listing(made.commit)).toBe(repo.listing(wanted));
  expect(repo.text(["rev-parse", `${made.commit}^{tree}`, `${made.commit}^`])).toBe(`${made.tree}\n${base}`);
  expect(repo.text(["log", "-1", "--format=%an %ae %ad|%cn %ce %cd|%B", "--date=raw", made.commit])).toBe(
    "Ann Example ann@example.test 1700000000 +0200|Bob Example bob@example.test 1700000100 -0330|Change",
  );
  expect(repo.text(["fsck", "--strict", "--no-dangling", made.commit])).toBe("");
});

test("the first commit has no parent, and a repository can be emptied again", async () => {
  const first = await commitChanges(repo, { base: null, changes: [put("a/b")], ...who });
  expect(repo.text(["rev-list", "--count", first.commit])).toBe("1");
  const changes: FileChange[] = [{ kind: "delete", path: "a/b" }];
  const emptied = await commitChanges(repo, { base: first.commit, changes, ...who });
  expect(emptied.tree).toBe(emptyTreeId(base));
  expect(repo.listing(emptied.commit)).toBe("");
  const sha256 = new TestRepository({ objectFormat: "sha256" });
  const made = await commitChanges(sha256, {
    base: null,
    changes: [put("a")],
    objectFormat: "sha256",
    ...who,
  });
  expect(made.commit).toHaveLength(64);
  expect(sha256.text(["show", `${made.commit}:a`])).toBe("new");
  sha256.remove();
});

test("several folders at several depths are written at once", async () => {
  const names = ["1/2/3/4/5", "1/2/x", "1/y/z", "a/b/c", "a/d/c", "top"];
  const made = await commitChanges(repo, { base: null, changes: names.map((name) => put(name)), ...who });
  expect(repo.listing(made.commit)).toBe(
    repo.listing(repo.commit({ files: Object.fromEntries(names.map((n) => [n, "new\n"])) })),
  );
});

describe("what must not be written", () => {
  test("nothing goes through a link, below a file, or over a folder or submodule", async () => {
    expect(await problem([put("link/x")])).toBe("below-a-file");
    expect(await problem([put("outside/passwd")])).toBe("below-a-file");
    expect(await problem([put("link")])).toBe("is-a-link");
    expect(await problem([put("README.md/x")])).toBe("below-a-file");
    expect(await problem([put("sub/x")])).toBe("below-a-file");
    expect(await problem([put("sub")])).toBe("is-a-submodule");
    expect(await problem([put("src")])).toBe("is-a-folder");
    expect(await problem([{ kind: "move", from: "README.md", path: "link/x" }])).toBe("below-a-file");
    expect(await problem([{ kind: "move", from: "src", path: "x" }])).toBe("is-a-folder");
    expect(await problem([{ kind: "delete", path: "link/deep/only.txt" }])).toBe("missing");
    expect(await problem([{ kind: "mode", path: "link", mode: "100755" }])).toBe("is-a-link");
  });

  test("a link made and a file below it in the same commit is refused too", async () => {
    const link: FileChange = { kind: "put", path: "trap", mode: "120000", content: bytes("/etc") };
    expect(await problem([link, put("trap/passwd")])).toBe("below-a-file");
  });

  test.each([
    ["../x"],
    ["a/../../x"],
    ["/etc/passwd"],
    [""],
    ["."],
    ["a//b"],
    ["a/"],
    [".git"],
    [".git/config"],
    ["src/.GIT/hooks/x"],
    [".g\u200cit/config"],
    ["git~1/config"],
    [".git "],
    [".git."],
    [".git::$INDEX_ALLOCATION"],
    ["a\\..\\b"],
    ["nul\0"],
    ["line\nbreak"],
    ["C:x"],
    ["\ud800"],
    ["x".repeat(256)],
  ])("a file is not written at %j", async (path) => {
    expect(await problem([put(path)])).toBe("bad-path");
    expect(await problem([{ kind: "move", from: "README.md", path }])).toBe("bad-path");
  });

  test("what git reads itself is no link, and submodules cannot attack who clones", async () => {
    const link = (path: string): FileChange => ({ kind: "put", path, mode: "120000", content: bytes("x") });
    for (const name of [".gitmodules", "a/.gitattributes", ".gitignore"])
      expect(await problem([link(name)])).toBe("bad-path");
    const entry = (name: string, lines: string) => `[submodule "${name}"]\n\tpath = sub\n${lines}\n`;
    const good = entry("lib", "\turl = https://example.test/lib.git");
    await commit([put(".gitmodules", good)]);
    for (const bad of [
      entry("../../x", "\turl = https://example.test/x"),
      entry("x", "\turl = -u./payload"),
      entry("x", "\turl = ext::sh -c touch%20x"),
      entry("x", "\turl = https://example.test/%0ahost=evil"),
      entry("x", "\tupdate = !touch x"),
      entry("x", '\tpath = "sub\r"'),
      entry("x", '\turl = "https://example.test/\\nx"'),
      entry("x\r", "\turl = https://example.test/x"),
      "[submodule",
    ])
      expect(await problem([put(".gitmodules", bad)])).toBe("bad-content");
    const moved: FileChange = { kind: "move", from: "README.md", path: ".gitmodules" };
    expect(await problem([put("README.md", entry("x", "\turl = -x")), moved])).toBe("bad-content");
  });
});

test("a writer who saw another content is refused, and one who saw this one is not", async () => {
  const oid = repo.text(["rev-parse", `${base}:README.md`]);
  const other = "9".repeat(40);
  const update = (expected: string | null): FileChange => ({ ...put("README.md"), expected }) as FileChange;
  expect(await problem([update(other)])).toBe("changed");
  expect(await problem([update(null)])).toBe("exists");
  await commit([update(oid)]);
  await commit([{ ...put("brand-new"), expected: null } as FileChange]);
  expect(await problem([{ ...put("brand-new"), expected: oid } as FileChange])).toBe("missing");
  expect(await problem([{ kind: "delete", path: "README.md", expected: other }])).toBe("changed");
  expect(await problem([{ kind: "delete", path: "none" }])).toBe("missing");
  expect(await problem([{ kind: "move", from: "README.md", path: "src/main.ts" }])).toBe("exists");
});

test("a content named by id must be a blob of this repository", async () => {
  const oid = repo.text(["rev-parse", `${base}:README.md`]);
  const made = await commit([{ kind: "put", path: "copy", content: { oid } }]);
  expect(repo.text(["rev-parse", `${made.commit}:copy`])).toBe(oid);
  for (const bad of ["9".repeat(40), base])
    await expect(commit([{ kind: "put", path: "copy", content: { oid: bad } }])).rejects.toThrow(
      MissingObject,
    );
  await expect(commitChanges(repo, { base: "9".repeat(40), changes: [], ...who })).rejects.toThrow(
    MissingObject,
  );
});
