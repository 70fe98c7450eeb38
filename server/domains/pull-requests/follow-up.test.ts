/** What becomes of a branch before its merge, and of a change after it. */
import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;
const pulls = `${repo}/pulls`;
const methods = ["merge", "squash", "rebase", "fast-forward"] as const;

const treeOf = async (client: Client, ref: string) =>
  (await client.get(`${repo}/git/commits/${await tip(client, demo, ref)}`)).body.tree.sha;
const commitAt = async (client: Client, ref: string) =>
  (await client.get(`${repo}/git/commits/${await tip(client, demo, ref)}`)).body;

async function merged(bob: Client, branch: string, method: (typeof methods)[number], base = "main") {
  await write(bob, demo, branch, `${branch}.txt`, "one\n", base);
  await write(bob, demo, branch, `${branch}.txt`, "one\ntwo\n");
  await write(bob, demo, branch, `${branch}-more.txt`, "more\n");
  const { number } = await open(bob, demo, branch, base);
  const answer = await bob.put(`${pulls}/${number}/merge`, { merge_method: method });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return { number, sha: answer.body.sha };
}

describe("a merged pull request", () => {
  test("is taken back by a pull request that restores the files, whatever method it came in by", async ({
    alice,
    bob,
    carol,
  }) => {
    await alice.patch(repo, { allow_fast_forward_merge: true });
    for (const method of methods) {
      const before = await treeOf(bob, "main");
      const { number } = await merged(bob, `topic-${method}`, method);
      expect((await carol.post(`${pulls}/${number}/revert`, {})).status).toBe(403);
      const revert = await bob.post(`${pulls}/${number}/revert`, {});
      expect(revert.status, JSON.stringify(revert.body)).toBe(201);
      expect(revert.body).toMatchObject({
        title: `Revert "From topic-${method}"`,
        body: `Reverts #${number}`,
        head: { ref: `revert-${number}-topic-${method}` },
        base: { ref: "main" },
        mergeable: true,
      });
      expect((await bob.put(`${pulls}/${revert.body.number}/merge`, { merge_method: "squash" })).status).toBe(
        200,
      );
      expect(await treeOf(bob, "main")).toBe(before);
      const again = await bob.post(`${pulls}/${number}/revert`, {});
      expect([again.status, again.body.message]).toEqual([422, `Nothing of #${number} is left in main`]);
    }
  });

  test("is brought to another branch as one commit with its author, and told where it conflicts", async ({
    bob,
  }) => {
    await write(bob, demo, "release", "r.txt", "r\n", "main");
    const { number, sha } = await merged(bob, "fix", "merge");
    const picked = await bob.post(`${pulls}/${number}/cherry-pick`, { base: "release", draft: true });
    expect(picked.status, JSON.stringify(picked.body)).toBe(201);
    expect(picked.body).toMatchObject({
      title: "From fix (for release)",
      draft: true,
      commits: 1,
      changed_files: 2,
      base: { ref: "release" },
    });
    const commit = await commitAt(bob, picked.body.head.ref);
    expect(commit.message).toContain(`(cherry picked from commit ${sha})`);
    await write(bob, demo, "release", "fix.txt", "something else\n");
    const clash = await bob.post(`${pulls}/${number}/cherry-pick`, { base: "release" });
    expect([clash.status, clash.body.message]).toEqual([
      409,
      `It conflicts with release in fix.txt. By hand: git cherry-pick -m 1 ${sha}`,
    ]);
    expect(
      (await bob.get(`${repo}/branches?per_page=100`)).body.map(({ name }: { name: string }) => name),
    ).not.toContain(`cherry-pick-${number}-to-release-2`);
    expect((await bob.post(`${pulls}/${number}/cherry-pick`, { base: "nowhere" })).status).toBe(422);
  });

  test("alone can be taken back: of an open one there is nothing to take", async ({ bob }) => {
    await write(bob, demo, "topic", "t.txt", "t\n", "main");
    const { number } = await open(bob, demo, "topic");
    expect((await bob.post(`${pulls}/${number}/revert`, {})).status).toBe(422);
  });
});

