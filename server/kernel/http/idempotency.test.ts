/** What `Idempotency-Key` promises to a client that does not know whether its first request arrived. */
import { sql } from "drizzle-orm";
import { describe } from "vitest";
import { createWorld, expect, test } from "../../../tools/testing/world.ts";

const issues = "/repos/alice/demo/issues";
const key = (value: string) => ({ "idempotency-key": value });

/** Headers that belong to one request: its id, and what is left of its hour. */
const ofOneRequest = /^(?:x-request-id|x-ratelimit-\w+|idempotency-replayed)$/;
const lasting = (headers: Headers) => Object.fromEntries([...headers].filter(([n]) => !ofOneRequest.test(n)));

describe("a repeated request", () => {
  test("is answered as the first was, header by header, so that no cache may keep what it might not keep then", async ({
    alice,
    anonymous,
  }) => {
    const asked = [
      [alice, issues, { title: "Once" }],
      [alice, "/user/repos", { name: "once" }],
      [alice, "/markdown", { text: "*once*" }],
      [anonymous, "/markdown", { text: "*once*" }],
    ] as const;
    for (const [index, [person, path, body]] of asked.entries()) {
      const first = await person.post(path, body, key(`k${index}`));
      const again = await person.post(path, body, key(`k${index}`));
      expect(first.status, path).toBeLessThan(300);
      expect(again.status, path).toBe(first.status);
      expect(again.body, path).toEqual(first.body);
      expect(lasting(again.headers), path).toEqual(lasting(first.headers));
      expect(first.headers.get("cache-control"), path).toMatch(/^private|no-store/);
      expect(first.headers.get("idempotency-replayed"), path).toBeNull();
      expect(again.headers.get("idempotency-replayed"), path).toBe("true");
      expect(again.headers.get("x-request-id"), path).not.toBe(first.headers.get("x-request-id"));
    }
  });

  test("of twenty at once does its work once; the others hear the same answer or that it still runs", async ({
    alice,
  }) => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => alice.post(issues, { title: "At once" }, key("race"))),
    );
    const made = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.number));
    expect(made.size).toBe(1);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    expect(
      (await alice.get(`${issues}?state=all`)).body.filter((one: any) => one.title === "At once"),
    ).toHaveLength(1);
    expect((await alice.post(issues, { title: "At once" }, key("race"))).body.number).toBe([...made][0]);
  });

  test("opens nobody else's answer, and no answer to who lost access in between", async ({
    alice,
    bob,
    mallory,
  }) => {
    await alice.post("/user/repos", { name: "hidden", private: true });
    await alice.put("/repos/alice/hidden/collaborators/bob", { permission: "push" });
    const path = "/repos/alice/hidden/issues";
    const first = await bob.post(path, { title: "Of bob" }, key("bobs"));
    expect(first.status).toBe(201);
    expect((await mallory.post(path, { title: "Of bob" }, key("bobs"))).status).toBe(404);
    const alices = await alice.post(path, { title: "Of bob" }, key("bobs"));
    expect([alices.status, alices.headers.get("idempotency-replayed")]).toEqual([201, null]);
    expect(alices.body.number).not.toBe(first.body.number);
    await alice.delete("/repos/alice/hidden/collaborators/bob");
    expect((await bob.post(path, { title: "Of bob" }, key("bobs"))).status).toBe(404);
  });

  test("with another body, query or route is refused and does nothing", async ({ alice }) => {
    await alice.post(issues, { title: "First" }, key("mine"));
    for (const [path, body] of [
      [issues, { title: "Second" }],
      [`${issues}?x=1`, { title: "First" }],
      ["/repos/alice/demo/milestones", { title: "First" }],
    ] as const) {
      const answer = await alice.post(path, body, key("mine"));
      expect(answer.status, path).toBe(422);
      expect(answer.body.errors[0].field).toBe("Idempotency-Key");
    }
    expect((await alice.get("/repos/alice/demo/milestones?state=all")).body).toEqual([]);
  });

  test("after a refusal is tried anew, also when the refusal came after something was noted", async ({
    bob,
  }) => {
    const sha = (await bob.get("/repos/alice/demo/commits/main")).body.sha;
    const wanted = { ref: "refs/heads/again", sha };
    expect((await bob.post("/repos/alice/demo/git/refs", wanted)).status).toBe(201);
    const refused = await bob.post("/repos/alice/demo/git/refs", wanted, key("ref"));
    expect(refused.status).toBe(422);
    expect((await bob.post("/repos/alice/demo/git/refs", wanted, key("ref"))).status).toBe(422);
    expect((await bob.delete("/repos/alice/demo/git/refs/heads/again")).status).toBe(204);
    expect((await bob.post("/repos/alice/demo/git/refs", wanted, key("ref"))).status).toBe(201);
  });

  test("under a key with spaces, of other letters or longer than 255 is refused", async ({ alice }) => {
    for (const bad of ["a b", "naïve", "x".repeat(256)])
      expect((await alice.post(issues, { title: "x" }, key(bad))).status, bad).toBe(422);
    expect((await alice.get(`${issues}?creator=alice`)).body.map((one: any) => one.title)).not.toContain("x");
  });
});

describe("a process that died with a key in its hand", () => {
  test("before its work was done leaves the key to the next try, but not while it may still run", async () => {
    let now = Date.now();
    const world = await createWorld({ clock: { now: () => new Date(now) } });
    try {
      const alice = world.as("alice");
      await alice.post(issues, { title: "Cut" }, key("cut"));
      const { database } = world.services;
      await database.execute(
        sql`update idempotency_keys set committed_at = null, status = null, headers = null, body = null`,
      );
      const early = await alice.post(issues, { title: "Cut" }, key("cut"));
      expect([early.status, early.body.message]).toEqual([
        409,
        "The first request with this key is still running",
      ]);
      now += 121_000;
      expect((await alice.post(issues, { title: "Cut" }, key("cut"))).status).toBe(201);
      await world.settle();
    } finally {
      await world.close();
    }
  });

  test("after its work was done does not do it again: the client is told to look", async ({
    world,
    alice,
  }) => {
    await alice.post(issues, { title: "Done" }, key("done"));
    await world.services.database.execute(
      sql`update idempotency_keys set status = null, headers = null, body = null, created_at = created_at - interval '10 minutes'`,
    );
    const again = await alice.post(issues, { title: "Done" }, key("done"));
    expect([again.status, again.body.message]).toEqual([
      409,
      "This request has taken effect, but its answer was not kept; look the result up",
    ]);
    expect((await alice.get(issues)).body.filter((one: any) => one.title === "Done")).toHaveLength(1);
  });
});

test("keys and the answers kept with them are forgotten after a day, one's own and those of others", async () => {
  let now = Date.now();
  const world = await createWorld({ clock: { now: () => new Date(now) } });
  try {
    const [alice, bob] = [world.as("alice"), world.as("bob")];
    for (let n = 0; n < 3; n += 1) await bob.post(issues, { title: `Old ${n}` }, key(`bob-${n}`));
    const first = await alice.post(issues, { title: "Old" }, key("alice"));
    now += 86_400_001;
    const second = await alice.post(issues, { title: "Old" }, key("alice"));
    expect(second.body.number).toBe(first.body.number + 1);
    const kept = await world.services.database.execute(sql`select key from idempotency_keys`);
    expect(kept).toEqual([{ key: "alice" }]);
    await world.settle();
  } finally {
    await world.close();
  }
});
