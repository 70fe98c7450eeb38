/** Watchers are people who may look: whoever loses the right is in no count and in no list. */
import { describe } from "vitest";
import type { Client } from "../../../../tools/testing/client.ts";
import { expect, test } from "../../../../tools/testing/world.ts";
import { sql } from "drizzle-orm";

const demo = "/repos/alice/demo";

const watch = async (client: Client, repo: string) =>
  expect((await client.put(`${repo}/subscription`, { subscribed: true })).status).toBe(200);

/** Who watches by the list, which the count must not contradict. */
async function watchers(client: Client, repo: string): Promise<string[]> {
  const list = (await client.get(`${repo}/subscribers`)).body.map((one: { login: string }) => one.login);
  expect((await client.get(repo)).body.subscribers_count).toBe(list.length);
  return list;
}

describe("watchers", () => {
  test("of a repository that becomes private are those who still may read it, and a return brings nobody back", async ({
    world,
    alice,
    bob,
    mallory,
  }) => {
    for (const client of [alice, bob, mallory]) await watch(client, demo);
    expect(await watchers(alice, demo)).toEqual(["alice", "bob", "mallory"]);
    await alice.patch(demo, { private: true });
    await world.settle();
    expect(await watchers(alice, demo)).toEqual(["alice", "bob"]);
    await alice.patch(demo, { private: false });
    await world.settle();
    expect(await watchers(mallory, demo)).toEqual(["alice", "bob"]);
  });

  test("of an organization's repository leave with the membership, the team and the base permission that let them look", async ({
    world,
    alice,
    bob,
    carol,
    mallory,
  }) => {
    const org = "/orgs/acme";
    const vault = "/repos/acme/watched";
    expect((await alice.post(`${org}/repos`, { name: "watched", private: true })).status).toBe(201);
    for (const name of ["bob", "carol", "mallory"])
      await alice.put(`${org}/memberships/${name}`, { role: "member" });
    await alice.patch(org, { default_repository_permission: "read" });
    for (const client of [bob, carol, mallory]) await watch(client, vault);
    await world.settle();
    const before = await watchers(alice, vault);
    expect(before).toEqual(expect.arrayContaining(["bob", "carol", "mallory"]));
    await alice.delete(`${org}/memberships/mallory`);
    await world.settle();
    expect(await watchers(alice, vault)).toEqual(before.filter((one) => one !== "mallory"));
    await alice.post(`${org}/teams`, { name: "keepers" });
    await alice.put(`${org}/teams/keepers/memberships/carol`, {});
    await alice.put(`${org}/teams/keepers${vault}`, { permission: "pull" });
    await alice.patch(org, { default_repository_permission: "none" });
    await world.settle();
    expect(await watchers(alice, vault)).toEqual(before.filter((one) => !["mallory", "bob"].includes(one)));
    await alice.delete(`${org}/teams/keepers`);
    await world.settle();
    expect(await watchers(alice, vault)).not.toContain("carol");
  });

  test("who must go are found some thousand at a time, and the count is right after it", async ({
    world,
    alice,
  }) => {
    await world.write(sql`insert into owners (id, login, type)
      select 'w' || n, 'w' || n, 'user' from generate_series(1, 12000) n`);
    await world.write(sql`insert into "user" (id, name, username, display_username, email, email_verified, created_at, updated_at)
      select 'w' || n, 'w' || n, 'w' || n, 'w' || n, 'w' || n || '@crowd.test', true, now(), now() from generate_series(1, 12000) n`);
    await world.write(sql`insert into watches (repo_id, user_id, created_at)
      select r.id, 'w' || n, now() from repositories r, generate_series(1, 12000) n where r.name = 'demo'`);
    await world.write(sql`update repositories set watchers_count =
      (select count(*) from watches where repo_id = repositories.id) where name = 'demo'`);
    await alice.patch(demo, { private: true });
    await world.settle();
    expect((await watchers(alice, demo)).length).toBeLessThan(10);
  }, 60_000);
});
