/** What a protected branch takes, through every door by which a reference moves. */
import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;
const rules = `${repo}/protection-rules`;

async function protect(client: Client, input: object = {}) {
  const answer = await client.post(rules, { pattern: "main", ...input });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

const content = (text: string) => Buffer.from(text).toString("base64");

describe("rules", () => {
  test("are made, changed and deleted by who administers, and told as events", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    const rule = await protect(alice, { required_reviewers: 2, required_status_checks: ["ci", "ci"] });
    expect(rule).toMatchObject({ pattern: "main", required_status_checks: ["ci"], allow_deletion: false });
    expect((await bob.get(rules)).body).toEqual([rule]);
    expect((await carol.get(rules)).status).toBe(403);
    expect((await bob.post(rules, { pattern: "x" })).status).toBe(403);
    expect((await bob.delete(`${rules}/${rule.id}`)).status).toBe(403);
    const changed = await alice.patch(`${rules}/${rule.id}`, { pattern: "release/*", allow_deletion: true });
    expect(changed.body).toMatchObject({ pattern: "release/*", required_reviewers: 2, allow_deletion: true });
    expect((await alice.delete(`${rules}/${rule.id}`)).status).toBe(204);
    expect((await alice.get(rules)).body).toEqual([]);
    expect((await alice.patch(`${rules}/${rule.id}`, {})).status).toBe(404);
    expect((await world.events({ type: "protection.%" })).map(({ type }) => type)).toEqual([
      "protection.created",
      "protection.updated",
      "protection.deleted",
    ]);
  });

  test("of one pattern there is one, and a pattern that no branch could match is refused", async ({
    alice,
  }) => {
    await protect(alice);
    const again = await alice.post(rules, { pattern: "main" });
    expect([again.status, again.body.errors[0].code]).toEqual([422, "already_exists"]);
    for (const pattern of ["a..b", "-x", "a b", "", "x".repeat(251), "refs/tags/", "a\u0000b"])
      expect((await alice.post(rules, { pattern })).status, pattern).toBe(422);
    expect((await alice.post(rules, { pattern: "y", required_reviewers: 11 })).status).toBe(422);
  });

  test("of another repository are not reached", async ({ alice, mallory }) => {
    const rule = await protect(alice);
    await mallory.post("/user/repos", { name: "own" });
    for (const path of [`/repos/mallory/own/protection-rules/${rule.id}`])
      expect((await mallory.patch(path, { allow_deletion: true })).status).toBe(404);
    expect((await alice.get(rules)).body[0].allow_deletion).toBe(false);
  });

  test("show on branches, also as GitHub's protection", async ({ alice, bob }) => {
    const path = `${repo}/branches/main/protection`;
    expect((await alice.get(path)).status).toBe(404);
    const body = {
      required_status_checks: { strict: false, contexts: ["ci"] },
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    };
    expect((await bob.put(path, body)).status).toBe(403);
    expect((await alice.put(path, { ...body, lock_branch: true })).status).toBe(422);
    for (let turn = 0; turn < 2; turn += 1) expect((await alice.put(path, body)).status).toBe(200);
    expect((await alice.get(path)).body).toMatchObject({
      required_status_checks: { contexts: ["ci"] },
      required_pull_request_reviews: { required_approving_review_count: 1 },
      enforce_admins: { enabled: true },
      allow_force_pushes: { enabled: false },
    });
    expect((await bob.get(`${repo}/branches/main`)).body.protected).toBe(true);
    const names = async (query: string) =>
      (await bob.get(`${repo}/branches?protected=${query}`)).body.map((one: any) => one.name);
    expect(await names("true")).toEqual(["main"]);
    expect(await names("false")).not.toContain("main");
    expect((await alice.delete(path)).status).toBe(204);
    expect((await bob.get(`${repo}/branches/main`)).body.protected).toBe(false);
  });
});

describe("a branch that changes by pull request", () => {
  test("refuses every other door, also to its owner, and names the rule", async ({ alice, bob }) => {
    await write(bob, demo, "side", "side.txt", "side\n", "main");
    const side = await tip(bob, demo, "side");
    const before = await tip(bob, demo, "main");
    await protect(alice, { pattern: "mai*", require_pull_request: true });
    const refusals = await Promise.all([
      alice.put(`${repo}/contents/new.txt`, { message: "x", content: content("x"), branch: "main" }),
      alice.patch(`${repo}/git/refs/heads/main`, { sha: side }),
      bob.patch(`${repo}/git/refs/heads/main`, { sha: side, force: true }),
      bob.post(`${repo}/merges`, { base: "main", head: "side" }),
    ]);
    for (const { status, body } of refusals) {
      expect(status, JSON.stringify(body)).toBe(422);
      expect(body.message).toContain('main is protected by the rule "mai*"');
    }
    expect(await tip(bob, demo, "main")).toBe(before);
    const pull = await open(bob, demo, "side");
    expect((await bob.put(`${repo}/pulls/${pull.number}/merge`)).status).toBe(200);
    expect(await tip(bob, demo, "main")).not.toBe(before);
  });

  test("takes a pull request only with the approvals and checks that the rule asks for", async ({
    alice,
    bob,
    carol,
  }) => {
    await write(bob, demo, "side", "side.txt", "side\n", "main");
    await protect(alice, {
      required_reviewers: 1,
      require_status_checks: true,
      required_status_checks: ["ci"],
    });
    const pull = await open(bob, demo, "side");
    const path = `${repo}/pulls/${pull.number}`;
    const merge = () => bob.put(`${path}/merge`);
    const state = async () => (await bob.get(path)).body.mergeable_state;
    const review = (client: Client, event: string) => client.post(`${path}/reviews`, { event, body: "seen" });

    expect(await state()).toBe("blocked");
    expect((await merge()).body.message).toContain("main requires 1 approval");
    // The word of somebody who only reads is advice.
    expect((await review(carol, "APPROVE")).status).toBe(200);
    expect((await merge()).status).toBe(405);
    expect((await review(alice, "APPROVE")).status).toBe(200);
    expect((await merge()).body.message).toContain('"ci" has not been reported');
    const report = (status: string) =>
      bob.post(`${repo}/statuses/${pull.head.sha}`, { state: status, context: "ci" });
    await report("pending");
    expect((await merge()).body.message).toContain('"ci" is still running');
    await report("failure");
    expect((await merge()).body.message).toContain('"ci" did not succeed');
    await report("success");
    await review(alice, "REQUEST_CHANGES");
    expect((await merge()).body.message).toContain("asked for changes");
    await review(alice, "APPROVE");
    expect(await state()).toBe("clean");
    expect((await merge()).status).toBe(200);
  });

  test("a merge stands when the branch that was merged may not be deleted", async ({ alice, bob }) => {
    await alice.patch(repo, { delete_branch_on_merge: true });
    await write(bob, demo, "side", "side.txt", "side\n", "main");
    await protect(alice, { pattern: "side" });
    const pull = await open(bob, demo, "side");
    expect((await bob.put(`${repo}/pulls/${pull.number}/merge`)).status).toBe(200);
    expect((await bob.get(`${repo}/branches/side`)).status).toBe(200);
  });
});

