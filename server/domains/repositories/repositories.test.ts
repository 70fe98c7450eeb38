import { sql } from "drizzle-orm";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe } from "vitest";
import { diskPath } from "../../git/store.ts";
import { systemContext } from "../../kernel/context.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import type { World } from "../../../tools/testing/world.ts";
import { gitOf } from "./addresses.ts";
import { purgeDeleted } from "./commands/deletion.ts";
import { sweepOrphans } from "./commands/sweep.ts";

const demo = "/repos/alice/demo";
const rows = (world: World, query: ReturnType<typeof sql>): Promise<any[]> =>
  world.services.database.execute(query) as unknown as Promise<any[]>;

/** Every count that a row keeps, beside the same count made anew. */
const recount = sql`select r.name,
  r.stars_count = (select count(*) from stars s where s.repo_id = r.id) as stars,
  r.watchers_count = (select count(*) from watches w where w.repo_id = r.id) as watchers,
  r.forks_count = (select count(*) from repositories f where f.forked_from_id = r.id and f.deleted_at is null) as forks,
  (o.public_repos, o.private_repos) = (select count(*) filter (where not x.is_private), count(*) filter (where x.is_private)
    from repositories x where x.owner_id = o.id and x.deleted_at is null) as owned
  from repositories r join owners o on o.id = r.owner_id`;

/** How many repositories lie on disk. */
async function foldersOf(world: World): Promise<number> {
  const found = await readdir(join(world.dataDir, "repositories"), { recursive: true });
  return found.filter((path) => /[0-9a-f]{12}\.git$/.test(path)).length;
}

async function expectCounts(world: World) {
  for (const row of await rows(world, recount))
    expect(row).toEqual({ name: row.name, stars: true, watchers: true, forks: true, owned: true });
}

describe("making a repository", () => {
  test("it is there at once, with a README when asked, and its maker watches it", async ({
    alice,
    world,
  }) => {
    const made = await alice.post("/user/repos", { name: "New.Repo", private: true, auto_init: true });
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toBe(made.body.url);
    expect(made.body).toMatchObject({ private: true, default_branch: "main", subscribers_count: 1 });
    const readme = await alice.get("/repos/alice/new.repo/readme");
    expect(Buffer.from(readme.body.content, "base64").toString()).toBe("# New.Repo\n");
    const events = await rows(
      world,
      sql`select type from events where repo_id is not null order by id desc limit 2`,
    );
    expect(events.map((one) => one.type)).toEqual(["repository.pushed", "repository.created"]);
    await expectCounts(world);
  });

  test("of fifty that want one name at once, one gets it and nothing is left of the others", async ({
    alice,
    world,
  }) => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        alice.post("/user/repos", { name: n % 2 ? "Popular" : "popular", auto_init: true }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, body.errors[0].code]).toEqual([422, "already_exists"]);
    const [{ count }] = await rows(
      world,
      sql`select count(*)::int from repositories where lower(name) = 'popular'`,
    );
    expect(count).toBe(1);
    const [{ kept }] = await rows(world, sql`select count(*)::int as kept from repositories`);
    expect(await foldersOf(world)).toBe(kept);
    await expectCounts(world);
  });

  test("names that are no names are refused with the field", async ({ alice }) => {
    for (const name of ["", "..", ".", "a b", "a/b", "-".repeat(101), "x.git", "ü", "a\u0001b", "x.wiki"]) {
      const answer = await alice.post("/user/repos", { name });
      expect([answer.status, answer.body.errors?.[0].field], JSON.stringify(name)).toEqual([422, "name"]);
    }
    for (const default_branch of ["-x", "a..b", "HEAD", "a b", "x.lock"])
      expect((await alice.post("/user/repos", { name: "fine", default_branch })).status).toBe(422);
  });

  test("in an organization its owner makes one, a member and a stranger do not", async ({
    alice,
    bob,
    mallory,
    anonymous,
  }) => {
    expect((await alice.post("/orgs/acme/repos", { name: "tool" })).status).toBe(201);
    expect((await alice.get("/repos/acme/tool")).body.organization.login).toBe("acme");
    expect((await bob.post("/orgs/acme/repos", { name: "mine" })).status).toBe(403);
    expect((await mallory.post("/orgs/acme/repos", { name: "mine" })).status).toBe(403);
    expect((await anonymous.post("/orgs/acme/repos", { name: "mine" })).status).toBe(401);
    expect((await alice.post("/orgs/nobody/repos", { name: "mine" })).status).toBe(404);
  });
});

