import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { decodeText, lfsPointer, readBlob } from "./blobs.ts";
import { ContentCache } from "./cache.ts";
import { MissingObject } from "./objects.ts";
import { emptyTreeId } from "./object-ids.ts";
import { decodePath, displayPath, encodePath, hasRawBytes, segments } from "./paths.ts";
import { TestRepository } from "./test-repository.ts";
import { listTree, pathEntry, readTree, treeAt } from "./trees.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

describe("paths", () => {
  test("any bytes become well-formed text that no other bytes become, and come back", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: "binary" }).map((text) => new Uint8Array(Buffer.from(text.toWellFormed()))),
      fc
        .constantFrom("\u{10FEFF}", "\uFEFFa", "\u{10FEFE}\xff")
        .map((text) => new Uint8Array(Buffer.from(text))),
    );
    fc.assert(
      fc.property(bytes, (name) => {
        const path = decodePath(name);
        expect(path.isWellFormed()).toBe(true);
        expect(decodeURIComponent(encodeURIComponent(path))).toBe(path);
        expect(new Uint8Array(encodePath(path))).toEqual(name);
      }),
      { numRuns: 500 },
    );
  });

  test("ordinary text is left alone, and odd bytes are shown as git shows them", () => {
    const text = "src/ümläut 日本.ts";
    expect(decodePath(Buffer.from(text))).toBe(text);
    expect(hasRawBytes(text)).toBe(false);
    expect(displayPath(decodePath(Buffer.from("caf\xe9", "latin1")))).toBe("caf\\351");
  });

  test("only clean relative paths have segments", () => {
    expect(segments("")).toEqual([]);
    expect(segments("a/b c/.d")).toEqual(["a", "b c", ".d"]);
    for (const path of ["/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\0b"])
      expect(segments(path)).toBeNull();
  });
});

describe("trees", () => {
  const submodule = "abcdef".padEnd(40, "1");
  const odd = "caf\u{10FEE9}";

  test("a folder tells files, programs, links, folders and submodules, in git's order, with sizes", async () => {
    const commit = repo.commit({
      files: {
        "a-b": "12345",
        "a/inner": "1",
        "a.c": { mode: "100755", content: "#!" },
        link: { mode: "120000", content: "../../etc/passwd" },
        sub: { mode: "160000", content: submodule },
        [odd]: "raw",
      },
    });
    const folder = await treeAt(repo, commit, "");
    expect(folder?.entries.map(({ name, kind, mode, size }) => [name, kind, mode, size])).toEqual([
      ["a-b", "file", "100644", 5],
      ["a.c", "executable", "100755", 2],
      ["a", "directory", "040000", null],
      [odd, "file", "100644", 3],
      ["link", "symlink", "120000", 16],
      ["sub", "submodule", "160000", null],
    ]);
    expect(await pathEntry(repo, commit, odd)).toMatchObject({ path: odd, kind: "file" });
    expect(await pathEntry(repo, commit, "a/inner")).toMatchObject({ name: "inner" });
    expect(await pathEntry(repo, commit, "")).toMatchObject({ kind: "directory" });
    expect(await pathEntry(repo, commit, "sub")).toMatchObject({ kind: "submodule", oid: submodule });
    for (const path of ["none", "a/none", "link/x", "a-b/x", "sub/x", "../a-b", "/a-b", "a/", "a//inner"])
      expect(await pathEntry(repo, commit, path)).toBeNull();
    expect(await treeAt(repo, commit, "a-b")).toBeNull();
    const all = await listTree(repo, commit, { folders: true });
    expect(all.entries.map(({ path }) => path)).toEqual(["a-b", "a.c", "a", "a/inner", odd, "link", "sub"]);
    expect(await listTree(repo, commit, { limit: 2 })).toMatchObject({ truncated: true });
  });

  test("a folder of ten thousand files is read in full", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`file-${index}`, `${index}`]),
    );
    const commit = repo.commit({ files });
    const folder = await treeAt(repo, commit, "");
    expect(folder?.entries).toHaveLength(10_000);
    expect(folder?.entries.every(({ name, size }) => size === name.length - "file-".length)).toBe(true);
  });

  test("an empty commit has an empty folder, and an unknown one is named", async () => {
    const commit = repo.commit({ files: {} });
    expect(await treeAt(repo, commit, "")).toEqual({ oid: emptyTreeId(commit), entries: [] });
    await expect(treeAt(repo, "7".repeat(40), "")).rejects.toThrow(MissingObject);
    await expect(readTree(repo, commit)).rejects.toThrow(MissingObject);
  });
});

describe("files", () => {
  const read = async (content: string | Uint8Array, maxBytes?: number) => {
    const oid = repo.text(["hash-object", "-w", "--stdin"], content);
    return readBlob(repo, oid, maxBytes === undefined ? {} : { maxBytes });
  };

  test("text, Latin-1, UTF-16 and binary files are told apart", async () => {
    expect(await read("é\nx")).toMatchObject({ binary: false, encoding: "utf-8", text: "é\nx", lines: 2 });
    expect(await read("\uFEFFa\n")).toMatchObject({ encoding: "utf-8", text: "a\n", lines: 1 });
    expect(await read(Buffer.from("gr\xfcn\n", "latin1"))).toMatchObject({
      encoding: "latin1",
      text: "grün\n",
    });
    expect(await read(Buffer.from("\uFEFFü", "utf16le"))).toMatchObject({ encoding: "utf-16le", text: "ü" });
    expect(await read("a\0b")).toMatchObject({ binary: true, encoding: null, text: null, lines: 0 });
    expect(await read("")).toMatchObject({ binary: false, text: "", lines: 0, size: 0 });
  });

  test("a file over the limit is cut between characters and says so", async () => {
    expect(await read("ab€cd", 4)).toMatchObject({ truncated: true, text: "ab", encoding: "utf-8", size: 7 });
    expect(await read("ab€cd", 5)).toMatchObject({ truncated: true, text: "ab€", encoding: "utf-8" });
    expect(decodeText(Buffer.from([0x61, 0xe2, 0x82]))).toMatchObject({ encoding: "latin1" });
  });

  test("an LFS pointer is recognised, and a text about one is not", async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"a".repeat(64)}\nsize 12345\n`;
    expect((await read(pointer)).lfs).toEqual({ oid: "a".repeat(64), size: 12345 });
    expect(lfsPointer(Buffer.from(`see: ${pointer}`))).toBeNull();
  });
});

describe("the cache", () => {
  test("never holds more bytes than its bound and forgets what was used longest ago", () => {
    const cache = new ContentCache<number>(1000);
    for (let key = 0; key < 10; key += 1) cache.set(`${key}`, key, 100);
    expect(cache.get("0")).toBe(0);
    cache.set("new", 1, 100);
    expect([cache.get("0"), cache.get("1"), cache.bytes]).toEqual([0, undefined, 1000]);
    cache.set("huge", 1, 900);
    expect(cache.get("huge")).toBeUndefined();
  });

  test("loads once for all who wait, and forgets a failure", async () => {
    const cache = new ContentCache<string>(1_000_000);
    let loads = 0;
    const load = async () => {
      loads += 1;
      if (loads === 1) throw new Error("first");
      return "value";
    };
    await expect(cache.load("key", load, () => 1)).rejects.toThrow("first");
    const both = await Promise.all([cache.load("key", load, () => 1), cache.load("key", load, () => 1)]);
    expect([both, loads]).toEqual([["value", "value"], 2]);
  });
});