describe("methods", () => {
  test("fast-forward moves the base to the head as it is, and says why where it cannot", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "topic", "t.txt", "t\n", "main");
    const { number, head } = await open(bob, demo, "topic");
    const merge = () => bob.put(`${pulls}/${number}/merge`, { merge_method: "fast-forward" });
    expect((await merge()).body.message).toBe("This repository does not allow the method fast-forward");
    await alice.patch(repo, { allow_fast_forward_merge: true });
    await write(alice, demo, "main", "n.txt", "n\n");
    expect((await merge()).body.message).toMatch(/lacks a commit of it; update the branch first$/);
    const updated = await bob.put(`${pulls}/${number}/update-branch`, {
      update_method: "rebase",
      expected_head_sha: head.sha,
    });
    expect(updated.status, JSON.stringify(updated.body)).toBe(202);
    const rebased = await commitAt(bob, "topic");
    expect(rebased.parents).toHaveLength(1);
    expect(rebased.parents[0].sha).toBe(await tip(bob, demo, "main"));
    const done = await merge();
    expect([done.status, done.body.sha]).toEqual([200, rebased.sha]);
    expect(await tip(bob, demo, "main")).toBe(rebased.sha);
  });

  test("an update by rebase keeps author and dates, is refused for another head and where it conflicts", async ({
    alice,
    bob,
    carol,
  }) => {
    await write(alice, demo, "main", "a.txt", "1\n");
    const old = await write(bob, demo, "topic", "a.txt", "2\n", "main");
    const { number } = await open(bob, demo, "topic");
    const place = `${pulls}/${number}/update-branch`;
    await write(alice, demo, "main", "n.txt", "n\n");
    const rebase = { update_method: "rebase" };
    expect((await carol.put(place, rebase)).status).toBe(403);
    expect((await bob.put(place, { ...rebase, expected_head_sha: "1".repeat(40) })).status).toBe(422);
    const before = (await bob.get(`${repo}/git/commits/${old}`)).body;
    expect((await bob.put(place, rebase)).status).toBe(202);
    expect((await commitAt(bob, "topic")).author).toEqual(before.author);
    await write(alice, demo, "main", "a.txt", "3\n");
    expect((await bob.put(place, rebase)).body.message).toMatch(
      /^The commit [0-9a-f]{10} conflicts .*: a\.txt$/,
    );
    await alice.post(`${repo}/protection-rules`, { pattern: "topic" });
    await alice.put(`${repo}/contents/a.txt`, {
      message: "Take it back",
      content: Buffer.from("1\n").toString("base64"),
      branch: "main",
      sha: (await alice.get(`${repo}/contents/a.txt?ref=main`)).body.sha,
    });
    expect((await bob.put(place, rebase)).status).toBe(422);
  });

  test("messages follow the repository's settings, and everybody who wrote is credited", async ({
    alice,
    bob,
  }) => {
    await write(alice, demo, "topic", "a.txt", "a\n", "main");
    await bob.put(`${repo}/contents/b.txt`, {
      message: "Write b\n\nWith help.\n\nCo-authored-by: Eve Example <eve@example.test>",
      content: Buffer.from("b\n").toString("base64"),
      branch: "topic",
    });
    const { number } = await open(bob, demo, "topic", "main", { body: "The body." });
    const said = async () => (await bob.get(`/_web${pulls}/${number}`)).body.merge.messages;
    const usual = await said();
    expect(usual.merge).toEqual({
      title: `Merge pull request #${number} from alice/topic`,
      body: "From topic",
    });
    expect(usual.squash.title).toBe(`From topic (#${number})`);
    expect(usual.squash.body).toMatch(
      /^\* Write a\.txt\n\n\* Write b\n\nWith help\.\n\nCo-authored-by: .*alice.*\nCo-authored-by: Eve Example <eve@example\.test>$/i,
    );
    await alice.patch(repo, {
      squash_merge_commit_title: "PR_TITLE",
      squash_merge_commit_message: "PR_BODY",
      merge_commit_title: "PR_TITLE",
      merge_commit_message: "BLANK",
    });
    const now = await said();
    expect(now.merge).toEqual({ title: `From topic (#${number})`, body: "" });
    expect(now.squash.body).toMatch(/^The body\.\n\nCo-authored-by: /);
    expect((await alice.patch(repo, { merge_commit_title: "NONE" })).status).toBe(422);
  });
});

