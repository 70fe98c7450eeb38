import { describe } from "vitest";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;
const line = { path: "src/part.js", line: 1, side: "RIGHT" };

describe("reviews", () => {
  test("an approval counts when it comes from a writer, and the newest word of each counts", async ({
    alice,
    bob,
    carol,
  }) => {
    const { number } = await open(bob, demo, "feature");
    const decision = async () =>
      (await alice.get(`/_web/repos/${demo}/pulls/${number}`)).body.reviews.decision;
    const say = (who: typeof alice, event: string, body?: string) =>
      who.post(`${pulls}/${number}/reviews`, { event, body });
    expect((await say(bob, "APPROVE")).status).toBe(422);
    expect((await say(alice, "REQUEST_CHANGES")).status).toBe(422);
    expect((await say(carol, "APPROVE")).body.state).toBe("APPROVED");
    expect(await decision()).toBeNull();
    await say(alice, "REQUEST_CHANGES", "Not yet.");
    expect(await decision()).toBe("changes_requested");
    const { body } = await say(alice, "APPROVE");
    expect(await decision()).toBe("approved");
    expect(
      (await carol.put(`${pulls}/${number}/reviews/${body.id}/dismissals`, { message: "no" })).status,
    ).toBe(403);
    const dismissed = await bob.put(`${pulls}/${number}/reviews/${body.id}/dismissals`, {
      message: "It changed since.",
    });
    expect(dismissed.body.state).toBe("DISMISSED");
    // What she had replaced herself does not come back.
    expect(await decision()).toBeNull();
    const listed = await alice.get(`${pulls}/${number}/reviews`);
    expect(listed.body.map((one: { state: string }) => one.state)).toEqual([
      "APPROVED",
      "CHANGES_REQUESTED",
      "DISMISSED",
    ]);
  });

  test("a review that is not submitted is seen by its author alone, wherever one looks", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    const { number } = await open(bob, demo, "feature");
    const begun = await alice.post(`${pulls}/${number}/reviews`, {
      body: "secret thoughts",
      comments: [{ ...line, body: "secret remark" }],
    });
    expect(begun.body.state).toBe("PENDING");
    expect((await alice.post(`${pulls}/${number}/reviews`, {})).status).toBe(422);
    const review = `${pulls}/${number}/reviews/${begun.body.id}`;
    const mine = await alice.get(`${review}/comments`);
    expect(mine.body).toHaveLength(1);
    const remark = mine.body[0].id;
    for (const who of [bob, carol, world.anonymous]) {
      expect((await who.get(review)).status).toBe(404);
      expect((await who.get(`${review}/comments`)).status).toBe(404);
      expect((await who.get(`${pulls}/comments/${remark}`)).status).toBe(404);
      expect((await who.get(`${pulls}/${number}/comments`)).body).toEqual([]);
      expect((await who.get(`${pulls}/comments`)).body).toEqual([]);
      for (const path of [
        `/repos/${demo}/issues/${number}/timeline`,
        `/_web/repos/${demo}/pulls/${number}`,
        `/_web/repos/${demo}/pulls/${number}/files`,
      ])
        expect(JSON.stringify((await who.get(path)).body)).not.toContain("secret");
    }
    expect((await bob.post(`${review}/events`, { event: "APPROVE" })).status).toBe(404);
    expect((await bob.delete(review)).status).toBe(404);
    await alice.post(`${pulls}/${number}/comments/${remark}/replies`, { body: "secret afterthought" });
    expect((await bob.get(`${pulls}/${number}/comments`)).body).toEqual([]);
    expect(await world.events({ type: "pull-request.commented" })).toEqual([]);
    const submitted = await alice.post(`${review}/events`, { event: "COMMENT" });
    expect(submitted.body).toMatchObject({ state: "COMMENTED", body: "secret thoughts" });
    expect((await bob.get(`${pulls}/${number}/comments`)).body).toHaveLength(2);
    expect((await bob.get(`${pulls}/${number}`)).body.review_comments).toBe(2);
    expect((await alice.post(`${review}/events`, { event: "COMMENT" })).status).toBe(422);
  });

  test("a pending review can grow and be thrown away", async ({ alice, bob }) => {
    const { number } = await open(bob, demo, "feature");
    const { body } = await alice.post(`${pulls}/${number}/reviews`, {});
    const review = `${pulls}/${number}/reviews/${body.id}`;
    expect((await alice.post(`${review}/events`, { event: "COMMENT" })).status).toBe(422);
    expect((await alice.post(`${review}/comments`, { ...line, body: "one" })).status).toBe(201);
    const page = (await alice.get(`/_web/repos/${demo}/pulls/${number}/files`)).body;
    expect(page).toMatchObject({ pending: { comments: 1 }, threads: [{ pending: true }] });
    expect((await alice.delete(review)).status).toBe(200);
    expect((await alice.get(`${pulls}/${number}/comments`)).body).toEqual([]);
    expect((await alice.get(review)).status).toBe(404);
  });

  test("who is asked for a review is listed until they give one", async ({ alice, bob, mallory }) => {
    const { number } = await open(bob, demo, "feature");
    const asked = `${pulls}/${number}/requested_reviewers`;
    expect((await bob.post(asked, { reviewers: ["bob"] })).status).toBe(422);
    expect((await bob.post(asked, { reviewers: ["nobody-here"] })).status).toBe(422);
    expect((await mallory.post(asked, { reviewers: ["carol"] })).status).toBe(403);
    const added = await bob.post(asked, { reviewers: ["alice", "carol"] });
    expect(added.body.requested_reviewers.map((one: { login: string }) => one.login)).toEqual([
      "alice",
      "carol",
    ]);
    await alice.post(`${pulls}/${number}/reviews`, { event: "APPROVE" });
    await bob.delete(asked, { reviewers: ["carol"] });
    expect((await bob.get(asked)).body).toEqual({ users: [], teams: [] });
    await bob.post(asked, { reviewers: ["alice"] });
    expect((await bob.get(asked)).body.users).toHaveLength(1);
  });

  test("ids of another repository's or pull request's reviews and comments lead nowhere", async ({
    alice,
    bob,
    mallory,
  }) => {
    const first = await open(bob, demo, "feature");
    await write(bob, demo, "second", "s.txt", "s\n", "main");
    const second = await open(bob, demo, "second");
    const secret = await open(alice, "alice/secret", "feature");
    const hidden = await alice.post(`/repos/alice/secret/pulls/${secret.number}/comments`, {
      ...line,
      body: "hidden",
    });
    const review = await alice.post(`${pulls}/${first.number}/reviews`, { event: "APPROVE" });
    expect((await alice.get(`${pulls}/${second.number}/reviews/${review.body.id}`)).status).toBe(404);
    expect((await mallory.get(`${pulls}/comments/${hidden.body.id}`)).status).toBe(404);
    expect((await bob.patch(`${pulls}/comments/${hidden.body.id}`, { body: "mine" })).status).toBe(404);
    expect((await bob.get(`/repos/${demo}/issues/comments/${hidden.body.id}`)).status).toBe(404);
    const inline = await alice.post(`${pulls}/${first.number}/comments`, { ...line, body: "seen" });
    expect(
      (await bob.post(`${pulls}/${second.number}/comments/${inline.body.id}/replies`, { body: "x" })).status,
    ).toBe(404);
    expect(
      (await bob.post(`${pulls}/${second.number}/comments`, { in_reply_to: inline.body.id, body: "x" }))
        .status,
    ).toBe(404);
  });
});
