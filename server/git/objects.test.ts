import { chmodSync, truncateSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { ObjectPool, ObjectReaderClosed } from "./object-pool.ts";
import {
  MissingObject,
  ObjectTooLarge,
  objectInfo,
  objectInfos,
  readObject,
  readObjects,
  readTyped,
  streamBlob,
} from "./objects.ts";
import { GitError } from "./process.ts";
import { isPlainRevision, resolveCommit, resolveRefAndPath, resolveRevision } from "./revisions.ts";
import { TestRepository } from "./test-repository.ts";

const made: TestRepository[] = [];
function repository(options?: { readonly objectFormat?: "sha1" | "sha256" }): TestRepository {
  const repo = new TestRepository(options);
  made.push(repo);
  return repo;
}
afterAll(() => made.forEach((repo) => repo.remove()));

const blobs = (repo: TestRepository, contents: readonly string[]) =>
  contents.map((content) => repo.text(["hash-object", "-w", "--stdin"], content));

describe("reading objects", () => {
  test("objects of every size come back whole and in order, asked one by one or together", async () => {
    const repo = repository();
    const contents = ["", "\n", "x", "line\n".repeat(50_000), "\0\n\0", "y".repeat(300_001)];
    const oids = blobs(repo, contents);
    const asked = [...oids, ...oids.toReversed()];
    const together = await readObjects(repo, asked);
    expect(together.map((answer) => answer?.data.toString())).toEqual([
      ...contents,
      ...contents.toReversed(),
    ]);
    const alone = await Promise.all(asked.map((oid) => readObject(repo, oid)));
    expect(alone.map((answer) => answer?.size)).toEqual(
      [...contents, ...contents.toReversed()].map((c) => c.length),
    );
    expect((await objectInfos(repo, asked)).map((info) => info?.type)).toEqual(asked.map(() => "blob"));
  });

  test("an id without an object is null, a wrong type is named, and an id that is none is refused", async () => {
    const repo = repository();
    const [oid = ""] = blobs(repo, ["x"]);
    expect(await readObject(repo, "3".repeat(40))).toBeNull();
    expect(await objectInfo(repo, "HEAD")).toBeNull();
    await expect(readTyped(repo, oid, "commit")).rejects.toThrow(MissingObject);
    for (const bad of ["HEAD", "-x", `${oid}\n${oid}`, "", oid.slice(0, 10)])
      await expect(readObject(repo, bad)).rejects.toThrow(TypeError);
  });

  test("an object over the limit is refused or cut, and the next one is read in full", async () => {
    const repo = repository();
    const [large = "", small = ""] = blobs(repo, ["z".repeat(2_000_000), "small"]);
    const [refused, next] = await Promise.allSettled([
      readObject(repo, large, { maxBytes: 1000 }),
      readObject(repo, small),
    ]);
    expect(refused).toMatchObject({ status: "rejected", reason: expect.any(ObjectTooLarge) });
    expect(next).toMatchObject({ value: { data: Buffer.from("small") } });
    const cut = await readObject(repo, large, { maxBytes: 1000, truncate: true });
    expect([cut?.size, cut?.data.length]).toEqual([2_000_000, 1000]);
    const chunks = [];
    for await (const chunk of streamBlob(repo, large)) chunks.push(chunk);
    expect(Buffer.concat(chunks)).toHaveLength(2_000_000);
  });

  test("a repository that is repacked under an open reader goes on answering", async () => {
    const repo = repository();
    const before = blobs(repo, ["one", "two"]);
    repo.commit({ files: { a: "one", b: "two" }, branch: "main" });
    await readObjects(repo, before);
    repo.git(["repack", "-adq"]);
    repo.git(["prune-packed", "-q"]);
    const [after = ""] = blobs(repo, ["three"]);
    const answers = await readObjects(repo, [...before, after]);
    expect(answers.map((answer) => answer?.data.toString())).toEqual(["one", "two", "three"]);
    repo.commit({ files: { a: "one", b: "two", c: "four" }, branch: "main" });
    repo.git(["repack", "-adq"]);
    expect((await readObjects(repo, before)).map((answer) => answer?.data.toString())).toEqual([
      "one",
      "two",
    ]);
  });

  test("a broken object fails its own reader only", async () => {
    const repo = repository();
    const long = Array.from({ length: 100_000 }, (_, line) => `${line}\n`).join("");
    const [good = "", bad = "", other = ""] = blobs(repo, ["good", long, "other"]);
    const file = path.join(repo.dir, "objects", bad.slice(0, 2), bad.slice(2));
    chmodSync(file, 0o644);
    truncateSync(file, 500);
    const answers = await Promise.allSettled(
      [good, bad, other, bad, good].map((oid) => readObject(repo, oid)),
    );
    expect(answers).toMatchObject([
      { value: { data: Buffer.from("good") } },
      { reason: expect.any(GitError) },
      { value: { data: Buffer.from("other") } },
      { reason: expect.any(GitError) },
      { value: { data: Buffer.from("good") } },
    ]);
  });

  test("a folder that is no repository is an error, at once", async () => {
    await expect(readObject({ dir: "/nonexistent/repository" }, "4".repeat(40))).rejects.toThrow();
    await expect(readObject({ dir: "/tmp" }, "4".repeat(40))).rejects.toThrow(GitError);
  });
});

describe("the pool", () => {
  let pool: ObjectPool | undefined;
  afterEach(() => pool?.close());

  test("never runs more processes than its bound, and answers all repositories", async () => {
    pool = new ObjectPool({ total: 2, perRepository: 2, idle: 60_000 });
    const repos = Array.from({ length: 5 }, () => repository());
    const oids = repos.map((repo, index) => blobs(repo, [`content ${index}`])[0] ?? "");
    let most = 0;
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, turn) => {
        const at = turn % repos.length;
        const ask = { command: "contents", name: oids[at] ?? "", keep: 100 } as const;
        const [answer] = (await pool?.ask(repos[at]?.dir ?? "", [ask])) ?? [];
        most = Math.max(most, pool?.alive ?? 0);
        return answer?.data.toString();
      }),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, turn) => `content ${turn % repos.length}`));
    expect(most).toBeLessThanOrEqual(2);
  });

  test("fails what a deleted repository was asked, and starts afresh for one made in its place", async () => {
    pool = new ObjectPool({ total: 2, perRepository: 1, idle: 60_000 });
    const repo = repository();
    const [oid = ""] = blobs(repo, ["x".repeat(5_000_000)]);
    const ask = { command: "contents", name: oid, keep: 10 } as const;
    const asked = pool.ask(repo.dir, [ask, ask, ask]);
    pool.release(repo.dir);
    await expect(asked).rejects.toThrow(ObjectReaderClosed);
    expect((await pool.ask(repo.dir, [ask]))[0]?.size).toBe(5_000_000);
  });

  test("ends a reader nobody uses", async () => {
    pool = new ObjectPool({ total: 2, perRepository: 1, idle: 20 });
    const repo = repository();
    await pool.ask(repo.dir, [{ command: "info", name: "5".repeat(40), keep: 0 }]);
    await expect.poll(() => pool?.alive, { timeout: 5000, interval: 10 }).toBe(0);
  });
});

