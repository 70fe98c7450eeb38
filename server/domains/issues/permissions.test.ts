import { describe } from "vitest";
import { systemContext } from "../../kernel/context.ts";
import { createToken, usersByLogin } from "../accounts/index.ts";
import type { Answer } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";

const issues = "/repos/alice/demo/issues";
const secret = "/repos/alice/secret/issues";

const statuses = async (...answers: Promise<Answer>[]) =>
  (await Promise.all(answers)).map((answer) => answer.status);

describe("who may do what with an issue", () => {
  test("whoever reads may open issues and comment; labels, assignee and milestone are left to writers", async ({
    alice,
    mallory,
    anonymous,
    sam,
  }) => {
    await alice.post("/repos/alice/demo/milestones", { title: "v1" });
    const opened = await mallory.post(issues, {
      title: "From a stranger",
      labels: ["bug"],
      assignees: ["alice"],
      milestone: 1,
    });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      labels: [],
      assignee: null,
      milestone: null,
      author_association: "NONE",
    });
    expect((await mallory.post(`${issues}/1/comments`, { body: "hello" })).status).toBe(201);
    expect(await statuses(anonymous.post(issues, { title: "x" }), sam.post(issues, { title: "x" }))).toEqual([
      401, 403,
    ]);
    expect(await statuses(anonymous.post(`${issues}/1/comments`, { body: "x" }))).toEqual([401]);
  });

  test("a private repository's issues do not exist for strangers", async ({ alice, mallory, anonymous }) => {
    await alice.post(secret, { title: "hidden" });
    const { body: comment } = await alice.post(`${secret}/1/comments`, { body: "hidden" });
    for (const client of [mallory, anonymous])
      expect(
        await statuses(
          client.get(secret),
          client.get(`${secret}/1`),
          client.get(`${secret}/1/comments`),
          client.get(`${secret}/1/timeline`),
          client.get(`${secret}/1/events`),
          client.get(`${secret}/events`),
          client.get(`${secret}/comments/${comment.id}`),
          client.get("/repos/alice/secret/assignees"),
          client.get("/_web/repos/alice/secret/issues"),
          client.get("/_web/repos/alice/secret/issues/1"),
          client.post(secret, { title: "x" }),
          client.post(`${secret}/1/comments`, { body: "x" }),
          client.patch(`${secret}/1`, { title: "x" }),
          client.put(`${secret}/1/lock`),
        ),
      ).toEqual(Array(14).fill(404));
  });

  test("authors change, close and reopen their own; others need write access", async ({
    bob,
    carol,
    mallory,
  }) => {
    await mallory.post(issues, { title: "mine" });
    expect(
      await statuses(
        mallory.patch(`${issues}/1`, { title: "still mine", body: "more" }),
        mallory.patch(`${issues}/1`, { state: "closed" }),
        mallory.patch(`${issues}/1`, { state: "open" }),
        bob.patch(`${issues}/1`, { state: "closed" }),
      ),
    ).toEqual([200, 200, 200, 200]);
    const refused = await carol.patch(`${issues}/1`, { title: "hers" });
    expect(refused.status).toBe(403);
    expect(refused.body.message).toBe("Only the author and people with write access can change this");
    expect(
      await statuses(
        mallory.patch(`${issues}/1`, { labels: ["bug"] }),
        mallory.patch(`${issues}/1`, { assignees: ["mallory"] }),
        mallory.patch(`${issues}/1`, { milestone: null, title: "x" }),
        mallory.post(`${issues}/1/labels`, ["bug"]),
        mallory.put(`${issues}/1/labels`, ["bug"]),
        mallory.delete(`${issues}/1/labels`),
        mallory.post(`${issues}/1/assignees`, { assignees: ["mallory"] }),
        mallory.put(`${issues}/1/lock`),
        mallory.delete(`${issues}/1/lock`),
      ),
    ).toEqual(Array(9).fill(403));
  });

  test("a comment is changed by who wrote it and deleted by them or a writer", async ({
    alice,
    bob,
    carol,
    mallory,
  }) => {
    await alice.post(issues, { title: "talk" });
    const { body: comment } = await carol.post(`${issues}/1/comments`, { body: "first" });
    const path = `${issues}/comments/${comment.id}`;
    expect(
      await statuses(
        mallory.patch(path, { body: "x" }),
        alice.patch(path, { body: "x" }),
        mallory.delete(path),
      ),
    ).toEqual([403, 403, 403]);
    expect((await carol.patch(path, { body: "second" })).body.body).toBe("second");
    expect((await carol.patch(path, { body: " \n " })).status).toBe(422);
    expect(await statuses(bob.delete(path))).toEqual([204]);
    expect(await statuses(carol.get(path), carol.delete(path))).toEqual([404, 404]);
    expect((await alice.get(`${issues}/1`)).body.comments).toBe(0);
  });

  test("in a locked conversation only writers speak, and its author changes nothing", async ({
    bob,
    mallory,
  }) => {
    await mallory.post(issues, { title: "flame" });
    const { body: comment } = await mallory.post(`${issues}/1/comments`, { body: "!" });
    expect(await statuses(bob.put(`${issues}/1/lock`, { lock_reason: "too heated" }))).toEqual([204]);
    expect((await bob.get(`${issues}/1`)).body).toMatchObject({
      locked: true,
      active_lock_reason: "too heated",
    });
    expect(
      await statuses(
        mallory.post(`${issues}/1/comments`, { body: "!!" }),
        mallory.patch(`${issues}/1`, { state: "closed" }),
        mallory.patch(`${issues}/comments/${comment.id}`, { body: "!!" }),
        mallory.delete(`${issues}/comments/${comment.id}`),
        bob.post(`${issues}/1/comments`, { body: "calm down" }),
      ),
    ).toEqual([403, 403, 403, 403, 201]);
    expect(await statuses(bob.put(`${issues}/1/lock`))).toEqual([204]);
    expect(await statuses(bob.delete(`${issues}/1/lock`))).toEqual([204]);
    expect((await bob.get(`${issues}/1`)).body).toMatchObject({ locked: false, active_lock_reason: null });
    expect(await statuses(mallory.post(`${issues}/1/comments`, { body: "sorry" }))).toEqual([201]);
  });

  test("an archived repository keeps its issues as they are", async ({ alice, carol }) => {
    await carol.post(issues, { title: "old" });
    await alice.patch("/repos/alice/demo", { archived: true });
    expect(
      await statuses(
        carol.get(`${issues}/1`),
        carol.post(issues, { title: "new" }),
        carol.post(`${issues}/1/comments`, { body: "x" }),
        carol.patch(`${issues}/1`, { state: "closed" }),
        alice.patch(`${issues}/1`, { state: "closed" }),
        alice.post(`${issues}/1/labels`, ["bug"]),
      ),
    ).toEqual([200, 403, 403, 403, 403, 403]);
  });

  test("a token that only reads writes nothing", async ({ world, alice }) => {
    await alice.post(issues, { title: "x" });
    const ctx = systemContext(world.services, "test");
    const [owner] = (await usersByLogin(ctx, ["alice"])).values();
    const { token } = await createToken(
      ctx,
      { id: owner?.id ?? "", login: "alice" },
      { name: "reader", scopes: ["repo:read"], expiresAt: null },
    );
    const reader = world.withToken(token);
    expect(
      await statuses(
        reader.get(`${issues}/1`),
        reader.post(issues, { title: "x" }),
        reader.patch(`${issues}/1`, { title: "y" }),
        reader.post(`${issues}/1/comments`, { body: "x" }),
      ),
    ).toEqual([200, 403, 403, 403]);
  });
});

