/** Watchers are people who may look: whoever loses the right is in no count and in no list. */
import { describe, vi } from "vitest";
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

  const bob = sql`(select id from owners where login = 'bob')`;
  for (const { way, ends } of [
    { way: "membership", ends: sql`delete from org_members where user_id = ${bob}` },
    { way: "base permission", ends: sql`update organizations set base_permission = 'none'` },
    { way: "team", ends: sql`delete from team_members where user_id = ${bob}` },
    { way: "team's repository", ends: sql`delete from team_repositories` },
    { way: "collaboration", ends: sql`delete from collaborators where user_id = ${bob}` },
  ])
    test(`are none whose right to look, by ${way}, ends in the moment they begin`, async ({
      world,
      alice,
      bob: client,
    }) => {
      const org = "/orgs/acme";
      const vault = "/repos/acme/watched";
      await alice.post(`${org}/repos`, { name: "watched", private: true });
      await alice.delete(`${org}/memberships/bob`);
      if (way !== "collaboration") await alice.put(`${org}/memberships/bob`, { role: "member" });
      if (way === "collaboration") await alice.put(`${vault}/collaborators/bob`, { permission: "pull" });
      if (way.startsWith("team")) {
        await alice.post(`${org}/teams`, { name: "keepers" });
        await alice.put(`${org}/teams/keepers/memberships/bob`, {});
        await alice.put(`${org}/teams/keepers${vault}`, { permission: "pull" });
      }
      const base = way === "membership" || way === "base permission" ? "read" : "none";
      await alice.patch(org, { default_repository_permission: base });
      await world.settle();
      expect((await client.get(vault)).status).toBe(200);
      let answered = false;
      // The end of the right is written, and not yet there for others: the watch waits for it, or it would stay for good.
      const { begun } = await world.services.database.transaction(async (tx) => {
        await tx.execute(ends);
        const begun = client.put(`${vault}/subscription`, { subscribed: true });
        void begun.then(() => (answered = true));
        await vi.waitFor(
          async () => {
            const waiting = await tx.execute(
              sql`select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`,
            );
            expect(answered || [...waiting].length > 0).toBe(true);
          },
          { timeout: 20_000 },
        );
        return { begun };
      });
      expect([403, 404]).toContain((await begun).status);
      expect(await watchers(alice, vault)).not.toContain("bob");
    });
});