describe("changing a repository", () => {
  test("a rename leads from the old name to the new one, until somebody takes the old", async ({
    alice,
    carol,
  }) => {
    expect((await alice.patch(demo, { name: "show" })).status).toBe(200);
    const moved = await carol.get(`${demo}/branches/main`);
    expect(moved.status).toBe(301);
    expect(moved.headers.get("location")).toBe("http://wit.test/api/v3/repos/alice/show/branches/main");
    const write = await alice.patch(demo, { description: "Through the old place" });
    expect(write.status).toBe(307);
    expect((await carol.get("/repos/alice/show")).status).toBe(200);
    await alice.patch("/repos/alice/show", { name: "shown" });
    expect((await carol.get(demo)).headers.get("location")).toMatch(/alice\/shown$/);
    await alice.post("/user/repos", { name: "demo" });
    expect((await carol.get(demo)).status).toBe(200);
  });

  test("a redirect does not tell a stranger where a private repository went", async ({ alice, mallory }) => {
    await alice.patch("/repos/alice/secret", { name: "hidden" });
    expect((await mallory.get("/repos/alice/secret")).status).toBe(404);
    expect((await alice.get("/repos/alice/secret")).status).toBe(301);
  });

  test("settings change, and only to what can be", async ({ alice, bob, world }) => {
    const changed = await alice.patch(demo, {
      description: "Short",
      homepage: "https://example.test/",
      default_branch: "feature",
      allow_rebase_merge: false,
      visibility: "private",
    });
    expect(changed.body).toMatchObject({
      description: "Short",
      homepage: "https://example.test/",
      default_branch: "feature",
      allow_rebase_merge: false,
      private: true,
    });
    expect((await alice.patch(demo, { default_branch: "nope" })).status).toBe(422);
    expect((await alice.patch(demo, { homepage: "javascript:alert(1)" })).status).toBe(422);
    expect((await alice.patch(demo, { allow_merge_commit: false, allow_squash_merge: false })).status).toBe(
      422,
    );
    expect((await bob.patch(demo, { description: "Mine" })).status).toBe(403);
    await expectCounts(world);
  });

  test("an archive is read-only for its owner too, until it is opened again", async ({ alice }) => {
    await alice.patch(demo, { archived: true });
    expect((await alice.patch(demo, { description: "x" })).status).toBe(403);
    expect((await alice.patch(demo, { archived: false, description: "x" })).body.archived).toBe(false);
  });

  test("a repository is given to an organization one administers, and to nobody else's account", async ({
    alice,
    bob,
    root,
    world,
  }) => {
    expect((await alice.post(`${demo}/transfer`, { new_owner: "bob" })).status).toBe(422);
    expect((await bob.post(`${demo}/transfer`, { new_owner: "bob" })).status).toBe(403);
    const given = await alice.post(`${demo}/transfer`, { new_owner: "acme" });
    expect([given.status, given.body.full_name]).toEqual([202, "acme/demo"]);
    expect((await alice.get(demo)).headers.get("location")).toMatch(/acme\/demo$/);
    expect((await bob.get("/repos/acme/demo")).body.permissions.push).toBe(true);
    await expectCounts(world);
    expect((await root.post("/repos/acme/demo/transfer", { new_owner: "bob" })).status).toBe(403);
    const [{ admin }] = await rows(
      world,
      sql`select count(*)::int as admin from collaborators where permission = 'admin'`,
    );
    expect(admin).toBe(1);
  });

  test("a deleted repository is gone for all, keeps its name free, and comes back whole", async ({
    alice,
    bob,
    world,
  }) => {
    const { id } = (await alice.get(demo)).body;
    expect((await bob.delete(demo)).status).toBe(403);
    expect((await alice.delete(demo)).status).toBe(204);
    expect((await alice.get(demo)).status).toBe(404);
    expect((await bob.get(`/repositories/${id}`)).status).toBe(404);
    expect((await bob.get("/user/deleted-repos")).body).toEqual([]);
    expect((await alice.get("/user/deleted-repos")).body[0]).toMatchObject({ id, name: "demo" });
    await alice.post("/user/repos", { name: "demo" });
    expect((await alice.post(`/repositories/${id}/restore`)).status).toBe(422);
    expect((await bob.post(`/repositories/${id}/restore`, { name: "mine" })).status).toBe(404);
    const back = await alice.post(`/repositories/${id}/restore`, { name: "demo-2" });
    expect([back.status, back.body.name]).toEqual([201, "demo-2"]);
    expect((await bob.get("/repos/alice/demo-2/branches")).body).toHaveLength(2);
    await expectCounts(world);
  });

  test("thirty days later nothing of it is left, and not a day before", async ({ alice, world }) => {
    const ctx = systemContext(world.services, "test");
    const [row] = await rows(
      world,
      sql`select id, disk_path as "diskPath" from repositories where name = 'demo'`,
    );
    const { dir } = gitOf(ctx, row);
    await alice.delete(demo);
    const day = 86_400_000;
    const at = (days: number) => ({ ...ctx, clock: { now: () => new Date(Date.now() + days * day) } });
    expect(await purgeDeleted(at(29))).toBe(0);
    expect(existsSync(dir)).toBe(true);
    expect(await purgeDeleted(at(31))).toBe(1);
    expect(existsSync(dir)).toBe(false);
    expect((await alice.get("/user/deleted-repos")).body).toEqual([]);
  });
});

