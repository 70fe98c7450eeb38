import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grep, InvalidPattern, matchRanges, type GrepRequest } from "./grep.ts";
import { patternProblem } from "./grep-pattern.ts";
import { decodePath } from "./paths.ts";
import { TestRepository, type Snapshot } from "./test-repository.ts";
import { rootTree } from "./trees.ts";

let repo: TestRepository;

beforeAll(() => {
  repo = new TestRepository();
});
afterAll(() => repo.remove());

async function found(files: Snapshot, pattern: string, more: Partial<GrepRequest> = {}) {
  const object = await rootTree(repo, repo.commit({ files }));
  const options = { regex: false, matchCase: false, wholeWord: false, skip: 0, files: 10, lines: 10 };
  return grep(repo, { object, pattern, ...options, ...more });
}

const told = (result: Awaited<ReturnType<typeof grep>>) =>
  result.files.map(({ path, lines }) => `${path}:${lines.map(({ line }) => line).join(",")}`);

const files: Snapshot = {
  "a.txt": "one\nTwo (two)\nthree\n",
  "b/two.txt": "twofold\n",
  "binary.dat": { content: Buffer.from("two\0two\n") },
  link: { mode: "120000", content: "two" },
};

describe("what is found", () => {
  test("a text is found as it stands, in any case unless told, as a part or a whole word", async () => {
    expect(told(await found(files, "two"))).toEqual(["a.txt:2", "b/two.txt:1"]);
    expect(told(await found(files, "(two)"))).toEqual(["a.txt:2"]);
    expect(told(await found(files, "Two", { matchCase: true }))).toEqual(["a.txt:2"]);
    expect(told(await found(files, "two", { wholeWord: true }))).toEqual(["a.txt:2"]);
    expect(told(await found({ "a.txt": "x --and y\n" }, "--and"))).toEqual(["a.txt:1"]);
    expect(await found(files, "nothing")).toEqual({ files: [], more: false, timedOut: false });
  });

  test("an expression is one of POSIX, and each match of a line is told", async () => {
    const {
      files: [file],
    } = await found(files, "[Tt]wo|one", { regex: true });
    expect(file?.lines.map(({ line, start, matches }) => [line, start, matches.length])).toEqual([
      [1, 0, 1],
      [2, 0, 2],
    ]);
  });

  test("matches are placed in their line, also behind others and beside parts of words", async () => {
    const line = "a two twofold two, two";
    for (const [wholeWord, starts] of [
      [false, [2, 6, 14, 19]],
      [true, [2, 14, 19]],
    ] as const) {
      const {
        files: [file],
      } = await found({ "a.txt": `${line}\n` }, "two", { wholeWord });
      const [match] = file?.lines ?? [];
      if (!match) throw new Error("nothing found");
      expect(matchRanges(Buffer.from(line), match, wholeWord).map(([from]) => from)).toEqual(starts);
    }
  });

  test("names and lines that are not UTF-8, and names with colons and newlines, come through", async () => {
    const odd = decodePath(Buffer.from("caf\xe9:\n.txt", "latin1"));
    const result = await found({ [odd]: { content: Buffer.from("\xe9\xe8 two\n", "latin1") } }, "two");
    expect(result.files[0]?.path).toBe(odd);
    expect(result.files[0]?.lines[0]).toMatchObject({ line: 1, start: 3 });
  });

  test("files are told page by page, and lines up to a number, each saying that there are more", async () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`f${index}`, "x\nx\nx\n"]));
    const first = await found(many, "x", { files: 2, lines: 2 });
    expect(told(first)).toEqual(["f0:1,2", "f1:1,2"]);
    expect(first).toMatchObject({ more: true, files: [{ more: true }, { more: true }] });
    const last = await found(many, "x", { files: 2, lines: 3, skip: 4 });
    expect(told(last)).toEqual(["f4:1,2,3"]);
    expect(last).toMatchObject({ more: false, files: [{ more: false }] });
  });

  test("a line of millions of matches is told in part", async () => {
    const result = await found({ "long.js": "x".repeat(3_000_000) }, "x", { lines: 1 });
    expect(result.files[0]?.lines[0]?.matches.length).toBe(50);
  });
});

describe("what a hostile pattern cannot do", () => {
  test("an expression that does not come to an end is cut off at the deadline, without an error", async () => {
    const lines = Array.from({ length: 40 }, (_, index) => "ab".repeat(20_000) + index).join("\n");
    const started = Date.now();
    const result = await found({ "0.txt": "abc\n", "ab.txt": lines }, "(a|b)*a(a|b){20}c|abc", {
      regex: true,
      deadline: 700,
    });
    expect(result.timedOut).toBe(true);
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  test("what cannot be compiled says why", async () => {
    await expect(found(files, "two(", { regex: true })).rejects.toThrow(InvalidPattern);
    await expect(found(files, "two(", { regex: true })).rejects.toThrow(/Unmatched/);
  });

  test("references back, endless repetitions, several lines and long texts are refused before git sees them", () => {
    for (const pattern of [
      "(a*)\\1",
      "(((a{1,100}){1,100}){1,100})",
      "(a?b?){1000}",
      "a{,900}{9}",
      "[x{5000}",
    ])
      expect(patternProblem(pattern, true), pattern).not.toBeNull();
    for (const pattern of ["", "a\nb", "a\0b", "x".repeat(257)])
      expect(patternProblem(pattern, false), pattern).not.toBeNull();
    for (const pattern of ["[a-z]{2,8}\\.", "\\{\\{[^}]*", "a\\\\1", "(a|b)+c?"])
      expect(patternProblem(pattern, true), pattern).toBeNull();
    expect(patternProblem("(a*)\\1{9000}", false)).toBeNull();
  });
});
