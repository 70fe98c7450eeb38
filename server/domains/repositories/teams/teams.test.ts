import { describe } from "vitest";
import { people, type PersonName } from "../../../../tools/testing/people.ts";
import type { Client } from "../../../../tools/testing/client.ts";
import { racing } from "../../../../tools/testing/races.ts";
import { expect, test as base, type World } from "../../../../tools/testing/world.ts";

/** A private repository of the organization, whose members see nothing of it by being members, and a team with bob in it. */
const test = base.extend<{ vault: string }>({
  vault: async ({ alice }, use) => {
    expect((await alice.patch("/orgs/acme", { default_repository_permission: "none" })).status).toBe(200);
    const made = await alice.post("/orgs/acme/repos", { name: "vault", private: true, auto_init: true });
    expect(made.status).toBe(201);
    expect((await alice.post("/orgs/acme/teams", { name: "Core" })).status).toBe(201);
    expect((await alice.put("/orgs/acme/teams/core/memberships/bob")).status).toBe(200);
    await use("/repos/acme/vault");
  },
});

const held = "/orgs/acme/teams/core/repos/acme/vault";

/** Every door to the repository, and whether it opens for somebody: 200 or not. */
async function doors(world: World, who: PersonName): Promise<string[]> {
  const client = world.as(who);
  const git = `Basic ${Buffer.from(`${who}:${people[who].token}`).toString("base64")}`;
  const raw = async (path: string, init: RequestInit = {}) =>
    (
      await world.app.fetch(
        new Request(world.url + path, { ...init, headers: { authorization: git, ...init.headers } }),
      )
    ).status;
  const batch = JSON.stringify({
    operation: "download",
    objects: [{ oid: "0".repeat(64), size: 1 }],
  });
  const lfs = { accept: "application/vnd.git-lfs+json", "content-type": "application/vnd.git-lfs+json" };
  const named = (answer: { status: number; body: any }) =>
    answer.status === 200 &&
    (answer.body.items ?? answer.body).some((one: any) => one.full_name === "acme/vault");
  const open: Record<string, boolean> = {
    api: (await client.get("/repos/acme/vault")).status === 200,
    contents: (await client.get("/repos/acme/vault/contents/README.md")).status === 200,
    "git over HTTP": (await raw("/acme/vault.git/info/refs?service=git-upload-pack")) === 200,
    raw: (await raw("/acme/vault/raw/main/README.md")) === 200,
    archive: (await raw("/acme/vault/archive/main.zip")) === 200,
    lfs:
      (await raw("/acme/vault.git/info/lfs/objects/batch", { method: "POST", body: batch, headers: lfs })) ===
      200,
    search: named(await client.get("/search/repositories?q=vault")),
    "list of the organization": named(await client.get("/orgs/acme/repos")),
    "list of one's own": named(await client.get("/user/repos")),
    issues: (await client.get("/repos/acme/vault/issues")).status === 200,
    events: (await client.get("/repos/acme/vault/events")).status === 200,
  };
  return Object.keys(open).filter((door) => open[door]);
}

const every = 11;

const may = async (client: Client) => (await client.get("/repos/acme/vault")).body.permissions;