describe("a protected branch without further wishes", () => {
  test("takes what builds on it, and keeps its history and its place", async ({ alice, bob }) => {
    await write(bob, demo, "other", "other.txt", "x\n", "main");
    await protect(alice, { pattern: "other" });
    const main = await tip(bob, demo, "main");
    await write(bob, demo, "other", "other.txt", "y\n");
    const rewritten = await bob.patch(`${repo}/git/refs/heads/other`, { sha: main, force: true });
    expect(rewritten.body.message).toContain("its history cannot be rewritten");
    const deleted = await alice.delete(`${repo}/git/refs/heads/other`);
    expect([deleted.status, deleted.body.message]).toEqual([
      422,
      'other is protected by the rule "other": it cannot be deleted',
    ]);
    const [rule] = (await alice.get(rules)).body;
    await alice.patch(`${rules}/${rule.id}`, { allow_force_push: true, allow_deletion: true });
    expect((await bob.patch(`${repo}/git/refs/heads/other`, { sha: main, force: true })).status).toBe(200);
    expect((await bob.delete(`${repo}/git/refs/heads/other`)).status).toBe(204);
  });

  test("waits for the checks of a commit before the branch moves to it", async ({ alice, bob }) => {
    const side = await write(bob, demo, "side", "side.txt", "x\n", "main");
    await protect(alice, { require_status_checks: true, required_status_checks: ["ci"] });
    const move = () => bob.patch(`${repo}/git/refs/heads/main`, { sha: side });
    expect((await move()).body.message).toContain('"ci" has not been reported');
    await bob.post(`${repo}/statuses/${side}`, { state: "success", context: "ci" });
    expect((await move()).status).toBe(200);
  });

  test("waits for a first report where no check is named, and then for all that were reported", async ({
    alice,
    bob,
  }) => {
    const side = await write(bob, demo, "side", "side.txt", "x\n", "main");
    await protect(alice, { require_status_checks: true });
    const move = () => bob.patch(`${repo}/git/refs/heads/main`, { sha: side });
    const report = (context: string, state: string) =>
      bob.post(`${repo}/statuses/${side}`, { state, context });
    expect((await move()).body.message).toContain("no check has been reported yet");
    await report("ci", "success");
    await report("lint", "pending");
    expect((await move()).body.message).toContain('"lint" is still running');
    await report("lint", "success");
    expect((await move()).status).toBe(200);
  });

  test("the most specific rule decides alone", async ({ alice, bob }) => {
    await protect(alice, { pattern: "**", require_pull_request: true });
    await protect(alice, { pattern: "free/*", allow_force_push: true });
    await write(bob, demo, "free/one", "a.txt", "x\n", "main");
    const other = await bob.post(`${repo}/git/refs`, {
      ref: "refs/heads/strict",
      sha: await tip(bob, demo, "main"),
    });
    expect(other.status).toBe(201);
    const edit = { message: "x", content: content("x"), branch: "strict" };
    expect((await bob.put(`${repo}/contents/b.txt`, edit)).status).toBe(422);
  });
});

test("protected tags are made and then stay where they are", async ({ alice, bob }) => {
  const main = await tip(bob, demo, "main");
  const side = await write(bob, demo, "side", "side.txt", "x\n", "main");
  await protect(alice, { pattern: "refs/tags/v*" });
  const tag = (name: string) => bob.post(`${repo}/git/refs`, { ref: `refs/tags/${name}`, sha: main });
  expect((await tag("v9")).status).toBe(201);
  expect((await bob.patch(`${repo}/git/refs/tags/v9`, { sha: side, force: true })).status).toBe(422);
  expect((await bob.delete(`${repo}/git/refs/tags/v9`)).status).toBe(422);
  expect((await tag("nightly")).status).toBe(201);
  expect((await bob.patch(`${repo}/git/refs/tags/nightly`, { sha: side, force: true })).status).toBe(200);
  expect((await bob.delete(`${repo}/git/refs/tags/nightly`)).status).toBe(204);
});
