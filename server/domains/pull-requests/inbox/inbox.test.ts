import { describe } from "vitest";
import type { Client } from "../../../../tools/testing/client.ts";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;

/** Number, section and reason of what somebody's inbox holds. */
const inbox = async (client: Client) => {
  const { status, body } = await client.get("/user/reviews");
  expect(status).toBe(200);
  return body.items.map((one: { number: number; section: string; reason: string }) => [
    one.number,
    one.section,
    one.reason,
  ]);
};

/** What stands beside the entries of the rail. */
const beside = async (client: Client) => (await client.get("/_web/frame")).body.counts;

describe("the inbox of reviews", () => {
  test("says of each pull request whose turn it is, step by step, to everybody in their own way", async ({
    alice,
    bob,
    carol,
    mallory,
    anonymous,
  }) => {
    const { number, head } = await open(bob, demo, "feature", "main");
    expect(await inbox(bob)).toEqual([[1, "ready", "ready"]]);
    expect(await inbox(alice)).toEqual([]);
    await bob.post(`${pulls}/${number}/requested_reviewers`, { reviewers: ["alice"] });
    expect(await inbox(bob)).toEqual([[1, "waiting_on_reviewers", "awaiting_review"]]);
    expect([await beside(bob), await beside(alice), await beside(anonymous)]).toEqual([
      {},
      { reviews: 1 },
      {},
    ]);
    expect(await inbox(alice)).toEqual([[1, "your_turn", "review_requested"]]);
    expect(await inbox(carol)).toEqual([]);
    expect(await inbox(mallory)).toEqual([]);
    expect((await anonymous.get("/user/reviews")).status).toBe(401);

    await alice.post(`${pulls}/${number}/reviews`, {
      event: "REQUEST_CHANGES",
      body: "Not so",
      comments: [{ path: "src/part.js", line: 1, side: "RIGHT", body: "Why?" }],
    });
    expect(await inbox(bob)).toEqual([[1, "your_turn", "changes_requested"]]);
    expect(await beside(alice)).toEqual({});
    expect(await inbox(alice)).toEqual([[1, "waiting_on_author", "changes_requested"]]);

    await write(bob, demo, "feature", "better.txt", "better\n");
    await bob.get(`${pulls}/${number}`);
    expect(await inbox(alice)).toEqual([[1, "your_turn", "changed_since_review"]]);
    await bob.post(`${pulls}/${number}/requested_reviewers`, { reviewers: ["alice"] });
    expect(await inbox(alice)).toEqual([[1, "your_turn", "review_requested_again"]]);
    await alice.post(`${pulls}/${number}/reviews`, { event: "APPROVE" });
    // The thread is still open, and its last word is alice's.
    expect(await inbox(bob)).toEqual([[1, "your_turn", "threads"]]);
    const [comment] = (await bob.get(`${pulls}/${number}/comments`)).body;
    await bob.post(`${pulls}/${number}/comments/${comment.id}/replies`, { body: "Because" });
    expect(await inbox(bob)).toEqual([[1, "ready", "ready"]]);
    expect(await inbox(alice)).toEqual([[1, "ready", "ready"]]);

    const { sha } = (await bob.get(`${pulls}/${number}`)).body.head;
    expect(sha).not.toBe(head.sha);
    await bob.post(`/repos/${demo}/statuses/${sha}`, { state: "pending", context: "test" });
    expect(await inbox(bob)).toEqual([[1, "waiting_on_reviewers", "checks_pending"]]);
    await bob.post(`/repos/${demo}/statuses/${sha}`, { state: "failure", context: "test" });
    expect(await inbox(bob)).toEqual([[1, "your_turn", "checks_failing"]]);
    expect(await inbox(alice)).toEqual([[1, "waiting_on_author", "checks_failing"]]);
    await bob.post(`/repos/${demo}/statuses/${sha}`, { state: "success", context: "test" });
    const { body } = await bob.get("/user/reviews");
    expect(body.counts).toEqual({ your_turn: 0, ready: 1, waiting_on_reviewers: 0, waiting_on_author: 0 });
    expect(body.items[0]).toMatchObject({
      repository: demo,
      sentence: "Approved, and its checks passed",
      decision: "approved",
      checks: "success",
      author: { login: "bob" },
    });
    await bob.patch(`${pulls}/${number}`, { draft: true });
    expect(await inbox(bob)).toEqual([[1, "waiting_on_author", "draft"]]);
    await bob.patch(`${pulls}/${number}`, { state: "closed" });
    expect(await inbox(bob)).toEqual([]);
    expect(await inbox(alice)).toEqual([]);
  });

  test("waits for an approval where the branch wants one, and an approval of a reader is none", async ({
    alice,
    bob,
    carol,
  }) => {
    await alice.post(`/repos/${demo}/protection-rules`, { pattern: "main", required_reviewers: 1 });
    await open(bob, demo, "feature", "main");
    expect(await inbox(bob)).toEqual([[1, "waiting_on_reviewers", "awaiting_review"]]);
    await carol.post(`${pulls}/1/reviews`, { event: "APPROVE" });
    expect(await inbox(bob)).toEqual([[1, "waiting_on_reviewers", "awaiting_review"]]);
    expect(await inbox(carol)).toEqual([[1, "waiting_on_reviewers", "awaiting_review"]]);
    await alice.post(`${pulls}/1/reviews`, { event: "APPROVE" });
    expect(await inbox(bob)).toEqual([[1, "ready", "ready"]]);
    expect(await inbox(carol)).toEqual([[1, "waiting_on_author", "reviewed"]]);
  });

  test("a review that was begun and not submitted is nobody's word", async ({ alice, bob }) => {
    await open(bob, demo, "feature", "main");
    await alice.post(`${pulls}/1/reviews`, {
      comments: [{ path: "src/part.js", line: 1, side: "RIGHT", body: "Why?" }],
    });
    expect(await inbox(bob)).toEqual([[1, "ready", "ready"]]);
    expect(await inbox(alice)).toEqual([]);
  });

  test("shows nothing of a repository that one may not see any more", async ({ alice, bob }) => {
    const secret = "/repos/alice/secret";
    await alice.put(`${secret}/contents/a.txt`, { message: "a", content: "YQ==", branch: "main" });
    const main = (await alice.get(`${secret}/git/ref/heads/main`)).body.object.sha;
    await alice.post(`${secret}/git/refs`, { ref: "refs/heads/b", sha: main });
    await alice.put(`${secret}/contents/b.txt`, { message: "b", content: "Yg==", branch: "b" });
    const opened = await alice.post(`${secret}/pulls`, { title: "Hidden", head: "b", base: "main" });
    expect(opened.status).toBe(201);
    await alice.put(`${secret}/collaborators/bob`, { permission: "write" });
    await alice.post(`${secret}/pulls/${opened.body.number}/requested_reviewers`, { reviewers: ["bob"] });
    expect(await inbox(bob)).toEqual([[opened.body.number, "your_turn", "review_requested"]]);
    await alice.delete(`${secret}/collaborators/bob`);
    expect(await inbox(bob)).toEqual([]);
    const found = await bob.get(`/search/issues?q=${encodeURIComponent("review-requested:@me")}`);
    expect(found.body.total_count).toBe(0);
  });

  test("what is asked of a team waits for each of its members, until one of them has answered", async ({
    alice,
    bob,
    carol,
  }) => {
    await alice.put("/orgs/acme/memberships/carol", { role: "member" });
    expect((await alice.post("/orgs/acme/repos", { name: "shop", auto_init: true })).status).toBe(201);
    for (const name of ["bob", "carol"])
      await alice.put(`/repos/acme/shop/collaborators/${name}`, { permission: "push" });
    await alice.post("/orgs/acme/teams", { name: "Core" });
    for (const name of ["alice", "carol"]) await alice.put(`/orgs/acme/teams/core/memberships/${name}`);
    await write(bob, "acme/shop", "topic", "a.txt", "a\n", "main");
    const { number } = await open(bob, "acme/shop", "topic", "main");
    const place = `/repos/acme/shop/pulls/${number}`;
    expect((await bob.post(`${place}/requested_reviewers`, { team_reviewers: ["core"] })).status).toBe(201);
    const asked = async (who: Client) =>
      (await who.get("/repos/acme/shop/pulls?q=review-requested:@me")).body.map(
        (one: { number: number }) => one.number,
      );
    for (const who of [alice, carol]) {
      expect(await inbox(who)).toEqual([[number, "your_turn", "review_requested"]]);
      expect(await asked(who)).toEqual([number]);
    }
    expect(await asked(bob)).toEqual([]);
    await carol.post(`${place}/reviews`, { event: "APPROVE" });
    expect(await asked(alice)).toEqual([]);
  });
});
