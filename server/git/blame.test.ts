import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { blame } from "./blame.ts";
import { languageStatistics } from "./languages.ts";
import { MissingObject } from "./objects.ts";
import { commitsPassedOver } from "./passed-over.ts";
import { UnspeakablePath } from "./paths.ts";
import { TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

describe("blame", () => {
  const [one = "", two = "", three = ""] = repo.commits([
    { files: { "o ld": "a\nb\nc\nd\ne\nf\n", empty: "" } },
    { parents: [":1"], files: { 'ne"w': "a\nb\nX\nd\ne\nf\n", empty: "" } },
    {
      parents: [":2"],
      files: { 'ne"w': "a\nb\nX\nd\ne\nf\nlast", "raw\u{10FEFF}": "x", empty: "", dir: "x" },
    },
  ]);

  test("every line has its commit, also across a rename", async () => {
    const { ranges, truncated } = await blame(repo, three, 'ne"w');
    const short = ranges.map((range) => {
      return [range.start, range.count, range.oid, range.originalPath, range.originalStart];
    });
    expect(short).toEqual([
      [1, 2, one, "o ld", 1],
      [3, 1, two, 'ne"w', 3],
      [4, 3, one, "o ld", 4],
      [7, 1, three, 'ne"w', 7],
    ]);
    expect(truncated).toBe(false);
    expect(ranges[1]?.previous).toEqual({ commit: one, path: "o ld" });
    expect(ranges[0]?.previous).toBeNull();
  });

  test("a long file is cut at the limit and says so", async () => {
    const { ranges, truncated } = await blame(repo, three, 'ne"w', { maxLines: 4 });
    expect([ranges.length, ranges.at(-1)?.count, truncated]).toEqual([3, 1, true]);
  });

  test("an empty file has no lines; what is no file is missing; a name that is not UTF-8 is refused", async () => {
    expect(await blame(repo, three, "empty")).toEqual({ ranges: [], commits: [], truncated: false });
    for (const path of ["none", "", "--contents=/etc/passwd"])
      await expect(blame(repo, three, path)).rejects.toThrow(MissingObject);
    await expect(blame(repo, three, "raw\u{10FEFF}")).rejects.toThrow(UnspeakablePath);
    await expect(blame(repo, "HEAD", "empty")).rejects.toThrow(TypeError);
  });
});

describe("commits to pass over", () => {
  const body = (word: string) => ["a", "b", "c", "d", "e"].map((name) => `${name} = ${word}\n`).join("");
  const [made = "", formatted = "", later = ""] = repo.commits([
    { files: { f: body("one") } },
    { parents: [":1"], files: { f: body("one").replaceAll(" = ", "=") } },
    {
      parents: [":2"],
      files: { f: `${body("one").replaceAll(" = ", "=").replace("c=one", "c=two")}g=new\n` },
    },
  ]);
  const short = async (passOver: readonly string[]) =>
    (await blame(repo, later, "f", { passOver })).ranges.map(({ start, count, oid, passedOver }) => [
      start,
      count,
      oid,
      passedOver,
    ]);

  test("their lines fall to the commit before them and say so; other lines stay as they are", async () => {
    expect(await short([])).toEqual([
      [1, 2, formatted, false],
      [3, 1, later, false],
      [4, 2, formatted, false],
      [6, 1, later, false],
    ]);
    expect(await short([formatted])).toEqual([
      [1, 2, made, true],
      [3, 1, later, false],
      [4, 2, made, true],
      [6, 1, later, false],
    ]);
  });

  test("every other line of twenty thousand passed over keeps nobody waiting", async () => {
    const lines = (end: string) =>
      Array.from({ length: 20_000 }, (_, line) => `line ${line}${line % 2 === 0 ? end : ""}\n`).join("");
    const first = repo.commit({ files: { many: lines("") } });
    const second = repo.commit({ parents: [first], files: { many: lines(" ") } });
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const { ranges } = await blame(repo, second, "many", { passOver: [second] });
    await setImmediate();
    delay.disable();
    expect(ranges.length).toBe(20_000);
    expect(ranges.filter(({ passedOver }) => passedOver).length).toBe(10_000);
    expect(delay.max / 1e6).toBeLessThan(2_000);
  });

  test("a file of names is read with comments and without what is no commit here", async () => {
    const named = `# all at once\n${formatted.toUpperCase()}  # here\n\n${"0".repeat(40)}\nHEAD\n--output=x\n${formatted}\n`;
    const tip = repo.commit({ parents: [later], files: { f: "x", ".git-blame-ignore-revs": named } });
    expect(await commitsPassedOver(repo, tip)).toEqual([formatted]);
    expect(await commitsPassedOver(repo, later)).toBeNull();
    const bytes = repo.commit({
      files: { ".git-blame-ignore-revs": { content: Buffer.from([0, 255, 10, 0]) } },
    });
    expect(await commitsPassedOver(repo, bytes)).toEqual([]);
    const folder = repo.commit({ files: { ".git-blame-ignore-revs/x": formatted } });
    expect(await commitsPassedOver(repo, folder)).toBeNull();
  });
});

describe("languages", () => {
  const shares = async (files: Record<string, string | { mode: "100755"; content: string }>) => {
    const { languages } = await languageStatistics(repo, repo.commit({ files }));
    return Object.fromEntries(languages.map(({ name, bytes }) => [name, bytes]));
  };

  test("programs and markup count, under the name of their group; data, prose and foreign files do not", async () => {
    const counted = await shares({
      "src/a.ts": "x".repeat(50),
      "src/b.tsx": "x".repeat(20),
      "web/style.css": "x".repeat(30),
      Makefile: "x",
      "a.json": "x".repeat(500),
      "README.md": "x".repeat(500),
      "node_modules/x/index.js": "x".repeat(500),
      "web/jquery.min.js": "x".repeat(500),
      "docs/conf.py": "x".repeat(500),
      "api/client.pb.go": "x".repeat(500),
      "bin/tool": { mode: "100755", content: "#!/usr/bin/env -S python3 -u\n" },
    });
    expect(counted).toEqual({ TypeScript: 70, CSS: 30, Makefile: 1, Python: 29 });
  });

  test("the attributes of the repository have the last word", async () => {
    const counted = await shares({
      ".gitattributes":
        "lib/** linguist-vendored\nvendor/** -linguist-vendored\n*.inc linguist-language=PHP\n*.sql linguist-detectable\n",
      "lib/a.rb": "x".repeat(10),
      "vendor/b.rb": "x".repeat(20),
      "c.inc": "x".repeat(30),
      "d.sql": "x".repeat(40),
    });
    expect(counted).toEqual({ SQL: 40, PHP: 30, Ruby: 20 });
  });

  test("a header is C++ where there is C++", async () => {
    expect(await shares({ "a.h": "xx" })).toEqual({ C: 2 });
    expect(await shares({ "a.h": "xx", "a.cpp": "xxx" })).toEqual({ "C++": 5 });
  });
});
