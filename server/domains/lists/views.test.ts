import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";

const views = "/repos/alice/demo/views";
const mine = { kind: "pr", name: "Mine", query: "is:open author:@me" };

describe("saved queries", () => {
  test("a reader keeps queries that nobody else sees, and writers share theirs with everybody", async ({
    world,
    alice,
    bob,
    carol,
    anonymous,
  }) => {
    const own = await carol.post(views, mine);
    expect(own.status).toBe(201);
    expect(own.body).toMatchObject({ ...mine, shared: false, can: { change: true } });
    expect(own.body.html_url).toContain("/alice/demo/pulls?q=is%3Aopen+author%3A%40me");
    expect((await bob.post(views, { ...mine, name: "Bugs", query: "label:bug", shared: true })).status).toBe(
      201,
    );
    expect((await carol.post(views, { ...mine, name: "All", shared: true })).status).toBe(403);
    const names = async (client: typeof alice, more = "") =>
      (await client.get(`${views}${more}`)).body.map((one: { name: string }) => one.name);
    expect(await names(carol)).toEqual(["Bugs", "Mine"]);
    expect(await names(alice)).toEqual(["Bugs"]);
    expect(await names(anonymous)).toEqual(["Bugs"]);
    expect(await names(carol, "?kind=issue")).toEqual([]);
    for (const client of [alice, bob]) {
      expect((await client.patch(`${views}/${own.body.id}`, { name: "Taken" })).status).toBe(404);
      expect((await client.delete(`${views}/${own.body.id}`)).status).toBe(404);
    }
    const told = await world.events({ type: "view.%" });
    expect(told.map((one) => one.payload)).toMatchObject([{ name: null, shared: false }, { name: "Bugs" }]);
  });

  test("they are renamed, shared and deleted, and what is so already leaves no trace", async ({
    world,
    bob,
    carol,
  }) => {
    const { body } = await bob.post(views, mine);
    const at = `${views}/${body.id}`;
    expect((await bob.patch(at, { name: "Ours", shared: true, query: "is:open" })).body).toMatchObject({
      name: "Ours",
      shared: true,
      query: "is:open",
    });
    await bob.patch(at, { name: "Ours" });
    expect((await carol.patch(at, { name: "Mine" })).status).toBe(403);
    expect((await carol.get(views)).body[0].can.change).toMatch(/write access/);
    expect((await bob.delete(at)).status).toBe(204);
    expect((await bob.delete(at)).status).toBe(404);
    expect((await world.events({ type: "view.%" })).map((one) => one.type)).toEqual([
      "view.created",
      "view.updated",
      "view.deleted",
    ]);
  });

  test("a name is taken once, and what means nothing is not saved", async ({ bob, carol, alice }) => {
    await bob.post(views, mine);
    expect((await bob.post(views, { ...mine, name: "MINE" })).status).toBe(422);
    expect((await bob.post(views, { ...mine, kind: "issue" })).status).toBe(201);
    expect((await carol.post(views, mine)).status).toBe(201);
    const refused = await bob.post(views, { ...mine, name: "x", query: "is:purple label:bug" });
    expect(refused.status).toBe(422);
    expect(refused.body.details).toMatchObject([{ text: "is:purple", start: 0, end: 9 }]);
    for (const bad of [{ name: "" }, { name: "x".repeat(61) }, { query: "  " }, { kind: "commit" }])
      expect((await alice.post(views, { ...mine, ...bad })).status).toBe(422);
  });

  test("of many savings of one name at once one stands", async ({ world, bob }) => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => bob.post(views, mine)));
    expect(answers.filter((one) => one.status === 201)).toHaveLength(1);
    expect(await world.events({ type: "view.created" })).toHaveLength(1);
  });

  test("who may not see the repository any more sees no saved query of it", async ({ alice, carol }) => {
    await alice.put("/repos/alice/secret/collaborators/carol", { permission: "read" });
    await carol.post("/repos/alice/secret/views", mine);
    await alice.delete("/repos/alice/secret/collaborators/carol");
    expect((await carol.get("/repos/alice/secret/views")).status).toBe(404);
  });
});
