import { describe } from "vitest";
import { createWorld, expect, test } from "../../../tools/testing/world.ts";
import type { Answer, Client } from "../../../tools/testing/client.ts";
import { systemContext } from "../../kernel/context.ts";
import { createToken, findOwner } from "../accounts/index.ts";
import { forgetOld, keptForMs, record } from "./jobs.ts";
import { activities } from "./schema.ts";
import { events } from "../../kernel/schema.ts";

const day = 86_400_000;

const types = async (client: Client, path: string): Promise<string[]> => {
  const { status, body } = await client.get(path);
  expect(status).toBe(200);
  return body.map((one: { type: string }) => one.type);
};

const newest = async (client: Client, path: string) => (await client.get(path)).body[0];

describe("activity", () => {
  test("what people do stands in the feed of the repository, the newest first", async ({
    world,
    alice,
    bob,
    carol,
  }) => {
    const before = (await types(alice, "/repos/alice/demo/events")).length;
    const { body: issue } = await carol.post("/repos/alice/demo/issues", { title: "It rains 🌧" });
    await bob.post(`/repos/alice/demo/issues/${issue.number}/comments`, { body: "Take a coat" });
    await alice.patch(`/repos/alice/demo/issues/${issue.number}`, { state: "closed" });
    await bob.put("/user/starred/alice/demo");
    await world.settle();
    const { body } = await alice.get("/repos/alice/demo/events");
    expect(body.length).toBe(before + 4);
    expect(body.slice(0, 4)).toMatchObject([
      { type: "WatchEvent", actor: { login: "bob" }, payload: { action: "started" }, public: true },
      { type: "IssuesEvent", actor: { login: "alice" }, payload: { action: "closed" } },
      { type: "IssueCommentEvent", actor: { login: "bob" }, payload: { comment: { body: "Take a coat" } } },
      {
        type: "IssuesEvent",
        actor: { login: "carol" },
        repo: { name: "alice/demo" },
        payload: { action: "opened", issue: { number: issue.number, title: "It rains 🌧" } },
      },
    ]);
  });

  test("a push is told with its commits, a new branch and a deleted one by their names", async ({
    world,
    alice,
  }) => {
    const file = { message: "Write it down", content: Buffer.from("x").toString("base64") };
    await alice.put("/repos/alice/demo/contents/new.txt", file);
    await world.settle();
    const push = await newest(alice, "/repos/alice/demo/events");
    expect(push).toMatchObject({ type: "PushEvent", payload: { ref: "refs/heads/main", size: 1 } });
    expect(push.payload.commits[0].message).toContain("Write it down");
    const sha = push.payload.head;
    await alice.post("/repos/alice/demo/git/refs", { ref: "refs/heads/side", sha });
    await world.settle();
    expect(await newest(alice, "/repos/alice/demo/events")).toMatchObject({
      type: "CreateEvent",
      payload: { ref: "side", ref_type: "branch" },
    });
    await alice.delete("/repos/alice/demo/git/refs/heads/side");
    await world.settle();
    expect(await newest(alice, "/repos/alice/demo/events")).toMatchObject({
      type: "DeleteEvent",
      payload: { ref: "side" },
    });
  });

  test("a pull request is told from its opening to its merge, with what was said in between", async ({
    world,
    alice,
    bob,
  }) => {
    const pull = { title: "Part", head: "feature", base: "main" };
    const { body: opened } = await bob.post("/repos/alice/demo/pulls", pull);
    const place = `/repos/alice/demo/pulls/${opened.number}`;
    await alice.post(`/repos/alice/demo/issues/${opened.number}/comments`, { body: "Why?" });
    await alice.post(`${place}/reviews`, { event: "APPROVE", body: "Well" });
    await alice.put(`${place}/merge`, { merge_method: "merge" });
    await world.settle();
    const { body } = await alice.get("/repos/alice/demo/events");
    const told = body.filter((one: { payload: object }) => /pull_request/.test(JSON.stringify(one.payload)));
    expect(told).toMatchObject([
      { type: "PullRequestEvent", payload: { action: "merged", pull_request: { merged: true } } },
      { type: "PullRequestReviewEvent", payload: { review: { state: "approved", body: "Well" } } },
      { type: "IssueCommentEvent", payload: { comment: { body: "Why?" }, issue: { number: opened.number } } },
      { type: "PullRequestEvent", actor: { login: "bob" }, payload: { action: "opened" } },
    ]);
  });

  test("telling the same event twice tells it once", async ({ world, bob, alice }) => {
    await bob.put("/user/starred/alice/demo");
    await world.settle();
    const ctx = systemContext(world.services, "test");
    const before = await types(alice, "/repos/alice/demo/events");
    for (const row of await ctx.db.select().from(events))
      if (record.events.includes(row.type)) await record.handle(ctx, row);
    expect(await types(alice, "/repos/alice/demo/events")).toEqual(before);
  });

  test("a private repository's news reach nobody who may not read it, whatever feed they ask", async ({
    world,
    alice,
    mallory,
    anonymous,
  }) => {
    await alice.post("/repos/alice/secret/issues", { title: "Nobody may know" });
    await world.settle();
    expect(await newest(alice, "/users/alice/events")).toMatchObject({
      type: "IssuesEvent",
      public: false,
    });
    expect((await mallory.get("/repos/alice/secret/events")).status).toBe(404);
    for (const feed of ["/events", "/users/alice/events", "/users/alice/received_events"])
      for (const client of [mallory, anonymous])
        expect(JSON.stringify((await client.get(feed)).body)).not.toContain("secret");
    for (const feed of ["/events", "/users/alice/events/public", "/users/alice/received_events/public"])
      expect(JSON.stringify((await alice.get(feed)).body)).not.toContain("secret");
  });

  test("access that is taken away takes the past with it", async ({ world, alice, bob }) => {
    await alice.put("/repos/alice/secret/collaborators/bob", { permission: "push" });
    await bob.post("/repos/alice/secret/issues", { title: "Seen for a while" });
    await bob.put("/repos/alice/secret/subscription", { subscribed: true });
    await world.settle();
    const secrets = async (path: string) =>
      JSON.stringify((await bob.get(path)).body).includes("alice/secret");
    expect(await secrets("/users/bob/events")).toBe(true);
    expect(await secrets("/users/bob/received_events")).toBe(true);
    await alice.delete("/repos/alice/secret/collaborators/bob");
    expect(await secrets("/users/bob/events")).toBe(false);
    expect(await secrets("/users/bob/received_events")).toBe(false);
    expect((await bob.get("/repos/alice/secret/events")).status).toBe(404);
  });

  test("a token that may not read repositories sees public news only", async ({ world, alice }) => {
    await alice.post("/repos/alice/secret/issues", { title: "Nobody may know" });
    await world.settle();
    const ctx = systemContext(world.services, "test");
    const owner = await findOwner(ctx, "alice");
    if (!owner) throw new Error("alice is there");
    const { token } = await createToken(ctx, owner, {
      name: "narrow",
      scopes: ["user:read"],
      expiresAt: null,
    });
    const { body } = await world.withToken(token).get("/users/alice/events");
    expect(JSON.stringify(body)).not.toContain("secret");
    expect((await world.withToken(token).get("/_web/feed")).status).toBe(403);
  });

  test("an edited title is told as it is now, and a deleted comment not at all", async ({ world, alice }) => {
    const { body: issue } = await alice.post("/repos/alice/demo/issues", { title: "Password: hunter2" });
    const { body: comment } = await alice.post(`/repos/alice/demo/issues/${issue.number}/comments`, {
      body: "It really is hunter2",
    });
    await world.settle();
    await alice.patch(`/repos/alice/demo/issues/${issue.number}`, { title: "Password: removed" });
    await alice.delete(`/repos/alice/demo/issues/comments/${comment.id}`);
    const told = JSON.stringify((await alice.get("/repos/alice/demo/events")).body);
    expect(told).toContain("Password: removed");
    expect(told).not.toContain("hunter2");
  });

  test("whoever watches a repository receives its news, at home too", async ({
    world,
    alice,
    carol,
    bob,
  }) => {
    await carol.put("/repos/alice/demo/subscription", { subscribed: true });
    await bob.post("/repos/alice/demo/issues", { title: "Told to carol" });
    await world.settle();
    expect(await newest(carol, "/users/carol/received_events")).toMatchObject({
      payload: { issue: { title: "Told to carol" } },
    });
    const { body } = await carol.get("/_web/feed?per_page=1");
    expect(body.events).toMatchObject([{ payload: { issue: { title: "Told to carol" } } }]);
    expect(body.next).toEqual(expect.any(String));
    await carol.delete("/repos/alice/demo/subscription");
    expect((await carol.get("/_web/feed")).body.events).toEqual([]);
    expect((await alice.get("/_web/feed")).body.events.length).toBeGreaterThan(0);
  });

  test("pages of every feed lose and repeat nothing", async ({ world, alice, carol }) => {
    await carol.put("/repos/alice/demo/subscription", { subscribed: true });
    for (let index = 0; index < 7; index += 1)
      await alice.post("/repos/alice/demo/issues", { title: `News ${index}` });
    await world.settle();
    for (const feed of [
      "/events",
      "/repos/alice/demo/events",
      "/users/alice/events",
      "/users/carol/received_events",
    ]) {
      const ids = (body: { id: string }[]) => body.map((one) => one.id);
      const whole = ids((await carol.get(`${feed}?per_page=100`)).body);
      expect(whole.length).toBeGreaterThanOrEqual(7);
      const seen: string[] = [];
      let path: string | null = `${feed}?per_page=3`;
      while (path !== null) {
        const page: Answer = await carol.get(path);
        seen.push(...ids(page.body));
        path = /<[^>]*\/api\/v3([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? null;
      }
      expect(seen).toEqual(whole);
      expect(ids((await carol.get(`${feed}?per_page=3&page=2`)).body)).toEqual(whole.slice(3, 6));
    }
  });

  test("a person who does not exist has no feed", async ({ alice }) => {
    expect((await alice.get("/users/nobody-here/events")).status).toBe(404);
    expect((await alice.get("/users/acme/received_events")).status).toBe(404);
  });

  test("news of ninety days stay and older ones go", async () => {
    let now = new Date();
    const world = await createWorld({ clock: { now: () => now } });
    try {
      await world.as("bob").put("/user/starred/alice/demo");
      await world.settle();
      const ctx = systemContext(world.services, "test");
      await forgetOld(ctx);
      const kept = (await ctx.db.select().from(activities)).length;
      expect(kept).toBeGreaterThan(0);
      now = new Date(now.getTime() + keptForMs - day);
      await forgetOld(ctx);
      const starred = await world.as("alice").get("/users/bob/events");
      expect(starred.body).toMatchObject([{ type: "WatchEvent" }]);
      now = new Date(now.getTime() + 2 * day);
      await forgetOld(ctx);
      expect(await ctx.db.select().from(activities)).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
