import { describe } from "vitest";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const marksOf = (number: number) => `/repos/${demo}/pulls/${number}/viewed-files`;
const filesOf = (number: number) => `/_web/repos/${demo}/pulls/${number}/files`;

interface Shown {
  readonly path: string;
  readonly new_oid: string | null;
}

describe("viewed files", () => {
  test("a mark is its reader's own, and falls off only when that file changes", async ({
    alice,
    bob,
    anonymous,
  }) => {
    const { number } = await open(bob, demo, "feature");
    const files: Shown[] = (await alice.get(filesOf(number))).body.diff.files;
    for (const { path, new_oid } of files)
      expect((await alice.put(marksOf(number), { path, sha: new_oid })).status).toBe(204);
    const [first, second] = files.map(({ path }) => path);
    expect((await alice.get(filesOf(number))).body.viewed).toEqual({ files: [first, second], changed: [] });
    expect((await bob.get(filesOf(number))).body.viewed).toEqual({ files: [], changed: [] });
    expect((await anonymous.get(filesOf(number))).body.viewed).toBeNull();

    await write(bob, demo, "feature", second ?? "", "entirely new\n");
    expect((await alice.get(filesOf(number))).body.viewed).toEqual({ files: [first], changed: [second] });
    expect((await alice.get(marksOf(number))).body).toEqual([
      { filename: first, changed: false },
      { filename: second, changed: true },
    ]);

    await alice.delete(marksOf(number), { path: first });
    expect((await alice.delete(marksOf(number), { path: first })).status).toBe(204);
    expect((await alice.get(filesOf(number))).body.viewed).toEqual({ files: [], changed: [second] });
  });

  test("what has changed since it was shown is not marked, nor what is not there", async ({ alice, bob }) => {
    const { number } = await open(bob, demo, "feature");
    const [file]: Shown[] = (await alice.get(filesOf(number))).body.diff.files;
    const mark = { path: file?.path, sha: file?.new_oid };
    await write(bob, demo, "feature", file?.path ?? "", "changed meanwhile\n");
    const late = await alice.put(marksOf(number), mark);
    expect([late.status, late.body.message]).toEqual([
      409,
      "This file has changed since it was shown; read it again first",
    ]);
    expect((await alice.put(marksOf(number), { path: "no/such.txt", sha: null })).status).toBe(404);
    expect((await alice.put(marksOf(number), { path: "src", sha: null })).status).toBe(409);
    expect((await alice.get(marksOf(number))).body).toEqual([]);
  });

  test("a long path and a deleted file can be marked", async ({ alice, bob }) => {
    const long = `deep/${"0123456789abcdef/".repeat(180)}end.txt`;
    await write(bob, demo, "long", long, "x\n", "main");
    const { number } = await open(bob, demo, "long");
    const { body } = await alice.get(`/repos/${demo}/contents/README.md?ref=long`);
    await bob.delete(`/repos/${demo}/contents/README.md`, {
      message: "Take the page away",
      sha: body.sha,
      branch: "long",
    });
    const files: Shown[] = (await alice.get(filesOf(number))).body.diff.files;
    expect(files.map(({ path, new_oid }) => [path, new_oid === null])).toEqual([
      ["README.md", true],
      [long, false],
    ]);
    for (const { path, new_oid } of files)
      expect((await alice.put(marksOf(number), { path, sha: new_oid })).status).toBe(204);
    expect((await alice.get(filesOf(number))).body.viewed.files).toEqual(["README.md", long]);
  });
});