describe("a commit", () => {
  const commits = `${repo}/commits`;

  test("of a branch is taken back by a pull request of who may write, once, and told where later changes stand in the way", async ({
    bob,
    carol,
  }) => {
    const before = await treeOf(bob, "main");
    const sha = await write(bob, demo, "main", "wrong.txt", "wrong\n");
    expect((await carol.post(`${commits}/${sha}/revert`, {})).status).toBe(403);
    expect((await bob.post(`${commits}/${"0".repeat(40)}/revert`, {})).status).toBe(404);
    const revert = await bob.post(`${commits}/${sha}/revert`, {});
    expect(revert.status, JSON.stringify(revert.body)).toBe(201);
    expect(revert.body).toMatchObject({
      title: 'Revert "Write wrong.txt"',
      body: `Reverts ${sha}`,
      head: { ref: `revert-${sha.slice(0, 10)}` },
      base: { ref: "main" },
      mergeable: true,
    });
    expect((await bob.put(`${pulls}/${revert.body.number}/merge`)).status).toBe(200);
    expect(await treeOf(bob, "main")).toBe(before);
    const again = await bob.post(`${commits}/${sha}/revert`, {});
    expect([again.status, again.body.message]).toEqual([
      422,
      `Nothing of ${sha.slice(0, 10)} is left in main`,
    ]);
    const first = await write(bob, demo, "main", "grown.txt", "one\n");
    await write(bob, demo, "main", "grown.txt", "two\n");
    const clash = await bob.post(`${commits}/${first}/revert`, { base: "main" });
    expect([clash.status, clash.body.message]).toEqual([
      409,
      `It conflicts with main in grown.txt. By hand: git revert ${first}`,
    ]);
    const elsewhere = await write(bob, demo, "aside", "aside.txt", "x\n", "main");
    const absent = await bob.post(`${commits}/${elsewhere}/revert`, {});
    expect([absent.status, absent.body.message]).toEqual([
      422,
      `main does not have ${elsewhere.slice(0, 10)}`,
    ]);
  });

  test("is brought to another branch with its author and message, unless that branch has it", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "release", "r.txt", "r\n", "main");
    const sha = await write(alice, demo, "main", "fix.txt", "fixed\n");
    const picked = await bob.post(`${commits}/${sha}/cherry-pick`, { base: "release" });
    expect(picked.status, JSON.stringify(picked.body)).toBe(201);
    expect(picked.body).toMatchObject({
      title: "Write fix.txt (for release)",
      user: { login: "bob" },
      commits: 1,
      changed_files: 1,
      base: { ref: "release" },
    });
    const made = await commitAt(bob, picked.body.head.ref);
    expect(made.author).toEqual((await commitAt(bob, "main")).author);
    expect(made.message).toBe(`Write fix.txt\n\n(cherry picked from commit ${sha})`);
    const there = await bob.post(`${commits}/${sha}/cherry-pick`, { base: "main" });
    expect([there.status, there.body.message]).toEqual([422, `main has ${sha.slice(0, 10)} already`]);
    expect((await bob.post(`${commits}/${sha}/cherry-pick`, { base: "nowhere" })).status).toBe(422);
  });
});