describe("what is worked out after a push", () => {
  test("is the size, the languages and the main one", async ({ alice, world }) => {
    const content = Buffer.from("print(1)\n".repeat(100)).toString("base64");
    await alice.put(`${demo}/contents/big.py`, { message: "More Python than JavaScript", content });
    await world.settle();
    const languages = await alice.get(`${demo}/languages`);
    expect(Object.keys(languages.body)).toEqual(["Python", "JavaScript"]);
    const seen = (await alice.get(demo)).body;
    expect(seen.language).toBe("Python");
    expect(seen.size).toBeGreaterThan(0);
  });
});

describe("what crashes leave on disk", () => {
  test("git data without a row is removed a day later, and everything else stays", async ({
    alice,
    world,
  }) => {
    const ctx = systemContext(world.services, "test");
    await ctx.git.init(diskPath("v1", uuidv7()), { defaultBranch: "main" });
    await alice.delete("/repos/alice/secret");
    const before = await foldersOf(world);
    expect(await sweepOrphans(ctx)).toBe(0);
    const tomorrow = { ...ctx, clock: { now: () => new Date(Date.now() + 25 * 3_600_000) } };
    expect(await sweepOrphans(tomorrow)).toBe(1);
    expect(await foldersOf(world)).toBe(before - 1);
    expect((await alice.get(`${demo}/branches`)).body).toHaveLength(2);
  });
});

describe("forks", () => {
  test("a fork has the history, knows its origin, and is made once", async ({ mallory, alice, world }) => {
    const fork = await mallory.post(`${demo}/forks`);
    expect(fork.status).toBe(202);
    expect(fork.body).toMatchObject({
      full_name: "mallory/demo",
      fork: true,
      parent: { full_name: "alice/demo" },
    });
    const again = await Promise.all([1, 2, 3].map(() => mallory.post(`${demo}/forks`, { name: "other" })));
    for (const one of again) expect(one.body.id).toBe(fork.body.id);
    expect((await alice.get(`${demo}/forks`)).body).toHaveLength(1);
    expect((await mallory.get("/repos/mallory/demo/commits")).body).toHaveLength(5);
    expect((await alice.post(`${demo}/forks`)).status).toBe(422);
    await mallory.delete("/repos/mallory/demo");
    expect((await alice.get(demo)).body.forks_count).toBe(0);
    await expectCounts(world);
  });

  test("of forks made at once there is one", async ({ mallory, world }) => {
    const made = await Promise.all(["a", "b", "c"].map((name) => mallory.post(`${demo}/forks`, { name })));
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    await expectCounts(world);
  });

  test("a fork of a private repository is private, and a stranger makes none", async ({
    alice,
    bob,
    mallory,
  }) => {
    expect((await mallory.post("/repos/alice/secret/forks")).status).toBe(404);
    await alice.put("/repos/alice/secret/collaborators/bob", { permission: "pull" });
    expect((await bob.post("/repos/alice/secret/forks")).body.private).toBe(true);
    expect((await mallory.get("/repos/bob/secret")).status).toBe(404);
    // Nor does it become public later, whoever was let go in between, until what it was copied from does.
    await alice.delete("/repos/alice/secret/collaborators/bob");
    const refused = await bob.patch("/repos/bob/secret", { private: false });
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, "private"]);
    expect((await alice.patch("/repos/alice/secret", { private: false })).status).toBe(200);
    expect((await bob.patch("/repos/bob/secret", { private: false })).status).toBe(200);
  });
});

