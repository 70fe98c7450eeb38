/** Each demand of a rule, met and not met, by people who really try. */
import { describe } from "vitest";
import type { Client } from "../../../../tools/testing/client.ts";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;

async function protect(alice: Client, more: object) {
  const answer = await alice.post(`${repo}/protection-rules`, { pattern: "main", ...more });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body;
}

const review = (who: Client, number: number, event: string) =>
  who.post(`${repo}/pulls/${number}/reviews`, { event, body: "seen" });
const merge = (who: Client, number: number) => who.put(`${repo}/pulls/${number}/merge`);
const stateOf = async (who: Client, number: number) =>
  (await who.get(`${repo}/pulls/${number}`)).body.mergeable_state;

describe("a rule", () => {
  test("is told whole by GitHub's protection", async ({ alice }) => {
    const path = `${repo}/branches/main/protection`;
    const body = {
      required_status_checks: { strict: true, contexts: [] },
      enforce_admins: true,
      required_pull_request_reviews: {
        required_approving_review_count: 0,
        require_code_owner_reviews: true,
        require_last_push_approval: true,
      },
      restrictions: null,
      required_conversation_resolution: true,
    };
    expect((await alice.put(path, body)).status).toBe(200);
    expect((await alice.get(path)).body).toMatchObject({
      required_status_checks: { strict: true, contexts: [] },
      required_pull_request_reviews: {
        required_approving_review_count: 0,
        require_code_owner_reviews: true,
        require_last_push_approval: true,
      },
      required_conversation_resolution: { enabled: true },
    });
    const off = { ...body, required_status_checks: null, required_conversation_resolution: false };
    await alice.put(path, off);
    const now = (await alice.get(path)).body;
    expect([now.required_status_checks, now.required_conversation_resolution]).toEqual([
      undefined,
      { enabled: false },
    ]);
  });

  test("that wants the last push approved does not take the word of who pushed it, nor one from before", async ({
    alice,
    bob,
  }) => {
    await write(alice, demo, "topic", "a.txt", "a\n", "main");
    const rule = await protect(alice, { require_last_push_approval: true });
    const { number } = await open(alice, demo, "topic");
    expect((await merge(bob, number)).body.message).toContain("somebody else than alice");
    await review(bob, number, "APPROVE");
    expect(await stateOf(bob, number)).toBe("clean");
    await write(bob, demo, "topic", "b.txt", "b\n");
    expect((await merge(alice, number)).body.message).toContain("somebody else than bob");
    await review(bob, number, "APPROVE");
    expect((await merge(bob, number)).status).toBe(405);
    await write(alice, demo, "topic", "c.txt", "c\n");
    expect((await merge(bob, number)).status).toBe(405);
    await review(bob, number, "APPROVE");
    expect((await merge(bob, number)).status).toBe(200);
    expect(rule.require_last_push_approval).toBe(true);
  });

  test("that wants the last push approved keeps an approval over a clean rebase, whoever does it, and not over new code", async ({
    alice,
    bob,
  }) => {
    await write(alice, demo, "topic", "a.txt", "a\n", "main");
    await protect(alice, { require_last_push_approval: true });
    const { number } = await open(alice, demo, "topic");
    await review(bob, number, "APPROVE");
    const carry = async (by: typeof alice, update_method: string) => {
      await write(alice, demo, "aside", `${update_method}.txt`, "x\n", "main");
      const { number: aside } = await open(alice, demo, "aside");
      await review(bob, aside, "APPROVE");
      expect((await merge(bob, aside)).status).toBe(200);
      await alice.delete(`/repos/${demo}/git/refs/heads/aside`);
      const path = `/repos/${demo}/pulls/${number}/update-branch`;
      expect((await by.put(path, { update_method })).status).toBe(202);
    };
    await carry(alice, "rebase");
    expect(await stateOf(bob, number)).toBe("clean");
    // Who approved it may bring it up to date: that changes nothing.
    await carry(bob, "merge");
    expect(await stateOf(bob, number)).toBe("clean");
    await write(bob, demo, "topic", "b.txt", "b\n");
    expect((await merge(alice, number)).body.message).toContain("somebody else than bob");
    await carry(alice, "rebase");
    // The change is bob's now, and whoever carries it along does not take it from him.
    expect((await merge(alice, number)).body.message).toContain("somebody else than bob");
  });

  test("that wants the last push approved and the panel of reviewers say the same of an approval, also after a rebase", async ({
    alice,
    bob,
    carol,
  }) => {
    await write(alice, demo, "topic", "a.txt", "a\n", "main");
    await write(alice, demo, "main", "else.txt", "e\n");
    await protect(alice, { require_last_push_approval: true });
    const { number } = await open(alice, demo, "topic");
    await review(bob, number, "APPROVE");
    await review(carol, number, "COMMENT");
    const panel = async () => {
      const { merge: box, reviews } = (await carol.get(`/_web${repo}/pulls/${number}`)).body;
      const word = (login: string) =>
        reviews.latest.find((one: { user: { login: string } }) => one.user.login === login).of_change;
      const rule = box.requirements.find((one: { name: string }) => one.name === "last-push").met;
      return { rule, bob: word("bob"), carol: word("carol") };
    };
    expect(await panel()).toEqual({ rule: true, bob: true, carol: true });
    const update = await alice.put(`${repo}/pulls/${number}/update-branch`, { update_method: "rebase" });
    expect(update.status).toBe(202);
    expect(await panel()).toEqual({ rule: true, bob: true, carol: true });
    await write(alice, demo, "topic", "b.txt", "b\n");
    expect(await panel()).toEqual({ rule: false, bob: false, carol: false });
    await review(bob, number, "APPROVE");
    expect(await panel()).toEqual({ rule: true, bob: true, carol: false });
  });

  test("that wants conversations settled waits for each, and not for remarks nobody sees", async ({
    alice,
    bob,
    carol,
  }) => {
    await protect(alice, { require_conversation_resolution: true });
    const { number } = await open(bob, demo, "feature");
    const line = { path: "src/greet.js", line: 2, body: "why?" };
    await alice.post(`${repo}/pulls/${number}/reviews`, { comments: [line] });
    expect(await stateOf(bob, number)).toBe("clean");
    const made = await carol.post(`${repo}/pulls/${number}/comments`, line);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    await bob.post(`${repo}/pulls/${number}/comments/${made.body.id}/replies`, { body: "so" });
    expect((await merge(bob, number)).body.message).toContain("1 conversation is not settled");
    await bob.put(`${repo}/pulls/comments/${made.body.id}/resolution`);
    expect((await merge(bob, number)).status).toBe(200);
  });

  test("that wants the branch up to date says what it lacks, and passes once it has it", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "topic", "a.txt", "a\n", "main");
    await protect(alice, { require_up_to_date: true });
    const { number } = await open(bob, demo, "topic");
    expect(await stateOf(bob, number)).toBe("clean");
    await write(alice, demo, "main", "else.txt", "e\n");
    expect(await stateOf(bob, number)).toBe("behind");
    expect((await merge(bob, number)).body.message).toContain("lacks 1 commit");
    expect((await bob.put(`${repo}/pulls/${number}/update-branch`)).status).toBe(202);
    expect((await merge(bob, number)).status).toBe(200);
  });

  test("that changes come by pull request holds up what somebody with write access refuses", async ({
    alice,
    bob,
    carol,
  }) => {
    await write(bob, demo, "topic", "a.txt", "a\n", "main");
    await protect(alice, { require_pull_request: true });
    const { number } = await open(bob, demo, "topic");
    await review(carol, number, "REQUEST_CHANGES");
    expect(await stateOf(bob, number)).toBe("clean");
    await review(alice, number, "REQUEST_CHANGES");
    expect((await merge(bob, number)).body.message).toContain("alice asked for changes");
    const [, refusal] = (await bob.get(`${repo}/pulls/${number}/reviews`)).body;
    await bob.put(`${repo}/pulls/${number}/reviews/${refusal.id}/dismissals`, { message: "done" });
    expect((await merge(bob, number)).status).toBe(200);
  });
});

test("a dismissed approval does not bring back what its author said before", async ({ alice, bob }) => {
  await write(bob, demo, "topic", "a.txt", "a\n", "main");
  await protect(alice, { required_reviewers: 1 });
  const { number } = await open(bob, demo, "topic");
  await review(alice, number, "APPROVE");
  const last = await review(alice, number, "REQUEST_CHANGES");
  await bob.put(`${repo}/pulls/${number}/reviews/${last.body.id}/dismissals`, { message: "done" });
  expect((await merge(bob, number)).body.message).toContain("it has 0");
});
