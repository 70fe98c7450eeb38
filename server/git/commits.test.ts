import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { aheadBehind, isAncestor, mergeBase } from "./ancestry.ts";
import { parseCommit, parseSignature, subjectOf } from "./commit-objects.ts";
import { commitsBetween, countCommits, listCommits, readCommit, readCommits } from "./commits.ts";
import { MissingObject } from "./objects.ts";
import { UnspeakablePath } from "./paths.ts";
import { histories, makeHistory, runs } from "./test-histories.ts";
import { ann, bob, TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());
const ids = (page: { readonly commits: readonly { readonly oid: string }[] }) =>
  page.commits.map(({ oid }) => oid);

describe("lists", () => {
  test("a history, whole, by path and by page, is that of `git log`", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.constantFrom("", "a.txt", "src", "raw\u{10FEFF}.txt"),
        async (history, path) => {
          const { head } = makeHistory(repo, history);
          const limit = path === "" ? [] : ["--", path.includes("raw") ? "raw*.txt" : path];
          const real = repo
            .text(["log", "--format=%H", head, ...limit])
            .split("\n")
            .filter(Boolean);
          const filter = { from: head, ...(path ? { path } : {}) };
          expect(ids(await listCommits(repo, { ...filter, limit: 1000 }))).toEqual(real);
          expect(await countCommits(repo, filter)).toBe(real.length);
          const page = await listCommits(repo, { ...filter, skip: 1, limit: 2 });
          expect([ids(page), page.more]).toEqual([real.slice(1, 3), real.length > 3]);
        },
      ),
      runs(20),
    );
  }, 60_000);

  test("commits of a branch come oldest first, and ancestry is that of git", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { base, head, all } = makeHistory(repo, history);
        const real = repo
          .text(["rev-list", "--topo-order", "--reverse", `${base}..${head}`])
          .split("\n")
          .filter(Boolean);
        const between = await commitsBetween(repo, base, head);
        expect([ids(between), between.total]).toEqual([real, real.length]);
        expect(await mergeBase(repo, base, head)).toBe(repo.text(["merge-base", base, head]));
        expect(await isAncestor(repo, all[0] ?? "", head)).toBe(true);
        expect(await isAncestor(repo, head, base)).toBe(head === base);
        expect((await aheadBehind(repo, base, head)).ahead).toBe(real.length);
      }),
      runs(10),
    );
  }, 60_000);

  test("authors and dates select commits; a text is a text and no pattern", async () => {
    const list = [
      { files: { a: "1" }, author: { ...ann, name: "Ann (a.b*)" } },
      { parents: [":1"], files: { a: "2" }, author: bob },
      { parents: [":2"], files: { a: "3" }, author: { ...ann, name: "Anna", email: "x@ann.test" } },
    ];
    const [first = "", second = "", third = ""] = repo.commits(list);
    const by = async (...authors: string[]) => ids(await listCommits(repo, { from: third, authors }));
    expect(await by("a.b*")).toEqual([first]);
    expect(await by("BOB@example")).toEqual([second]);
    expect(await by("Ann", "Bob")).toEqual([third, second, first]);
    expect(await by("--all")).toEqual([]);
    const at = new Date(((await readCommit(repo, second))?.committer.time ?? 0) * 1000);
    expect(ids(await listCommits(repo, { from: third, since: at }))).toEqual([third, second]);
    expect(ids(await listCommits(repo, { from: third, until: at }))).toEqual([second, first]);
    expect(ids(await listCommits(repo, { from: third, exclude: [second] }))).toEqual([third]);
    expect(await commitsBetween(repo, first, third, { limit: 1 })).toMatchObject({
      total: 2,
      commits: [{ oid: third }],
    });
  });

  test("paths that look like options or patterns are paths", async () => {
    const commit = repo.commit({ files: { "--all": "1", "a*": "2", ":!x": "3", "new\nline": "4" } });
    for (const path of ["--all", "a*", ":!x", "new\nline"])
      expect(ids(await listCommits(repo, { from: commit, path }))).toEqual([commit]);
    expect(ids(await listCommits(repo, { from: commit, path: "*" }))).toEqual([]);
    await expect(listCommits(repo, { from: commit, path: "\u{10FEFF}\n" })).rejects.toThrow(UnspeakablePath);
    await expect(listCommits(repo, { from: "HEAD" })).rejects.toThrow(TypeError);
  });
});

describe("commit objects", () => {
  const parse = (text: string) => parseCommit("0".repeat(40), Buffer.from(text, "latin1"));

  test("a signed commit gives its signature, its headers and its message", () => {
    const commit = parse(
      `tree ${"a".repeat(40)}\nparent ${"b".repeat(40)}\nparent ${"c".repeat(40)}\n` +
        "author A U Thor <a@b> 1700000000 -0130\ncommitter C <> 1700000001 +0000\n" +
        "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\nencoding ISO-8859-1\n" +
        "\nSubject\nwrapped\n\nBod\xff\n",
    );
    expect(commit).toMatchObject({
      tree: "a".repeat(40),
      parents: ["b".repeat(40), "c".repeat(40)],
      author: { name: "A U Thor", email: "a@b", time: 1_700_000_000, zone: "-0130" },
      committer: { name: "C", email: "" },
      message: "Subject\nwrapped\n\nBodÿ\n",
      subject: "Subject wrapped",
      signature: "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----",
    });
  });

  test("nothing that can be pushed breaks the reading of a commit", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(parseCommit("1".repeat(40), Buffer.from(bytes)).parents).toEqual([]);
      }),
    );
    expect(parseSignature("no brackets")).toMatchObject({ name: "no brackets", email: "" });
    expect(parseSignature("A <a@b>> 12 +0100")).toMatchObject({ email: "a@b", time: 12, zone: "+0100" });
    expect(parseSignature("A <a> 99999999999999999999 +0000").time).toBe(0);
    expect(subjectOf("\n\n  \nfirst\nsecond\n \nthird")).toBe("first second");
  });

  test("commits are read in the order asked, and a missing one is named", async () => {
    const [one = "", two = ""] = repo.commits([
      { files: { a: "1" }, message: "1" },
      { files: { a: "2" }, message: "2" },
    ]);
    expect((await readCommits(repo, [two, one, two])).map(({ message }) => message)).toEqual(["2", "1", "2"]);
    expect(await readCommit(repo, "8".repeat(40))).toBeNull();
    expect(await readCommit(repo, "main")).toBeNull();
    await expect(readCommits(repo, [one, "8".repeat(40)])).rejects.toThrow(MissingObject);
  });
});