describe("lists", () => {
  test("show what the reader may see, in every order and page by page", async ({
    alice,
    mallory,
    anonymous,
  }) => {
    for (const name of ["a", "b", "c"]) await alice.post("/user/repos", { name, private: name === "b" });
    const names = (answer: any) => answer.body.map((one: any) => one.name);
    expect(names(await alice.get("/users/alice/repos"))).toEqual(["a", "b", "c", "demo", "secret"]);
    expect(names(await mallory.get("/users/alice/repos"))).toEqual(["a", "c", "demo"]);
    expect(names(await anonymous.get("/repositories"))).toEqual(["demo", "a", "c"]);
    for (const sort of ["created", "updated", "pushed", "full_name"]) {
      const seen: string[] = [];
      let path = `/user/repos?sort=${sort}&per_page=2`;
      while (path) {
        const page = await alice.get(path);
        seen.push(...names(page));
        path = /<[^>]*\/api\/v3([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? "";
      }
      expect(seen.toSorted(), sort).toEqual(["a", "b", "c", "demo", "secret"]);
    }
    expect(names(await alice.get("/user/repos?visibility=private"))).toEqual(["b", "secret"]);
    expect(names(await mallory.get("/user/repos"))).toEqual([]);
  });
});

describe("collaborators", () => {
  test("come, change and go by the hand of an admin, and may leave by themselves", async ({
    alice,
    bob,
    carol,
    mallory,
  }) => {
    const path = `${demo}/collaborators`;
    expect((await alice.put(`${path}/mallory`, { permission: "push" })).status).toBe(204);
    expect((await mallory.get(demo)).body.permissions.push).toBe(true);
    const listed = await bob.get(path);
    expect(listed.body.map((one: any) => `${one.login} ${one.role_name}`)).toEqual([
      "alice admin",
      "bob write",
      "carol read",
      "mallory write",
    ]);
    expect((await carol.get(path)).status).toBe(403);
    expect((await bob.put(`${path}/mallory`, { permission: "admin" })).status).toBe(403);
    expect((await bob.delete(`${path}/carol`)).status).toBe(403);
    expect((await bob.delete(`${path}/bob`)).status).toBe(204);
    expect((await alice.get(`${path}/bob`)).status).toBe(404);
    expect((await alice.get(`${path}/carol`)).status).toBe(204);
    expect((await alice.get(`${path}/bob/permission`)).body.permission).toBe("read");
    for (const permission of ["owner", "maintain", "__proto__"])
      expect((await alice.put(`${path}/bob`, { permission })).status).toBe(422);
    expect((await alice.put(`${path}/alice`, {})).status).toBe(422);
    expect((await alice.put(`${path}/nobody-here`, {})).status).toBe(404);
  });

  test("who loses a private repository stops watching it", async ({ alice, bob, world }) => {
    await alice.put("/repos/alice/secret/collaborators/bob", {});
    expect((await bob.put("/repos/alice/secret/subscription", {})).body.subscribed).toBe(true);
    await alice.delete("/repos/alice/secret/collaborators/bob");
    expect((await bob.get("/user/subscriptions")).body).toEqual([]);
    await expectCounts(world);
  });
});

describe("stars and watching", () => {
  test("count once however often they are said, also at the same time", async ({ alice, bob, world }) => {
    const star = "/user/starred/alice/demo";
    await Promise.all(Array.from({ length: 8 }, () => bob.put(star)));
    expect((await bob.put(star)).status).toBe(204);
    expect((await bob.get(star)).status).toBe(204);
    await Promise.all(Array.from({ length: 4 }, () => bob.put(`${demo}/subscription`, {})));
    const seen = (await alice.get(demo)).body;
    expect(seen).toMatchObject({ stargazers_count: 1, subscribers_count: 2 });
    const gazers = await alice.get(`${demo}/stargazers`, { accept: "application/vnd.github.star+json" });
    expect(gazers.body[0].user.login).toBe("bob");
    expect((await bob.get("/user/starred")).body[0].full_name).toBe("alice/demo");
    expect((await alice.get("/users/bob/subscriptions")).body).toHaveLength(1);
    await Promise.all(Array.from({ length: 4 }, () => bob.delete(star)));
    expect((await bob.get(star)).status).toBe(404);
    await bob.delete(`${demo}/subscription`);
    expect((await bob.get(`${demo}/subscription`)).status).toBe(404);
    await expectCounts(world);
  });

  test("a star does not show a private repository to others", async ({ alice, mallory, anonymous }) => {
    expect((await alice.put("/user/starred/alice/secret")).status).toBe(204);
    expect((await mallory.put("/user/starred/alice/secret")).status).toBe(404);
    expect((await mallory.get("/users/alice/starred")).body).toEqual([]);
    expect((await anonymous.put("/user/starred/alice/demo")).status).toBe(401);
  });
});
