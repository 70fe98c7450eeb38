import { describe } from "vitest";
import { expect, test } from "../../../../tools/testing/world.ts";

const teams = "/orgs/acme/teams";

describe("teams", () => {
  test("are kept by the admins of an organization and seen by its members", async ({
    alice,
    bob,
    carol,
    anonymous,
    world,
  }) => {
    const made = await alice.post(teams, { name: "Core", description: "The core" });
    expect([made.status, made.body.slug, made.body.members_count]).toEqual([201, "core", 0]);
    expect((await alice.post(teams, { name: "core" })).body.errors[0].code).toBe("already_exists");
    for (const name of ["a b", "", "-x", "a/b", "x".repeat(101)])
      expect((await alice.post(teams, { name })).status, name).toBe(422);
    expect((await bob.post(teams, { name: "Mine" })).status).toBe(403);
    expect((await bob.put(`${teams}/core/memberships/bob`)).status).toBe(403);
    expect((await carol.get(teams)).status).toBe(403);
    expect((await anonymous.get(`${teams}/core`)).status).toBe(401);
    for (let turn = 0; turn < 2; turn += 1)
      expect((await alice.put(`${teams}/core/memberships/bob`)).status).toBe(200);
    expect((await bob.get(`${teams}/CORE/members`)).body.map((one: any) => one.login)).toEqual(["bob"]);
    expect((await bob.get(`${teams}/core/memberships/alice`)).status).toBe(404);
    expect((await alice.delete(`${teams}/core/memberships/bob`)).status).toBe(204);
    expect((await alice.delete(`${teams}/core/memberships/bob`)).status).toBe(404);
    expect((await alice.delete(`${teams}/core`)).status).toBe(204);
    expect((await bob.get(`${teams}/core`)).status).toBe(404);
    expect((await world.events({ type: "team.%" })).map((one) => one.type)).toEqual([
      "team.created",
      "team.member-added",
      "team.member-removed",
      "team.deleted",
    ]);
  });

  test("hold members of the organization only, and lose who leaves it", async ({ alice, bob }) => {
    await alice.post(teams, { name: "core" });
    expect((await alice.put(`${teams}/core/memberships/carol`)).status).toBe(422);
    await alice.put(`${teams}/core/memberships/bob`);
    expect((await bob.delete("/orgs/acme/members/bob")).status).toBe(204);
    expect((await alice.get(`${teams}/core/members`)).body).toEqual([]);
  });

  test("are offered to members of their organization by how the name begins, and to nobody else", async ({
    alice,
    bob,
    carol,
    anonymous,
    mallory,
    world,
  }) => {
    const offered = async (client: typeof alice, query: string) =>
      (await client.get(`/_web/teams?${query}`)).body.map((one: { mention: string }) => one.mention);
    await alice.post(teams, { name: "Core", description: "Keeps it running" });
    await alice.post(teams, { name: "core_docs" });
    await alice.post("/user/orgs", { login: "abc" });
    await alice.post("/orgs/abc/teams", { name: "Corsairs" });
    await mallory.post("/user/orgs", { login: "corp" });
    await mallory.post("/orgs/corp/teams", { name: "core" });
    expect((await bob.get("/_web/teams?begun=COR")).body).toEqual([
      { mention: "acme/Core", description: "Keeps it running" },
      { mention: "acme/core_docs", description: null },
    ]);
    expect(await offered(alice, "begun=cor&first=Acme")).toEqual([
      "acme/Core",
      "acme/core_docs",
      "abc/Corsairs",
    ]);
    expect(await offered(alice, "begun=acme%2Fcore_")).toEqual(["acme/core_docs"]);
    expect(await offered(alice, "begun=%25")).toEqual([]);
    expect(await offered(mallory, "begun=")).toEqual(["corp/core"]);
    expect(await offered(carol, "begun=core&first=acme")).toEqual([]);
    expect((await anonymous.get("/_web/teams?begun=core")).status).toBe(401);
    for (let number = 1; number < 12; number += 1)
      expect((await alice.post(teams, { name: `many-${number}` })).status).toBe(201);
    expect(await offered(bob, "begun=many")).toHaveLength(8);
    // Whoever leaves is offered nothing from then on.
    expect((await bob.delete("/orgs/acme/members/bob")).status).toBe(204);
    expect(await offered(bob, "begun=core")).toEqual([]);
    await world.settle();
  });

  test("of another organization are not reached", async ({ alice, mallory }) => {
    await alice.post(teams, { name: "core" });
    expect((await mallory.post("/user/orgs", { login: "evil" })).status).toBe(201);
    expect((await mallory.delete("/orgs/evil/teams/core")).status).toBe(404);
    expect((await mallory.delete(`${teams}/core`)).status).toBe(403);
  });
});
