/** Conflicts are shown as they are and resolved on the branch, or refused; nobody's text gets lost or lands elsewhere. */
import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { pullRequests } from "./schema.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;
const pulls = `${repo}/pulls`;
const page = (number: number) => `/_web${pulls}/${number}/conflicts`;

const lines = (...changed: readonly (readonly [number, string])[]) => {
  const all = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  for (const [at, text] of changed) all[at] = text;
  return `${all.join("\n")}\n`;
};

const textOf = async (client: Client, path: string, ref: string, at = demo) =>
  Buffer.from(
    (await client.get(`/repos/${at}/contents/${path}?ref=${ref}`)).body.content,
    "base64",
  ).toString();

/** A branch and main that disagree about two places of `a.txt`, and agree about the rest. */
async function disagree(bob: Client, alice: Client) {
  await write(alice, demo, "main", "a.txt", lines());
  await write(bob, demo, "topic", "a.txt", lines([2, "mine"], [15, "mine too"]), "main");
  await write(alice, demo, "main", "a.txt", lines([2, "theirs"], [8, "only main"], [15, "theirs too"]));
  await write(alice, demo, "main", "new.txt", "new\n");
  return open(bob, demo, "topic");
}

interface Place {
  readonly name: string;
  readonly ours: string;
}

describe("conflicts", () => {
  test("are listed place by place, and each is resolved as it was chosen, with everything else merged", async ({
    alice,
    bob,
  }) => {
    const { number } = await disagree(bob, alice);
    const seen = (await bob.get(page(number))).body;
    expect(seen.can.resolve).toBe(true);
    expect(seen.files).toHaveLength(1);
    expect(seen.files[0].places).toMatchObject([
      { line: 3, ours: "mine\n", base: "line 2\n", theirs: "theirs\n", after: "line 3\nline 4\nline 5\n" },
      { line: 16, ours: "mine too\n", theirs: "theirs too\n" },
    ]);
    const [first, second] = seen.files[0].places.map(({ name }: Place) => name);
    const wish = {
      expected_head_sha: seen.pull.head.sha,
      expected_base_sha: seen.pull.base.sha,
      files: {
        f0: {
          path: "a.txt",
          places: { [first]: { choice: "both" }, [second]: { choice: "text", text: "agreed" } },
        },
      },
    };
    const half = { ...wish, files: [{ path: "a.txt", places: { [first]: { choice: "ours" } } }] };
    expect((await bob.post(`${pulls}/${number}/resolve-conflicts`, half)).status).toBe(422);
    const answer = await bob.post(`${pulls}/${number}/resolve-conflicts`, wish);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.mergeable).toBe(true);
    expect(await textOf(bob, "a.txt", "topic")).toBe(
      lines([2, "mine\ntheirs"], [8, "only main"], [15, "agreed"]),
    );
    expect(await textOf(bob, "new.txt", "topic")).toBe("new\n");
    const commit = (await bob.get(`${repo}/git/commits/${await tip(bob, demo, "topic")}`)).body;
    expect(commit.parents.map(({ sha }: { sha: string }) => sha)).toEqual([
      wish.expected_head_sha,
      wish.expected_base_sha,
    ]);
    expect((await bob.put(`${pulls}/${number}/merge`, {})).status).toBe(200);
  });

  test("are resolved by a whole file, which may not hold markers and keeps its line ends", async ({
    alice,
    bob,
  }) => {
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    await write(alice, demo, "main", "w.txt", crlf(lines()));
    await write(bob, demo, "topic", "w.txt", crlf(lines([2, "mine"])), "main");
    await write(alice, demo, "main", "w.txt", crlf(lines([2, "theirs"])));
    const { number, head, base } = await open(bob, demo, "topic");
    const wish = { expected_head_sha: head.sha, expected_base_sha: base.sha };
    const resolve = (content: string) =>
      bob.post(`${pulls}/${number}/resolve-conflicts`, { ...wish, files: [{ path: "w.txt", content }] });
    const { body } = await bob.get(page(number));
    expect((await resolve(body.files[0].marked)).body.errors[0].message).toMatch(/conflict markers/);
    expect((await resolve(lines([2, "agreed"]))).status).toBe(200);
    expect(await textOf(bob, "w.txt", "topic")).toBe(crlf(lines([2, "agreed"])));
  });

  test("that moved since they were looked at are refused, and the branch stays", async ({ alice, bob }) => {
    const { number } = await disagree(bob, alice);
    const seen = (await bob.get(page(number))).body;
    const wish = {
      expected_head_sha: seen.pull.head.sha,
      expected_base_sha: seen.pull.base.sha,
      files: [{ path: "a.txt", content: "all mine\n" }],
    };
    const head = await write(bob, demo, "topic", "later.txt", "l\n");
    expect((await bob.post(`${pulls}/${number}/resolve-conflicts`, wish)).status).toBe(409);
    await write(alice, demo, "main", "later.txt", "other\n");
    const stale = { ...wish, expected_head_sha: head };
    expect((await bob.post(`${pulls}/${number}/resolve-conflicts`, stale)).status).toBe(409);
    expect(await tip(bob, demo, "topic")).toBe(head);
  });

  test("of what is no text are explained with commands, and can be resolved by nobody here", async ({
    alice,
    bob,
    carol,
  }) => {
    await write(alice, demo, "main", "b.bin", "\0one");
    await write(alice, demo, "main", "gone.txt", lines());
    await write(bob, demo, "topic", "b.bin", "\0two", "main");
    await write(bob, demo, "topic", "gone.txt", lines([3, "mine"]));
    await write(alice, demo, "main", "b.bin", "\0three");
    const pointer = (char: string) =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${char.repeat(64)}\nsize 5\n`;
    await write(alice, demo, "main", "big.psd", pointer("a"));
    await write(bob, demo, "topic", "big.psd", pointer("b"));
    const old = (await alice.get(`${repo}/contents/gone.txt?ref=main`)).body.sha;
    await alice.delete(`${repo}/contents/gone.txt`, { message: "Delete", sha: old, branch: "main" });
    const { number, head, base } = await open(bob, demo, "topic");
    const seen = (await carol.get(page(number))).body;
    expect(seen.files.map(({ path, why }: { path: string; why: string }) => [path, why])).toEqual([
      ["b.bin", "topic and main both changed this, and it is no text"],
      ["big.psd", "topic and main both changed this, and its content is kept in LFS"],
      ["gone.txt", "main deleted this, topic changed it"],
    ]);
    expect(seen.commands.begin).toContain("git pull --no-rebase origin main");
    const wish = {
      expected_head_sha: head.sha,
      expected_base_sha: base.sha,
      files: ["b.bin", "big.psd", "gone.txt"].map((path) => ({ path, content: "x" })),
    };
    expect((await bob.post(`${pulls}/${number}/resolve-conflicts`, wish)).status).toBe(422);
  });

  test("of contents in LFS are foreseen after a push, shown and refused alike, also where only the base has the attributes", async ({
    world,
    alice,
    bob,
  }) => {
    const pointer = (char: string) =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${char.repeat(64)}\nsize 5\n`;
    await write(alice, demo, "main", ".gitattributes", "*.psd merge=union\n");
    await write(alice, demo, "main", "big.psd", pointer("a"));
    await write(bob, demo, "topic", "big.psd", pointer("b"), "main");
    const { number } = await open(bob, demo, "topic");
    await write(alice, demo, "main", ".gitattributes", "[attr]large filter=lfs\n*.psd large merge=union\n");
    await write(alice, demo, "main", "big.psd", pointer("c"));
    await world.settle();
    const [row] = await world.services.database.select().from(pullRequests);
    expect([row?.isMergeable, row?.mergeCheckedBaseSha]).toEqual([false, await tip(bob, demo, "main")]);
    const seen = (await bob.get(page(number))).body;
    expect(seen.files).toMatchObject([
      { path: "big.psd", why: "topic and main both changed this, and its content is kept in LFS" },
    ]);
    expect((await alice.get(`/_web${pulls}/${number}`)).body.merge.conflicts).toEqual(["big.psd"]);
    const refused = await alice.put(`${pulls}/${number}/merge`);
    expect([refused.status, refused.body.message]).toEqual([405, expect.stringContaining("conflicts")]);
  });

  test("are resolved by who may push to the branch, a fork's too, and by nobody else", async ({
    alice,
    bob,
    carol,
    mallory,
    anonymous,
  }) => {
    await write(alice, demo, "main", "a.txt", lines());
    await carol.post(`${repo}/forks`, {});
    await write(carol, "carol/demo", "mine", "a.txt", lines([2, "carol"]), "main");
    await write(alice, demo, "main", "a.txt", lines([2, "alice"]));
    const { number, head, base } = await open(carol, demo, "carol:mine", "main", {
      maintainer_can_modify: false,
    });
    const wish = {
      expected_head_sha: head.sha,
      expected_base_sha: base.sha,
      files: [{ path: "a.txt", content: lines([2, "both"]) }],
    };
    const place = `${pulls}/${number}/resolve-conflicts`;
    expect((await anonymous.post(place, wish)).status).toBe(401);
    for (const who of [mallory, bob]) expect((await who.post(place, wish)).status).toBe(403);
    expect((await carol.post(place, wish)).status).toBe(200);
    expect(await textOf(carol, "a.txt", "mine", "carol/demo")).toBe(lines([2, "both"]));
    expect((await alice.put(`${pulls}/${number}/merge`, {})).status).toBe(200);
  });
});