describe("what a team may do in a repository", () => {
  test("its members may, through every door, and no longer than they and the team do", async ({
    world,
    alice,
    bob,
    vault,
  }) => {
    expect(await doors(world, "bob")).toEqual([]);
    expect((await alice.put(held, { permission: "pull" })).status).toBe(204);
    expect(await doors(world, "bob")).toHaveLength(every);
    expect(await may(bob)).toMatchObject({ pull: true, push: false, admin: false });
    expect((await bob.put(`${vault}/contents/a.txt`, { message: "a", content: "YQ==" })).status).toBe(403);

    expect((await alice.put(held, { permission: "push" })).status).toBe(204);
    expect((await bob.put(`${vault}/contents/a.txt`, { message: "a", content: "YQ==" })).status).toBe(201);
    expect((await bob.patch(vault, { description: "Mine" })).status).toBe(403);
    expect((await alice.put(held, { permission: "admin" })).status).toBe(204);
    expect((await bob.patch(vault, { description: "Mine" })).status).toBe(200);

    const ends: (() => Promise<unknown>)[] = [
      () => alice.delete(held),
      () => alice.delete("/orgs/acme/teams/core/memberships/bob"),
      () => alice.delete("/orgs/acme/members/bob"),
      () => alice.delete("/orgs/acme/teams/core"),
      () => alice.post(`${vault}/transfer`, { new_owner: "alice" }),
    ];
    const again = async () => {
      await alice.put("/orgs/acme/memberships/bob", { org_role: "member" });
      await alice.post("/orgs/acme/teams", { name: "Core" });
      await alice.put("/orgs/acme/teams/core/memberships/bob");
      expect((await alice.put(held, { permission: "push" })).status).toBe(204);
    };
    for (const end of ends) {
      await again();
      expect(await doors(world, "bob")).toHaveLength(every);
      await end();
      expect(await doors(world, "bob")).toEqual([]);
    }
    // Given back, the repository is not given back to the team.
    await alice.post("/repos/alice/vault/transfer", { new_owner: "acme" });
    expect(await doors(world, "bob")).toEqual([]);
  });

  test("whoever is suspended, belongs to another organization or left loses it, whatever rows are left", async ({
    world,
    alice,
    bob,
    mallory,
    root,
    vault,
  }) => {
    await alice.put(held, { permission: "admin" });
    // An organization of hers has a team of the same name, with her in it.
    expect((await mallory.post("/user/orgs", { login: "evil" })).status).toBe(201);
    await mallory.post("/orgs/evil/teams", { name: "Core" });
    await mallory.put("/orgs/evil/teams/core/memberships/mallory");
    expect((await mallory.put("/orgs/evil/teams/core/repos/acme/vault")).status).toBe(404);
    expect((await alice.put("/orgs/evil/teams/core/repos/acme/vault")).status).toBe(403);
    expect((await mallory.put(held)).status).toBe(403);
    expect(await doors(world, "mallory")).toEqual([]);
    // Who administers a repository elsewhere cannot bring this organization's team there, nor this one's to theirs.
    await alice.put("/orgs/evil/memberships/alice");
    await mallory.put("/orgs/evil/memberships/alice", { org_role: "owner" });
    expect((await alice.put("/orgs/evil/teams/core/repos/acme/vault")).status).toBe(422);
    expect((await alice.put("/orgs/acme/teams/core/repos/alice/demo")).status).toBe(422);
    expect((await alice.get("/orgs/acme/teams/core/repos/alice/demo")).status).toBe(404);

    expect((await bob.get(vault)).status).toBe(200);
    expect((await root.patch("/admin/users/bob", { suspended: true, reason: "?" })).status).toBe(200);
    expect(await doors(world, "bob")).toEqual([]);
  });

  test("is set by who administers the repository and sees the team, told once, and the same again is nothing", async ({
    world,
    alice,
    bob,
    vault,
  }) => {
    expect((await bob.put(held)).status).toBe(404);
    await alice.put(held, { permission: "push" });
    expect((await bob.put(held, { permission: "admin" })).status).toBe(403);
    for (const permission of ["triage", "maintain", "owner", "__proto__"])
      expect((await alice.put(held, { permission })).status, permission).toBe(422);
    await alice.put(held, { permission: "push" });
    await alice.put(held, { permission: "pull" });
    expect((await alice.get(held)).status).toBe(204);
    const [team] = (await alice.get(`${vault}/teams`)).body;
    expect([team.slug, team.permission, team.permissions.push]).toEqual(["core", "pull", false]);
    const [work] = (await bob.get("/orgs/acme/teams/core/repos")).body;
    expect([work.full_name, work.role_name]).toEqual(["acme/vault", "read"]);
    expect((await bob.get("/orgs/acme/teams/core")).body.repos_count).toBe(1);
    for (let turn = 0; turn < 2; turn += 1) expect((await alice.delete(held)).status).toBe(204);
    expect((await alice.get(held)).status).toBe(404);
    expect(
      (await world.events({ type: "repository.team-%" })).map(({ type, payload }: any) => [
        type,
        payload.permission,
        payload.previous_permission,
      ]),
    ).toEqual([
      ["repository.team-added", "write", null],
      ["repository.team-added", "read", "write"],
      ["repository.team-removed", undefined, undefined],
    ]);
  });

  test("lists and counts name no repository to who may not see it", async ({ alice, bob, vault }) => {
    await alice.post("/orgs/acme/teams", { name: "Other" });
    await alice.put("/orgs/acme/teams/other/repos/acme/vault", { permission: "pull" });
    expect((await bob.get("/orgs/acme/teams/other/repos")).body).toEqual([]);
    expect((await bob.get("/orgs/acme/teams/other")).body.repos_count).toBe(0);
    expect((await alice.get("/orgs/acme/teams/other")).body.repos_count).toBe(1);
    expect((await bob.get("/orgs/acme/teams")).body.map((one: any) => one.repos_count)).toEqual([0, 0]);
    expect((await bob.get(vault)).status).toBe(404);
  });

  test("a transfer and a team that comes at the same moment leave no right behind", async ({
    world,
    alice,
    bob,
    vault,
  }) => {
    const [moved, added] = await racing(world, "team_repositories", () =>
      Promise.all([alice.post(`${vault}/transfer`, { new_owner: "alice" }), alice.put(held)]),
    );
    expect(moved.status).toBe(202);
    expect([204, 409]).toContain(added.status);
    expect((await bob.get("/repos/alice/vault")).status).toBe(404);
    expect((await alice.get("/repos/alice/vault/teams")).body).toEqual([]);
  });
});

describe("what an organization gives its members", () => {
  test("is the owners' to set, and holds in all its repositories at once", async ({
    world,
    alice,
    bob,
    carol,
    vault,
  }) => {
    await alice.put("/orgs/acme/memberships/carol", { org_role: "admin" });
    expect((await carol.patch("/orgs/acme", { default_repository_permission: "write" })).status).toBe(403);
    for (const [permission, push, admin] of [
      ["read", false, false],
      ["write", true, false],
      ["admin", true, true],
    ] as const) {
      await alice.patch("/orgs/acme", { default_repository_permission: permission });
      expect(await may(bob)).toMatchObject({ pull: true, push, admin });
    }
    await alice.patch("/orgs/acme", { default_repository_permission: "none" });
    expect((await bob.get(vault)).status).toBe(404);
    expect((await bob.get("/orgs/acme")).body.default_repository_permission).toBe("none");
    expect((await world.anonymous.get("/orgs/acme")).body.default_repository_permission).toBeUndefined();
    const told = await world.events({ type: "organization.base-permission-changed" });
    expect(told).toHaveLength(5);
  });
});