describe("revisions", () => {
  test("a branch wins over a tag, tags are peeled, ids may be short, and the rest is null", async () => {
    const repo = repository();
    const [one = "", two = ""] = repo.commits([
      { files: { a: "1" }, branch: "main" },
      { files: { a: "2" }, branch: "both" },
    ]);
    repo.git(["tag", "both", one]);
    repo.git(["tag", "-a", "-m", "notes", "v1", one]);
    repo.git(["tag", "blob", repo.text(["rev-parse", `${one}:a`])]);
    repo.git(["update-ref", "refs/pull/7/head", two]);
    repo.git(["update-ref", "refs/wit/hidden", two]);
    repo.git(["update-ref", `refs/heads/x-g${two.slice(0, 7)}`, one]);
    expect(await resolveRevision(repo, "both")).toEqual({ kind: "branch", name: "both", commit: two });
    expect(await resolveRevision(repo, "tags/both")).toEqual({ kind: "tag", name: "both", commit: one });
    expect(await resolveRevision(repo, "refs/heads/both")).toMatchObject({ kind: "branch", commit: two });
    expect(await resolveRevision(repo, "v1")).toEqual({ kind: "tag", name: "v1", commit: one });
    expect(await resolveRevision(repo, "refs/pull/7/head")).toMatchObject({ kind: "other", commit: two });
    expect(await resolveRevision(repo, "HEAD")).toEqual({ kind: "branch", name: "main", commit: one });
    for (const length of [40, 12, 7]) expect(await resolveCommit(repo, two.slice(0, length))).toBe(two);
    expect(await resolveCommit(repo, two.slice(0, 10).toUpperCase())).toBe(two);
    expect(await resolveCommit(repo, `x-g${two.slice(0, 7)}`)).toBe(one);
    expect(await resolveCommit(repo, `y-g${two.slice(0, 7)}`)).toBeNull();
    for (const name of ["blob", "none", "refs/wit/hidden", "refs/heads", "6".repeat(40), one.slice(0, 3), ""])
      expect(await resolveCommit(repo, name)).toBeNull();
  });

  test("expressions, options, control characters and ranges are no revisions", async () => {
    const repo = repository();
    repo.commit({ files: { a: "1" }, branch: "main" });
    const bad = [
      "--help",
      "-",
      "main^",
      "main~1",
      "main..main",
      "main@{0}",
      "@",
      ":a",
      "main:a",
      "^main",
      "ma in",
      "a\0b",
      "a\nb",
    ];
    for (const text of [...bad, "/main", "main/", "ma*n", "a//b", "main.", "[a]", "\\"]) {
      expect(isPlainRevision(text)).toBe(false);
      expect(await resolveRevision(repo, text)).toBeNull();
    }
  });

  test("the end of a URL splits at the longest branch or tag", async () => {
    const repo = repository();
    const [one = "", two = ""] = repo.commits([
      { files: { a: "1" }, branch: "feature/x" },
      { files: { a: "2" }, branch: "main" },
    ]);
    repo.git(["tag", "feature/x/y", two]);
    expect(await resolveRefAndPath(repo, "feature/x/src/a.ts")).toEqual({
      kind: "branch",
      name: "feature/x",
      commit: one,
      path: "src/a.ts",
    });
    expect(await resolveRefAndPath(repo, "feature/x/y/z")).toMatchObject({ name: "feature/x/y", path: "z" });
    expect(await resolveRefAndPath(repo, "feature/x/")).toMatchObject({ name: "feature/x", path: "" });
    expect(await resolveRefAndPath(repo, `${one.slice(0, 8)}/a/b`)).toMatchObject({
      commit: one,
      path: "a/b",
    });
    expect(await resolveRefAndPath(repo, "feature/x/y/z", new Set(["refs/heads/feature/x"]))).toMatchObject({
      name: "feature/x",
      path: "y/z",
    });
    expect(await resolveRefAndPath(repo, "none/at/all")).toBeNull();
  });

  test("a whole ref name leads to the tag that a branch hides, and no branch passes for another", async () => {
    const repo = repository();
    const [tagged = "", moved = "", false_ = ""] = repo.commits([
      { files: { a: "1" }, branch: "v1" },
      { files: { a: "2" }, branch: "v1" },
      { files: { a: "3" }, branch: "false" },
    ]);
    repo.git(["update-ref", "refs/tags/v1", tagged]);
    repo.git(["update-ref", "refs/tags/only", tagged]);
    repo.git(["update-ref", "refs/heads/refs/heads/v1", false_]);
    repo.git(["update-ref", "refs/heads/refs/tags/v1", false_]);
    const ends: [string, object][] = [
      ["v1/a", { kind: "branch", name: "v1", commit: moved, path: "a" }],
      ["refs/heads/v1/a", { kind: "branch", name: "v1", commit: moved, path: "a" }],
      ["refs/tags/v1/a", { kind: "tag", name: "refs/tags/v1", commit: tagged, path: "a" }],
      ["refs/tags/only", { kind: "tag", name: "only", commit: tagged, path: "" }],
    ];
    for (const [end, place] of ends) expect(await resolveRefAndPath(repo, end)).toEqual(place);
    expect(await resolveRefAndPath(repo, "refs/wit/kept")).toBeNull();
    expect(await resolveCommit(repo, "refs/heads/v1")).toBe(moved);
    expect(await resolveCommit(repo, "refs/tags/v1")).toBe(tagged);
  });

  test("a new repository has no revisions, and SHA-256 works like SHA-1", async () => {
    const repo = repository({ objectFormat: "sha256" });
    expect(await resolveRevision(repo, "HEAD")).toBeNull();
    expect(await resolveRevision(repo, "main")).toBeNull();
    const oid = repo.commit({ files: { a: "1" }, branch: "main" });
    expect(oid).toHaveLength(64);
    expect(await resolveCommit(repo, "main")).toBe(oid);
  });
});