describe("things of another repository", () => {
  test("are not reached through the address of one's own", async ({ alice, mallory }) => {
    await mallory.post("/user/repos", { name: "own" });
    const own = "/repos/mallory/own/issues";
    await alice.post(secret, { title: "hidden" });
    await alice.post(secret, { title: "hidden too" });
    await alice.post("/repos/alice/secret/labels", { name: "classified" });
    await alice.post("/repos/alice/secret/milestones", { title: "operation" });
    await alice.post(`${secret}/2/labels`, ["classified"]);
    const { body: comment } = await alice.post(`${secret}/1/comments`, { body: "hidden" });
    const [event] = (await alice.get(`${secret}/events`)).body;
    await mallory.post(own, { title: "bait" });
    expect(
      await statuses(
        mallory.get(`${own}/2`),
        mallory.get(`${own}/comments/${comment.id}`),
        mallory.patch(`${own}/comments/${comment.id}`, { body: "x" }),
        mallory.delete(`${own}/comments/${comment.id}`),
        mallory.get(`${own}/events/${event.id}`),
        mallory.delete(`${own}/1/labels/classified`),
        mallory.get("/repos/mallory/own/milestones/1/labels"),
      ),
    ).toEqual(Array(7).fill(404));
    const byName = await mallory.post(`${own}/1/labels`, ["classified"]);
    expect(byName.status).toBe(422);
    expect((await mallory.patch(`${own}/1`, { milestone: 1 })).status).toBe(422);
    expect((await alice.get(`${secret}/comments/${comment.id}`)).body.body).toBe("hidden");
  });
});
