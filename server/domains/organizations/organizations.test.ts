import { sql } from "drizzle-orm";
import type { Answer } from "../../../tools/testing/client.ts";
import { people, type PersonName } from "../../../tools/testing/people.ts";
import { expect, test, type World } from "../../../tools/testing/world.ts";
import { crowd } from "../../../tools/testing/races.ts";

async function limitedToken(world: World, login: PersonName, scopes: string[]) {
  const signedIn = await world.anonymous.post("/session", { login, password: people[login].password });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const made = await world.anonymous.post(
    "/user/tokens",
    { name: "x", scopes },
    { cookie, origin: "http://wit.test" },
  );
  return world.withToken(made.body.token);
}

/** A fresh organization of alice's, with bob as admin and carol as member. */
async function team(world: World) {
  const alice = world.as("alice");
  expect((await alice.post("/user/orgs", { login: "crew", name: "The Crew" })).status).toBe(201);
  await alice.put("/orgs/crew/memberships/bob", { org_role: "admin" });
  await alice.put("/orgs/crew/memberships/carol", {});
  return "crew";
}

const roleOf = async (world: World, login: string) => {
  const answer = await world.as("alice").get(`/orgs/crew/memberships/${login}`);
  return answer.status === 200 ? answer.body.org_role : answer.status;
};

test("who makes an organization owns it, and everyone can see that it exists", async ({
  world,
  alice,
  anonymous,
}) => {
  const made = await alice.post("/user/orgs", {
    login: "Crew",
    name: "The Crew",
    description: "Rowers",
    blog: "",
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    login: "Crew",
    name: "The Crew",
    description: "Rowers",
    type: "Organization",
  });
  expect(made.headers.get("location")).toBe("http://wit.test/api/v3/orgs/Crew");
  expect((await anonymous.get("/orgs/crew")).body.login).toBe("Crew");
  expect((await alice.get("/user/memberships/orgs/crew")).body).toMatchObject({
    role: "admin",
    org_role: "owner",
  });
  expect((await alice.get("/user/orgs")).body.map((one: { login: string }) => one.login)).toContain("Crew");
  expect((await world.events({ type: "organization.created" })).at(-1)?.actorLogin).toBe("alice");
});

test("users and organizations share one namespace", async ({ alice, anonymous }) => {
  for (const login of ["bob", "Acme", "settings", "no spaces", ""]) {
    const answer = await alice.post("/user/orgs", { login });
    expect(answer.status, login).toBe(422);
    expect(answer.body.errors[0].field).toBe("login");
  }
  expect((await anonymous.post("/user/orgs", { login: "mine" })).status).toBe(401);
});

test("members see each other; nobody else sees who they are", async ({
  world,
  carol,
  mallory,
  anonymous,
}) => {
  await team(world);
  const list = await carol.get("/orgs/crew/members");
  expect(list.body.map((one: { login: string; org_role: string }) => [one.login, one.org_role])).toEqual([
    ["alice", "owner"],
    ["bob", "admin"],
    ["carol", "member"],
  ]);
  expect((await carol.get("/orgs/crew/members?role=admin")).body).toHaveLength(1);
  expect((await carol.get("/orgs/crew/members?role=member")).body).toHaveLength(2);
  for (const path of ["/orgs/crew/members", "/orgs/crew/members/alice", "/orgs/crew/memberships/alice"]) {
    expect((await anonymous.get(path)).status, path).toBe(401);
    expect((await mallory.get(path)).status, path).toBe(403);
  }
  expect((await mallory.get("/users/alice/orgs")).body).toEqual([]);
  expect((await anonymous.get("/users/alice/orgs")).body).toEqual([]);
  expect((await carol.get("/users/alice/orgs")).body.map((one: { login: string }) => one.login)).toContain(
    "crew",
  );
  expect((await carol.get("/orgs/crew/members/bob")).status).toBe(204);
  expect((await carol.get("/orgs/crew/members/mallory")).status).toBe(404);
  expect((await carol.get("/orgs/nowhere/members")).status).toBe(404);
});

test("admins manage members, and only owners make or unmake owners", async ({
  world,
  bob,
  carol,
  mallory,
}) => {
  await team(world);
  expect((await mallory.put("/orgs/crew/memberships/mallory", { role: "admin" })).status).toBe(403);
  expect((await carol.put("/orgs/crew/memberships/mallory", {})).status).toBe(403);
  expect((await carol.put("/orgs/crew/memberships/carol", { role: "admin" })).status).toBe(403);
  expect((await bob.put("/orgs/crew/memberships/mallory", {})).body).toMatchObject({
    role: "member",
    state: "active",
  });
  expect((await bob.put("/orgs/crew/memberships/carol", { org_role: "admin" })).status).toBe(200);
  expect((await bob.put("/orgs/crew/memberships/bob", { role: "admin" })).status).toBe(403);
  expect((await bob.put("/orgs/crew/memberships/carol", { role: "admin" })).status).toBe(403);
  expect((await bob.put("/orgs/crew/memberships/alice", { role: "member" })).status).toBe(403);
  expect((await bob.delete("/orgs/crew/memberships/alice")).status).toBe(403);
  expect((await bob.delete("/orgs/crew/members/mallory")).status).toBe(204);
  expect(await roleOf(world, "mallory")).toBe(404);
  expect((await bob.put("/orgs/crew/memberships/nobody", {})).status).toBe(404);
  expect((await bob.put("/orgs/crew/memberships/acme", {})).status).toBe(404);
  expect((await bob.put("/orgs/crew/memberships/carol", { org_role: "king" })).status).toBe(422);
});

test("anyone may leave or step down, but the last owner stays", async ({ world, alice, bob, carol }) => {
  await team(world);
  expect((await carol.delete("/orgs/crew/memberships/carol")).status).toBe(204);
  expect((await bob.put("/orgs/crew/memberships/bob", { org_role: "member" })).status).toBe(200);
  for (const change of [
    alice.delete("/orgs/crew/memberships/alice"),
    alice.put("/orgs/crew/memberships/alice", { role: "member" }),
    alice.delete("/orgs/crew/members/alice"),
  ]) {
    const answer = await change;
    expect([answer.status, answer.body.message]).toEqual([403, expect.stringContaining("needs an owner")]);
  }
  await alice.put("/orgs/crew/memberships/bob", { role: "admin" });
  expect((await alice.delete("/orgs/crew/memberships/alice")).status).toBe(204);
});

test("a suspended owner does not count as the one who stays", async ({ world, alice, root }) => {
  await team(world);
  await alice.put("/orgs/crew/memberships/bob", { role: "admin" });
  await root.patch("/admin/users/bob", { suspended: true });
  expect((await alice.delete("/orgs/crew/memberships/alice")).status).toBe(403);
});

test("of twenty owners who all step down or out at once, one is left", async ({ world, alice }) => {
  await alice.post("/user/orgs", { login: "crew" });
  const others = await crowd(world, 19);
  for (const { login } of others) await alice.put(`/orgs/crew/memberships/${login}`, { role: "admin" });
  const answers = await Promise.all([
    alice.delete("/orgs/crew/memberships/alice"),
    ...others.map(({ login, client }, index) => {
      const path = `/orgs/crew/memberships/${login}`;
      return index % 2 ? client.delete(path) : client.put(path, { role: "member" });
    }),
  ]);
  expect(answers.filter((answer) => answer.status === 403)).toHaveLength(1);
  const [row] = await world.services.database.execute(
    sql`select count(*)::int as owners from org_members m join organizations o on o.id = m.org_id where o.name = 'crew' and m.role = 'owner'`,
  );
  expect(row).toEqual({ owners: 1 });
});

test("of two owners who throw each other out at once, one is left to do it", async ({
  world,
  alice,
  bob,
}) => {
  await team(world);
  await alice.put("/orgs/crew/memberships/bob", { role: "admin" });
  const answers = await Promise.all([
    alice.delete("/orgs/crew/memberships/bob"),
    bob.delete("/orgs/crew/memberships/alice"),
  ]);
  expect(answers.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([204, 403]);
});

test("a token reaches no further into an organization than its scopes", async ({ world }) => {
  await team(world);
  const reader = await limitedToken(world, "alice", ["user:read", "repo:write"]);
  expect((await reader.get("/orgs/crew/members")).status).toBe(200);
  expect((await reader.patch("/orgs/crew", { description: "x" })).status).toBe(403);
  expect((await reader.put("/orgs/crew/memberships/mallory", {})).status).toBe(403);
  expect((await reader.delete("/orgs/crew")).status).toBe(403);
  expect((await reader.post("/user/orgs", { login: "another" })).status).toBe(403);
  const none = await limitedToken(world, "alice", ["repo:read"]);
  expect((await none.get("/orgs/crew/members")).status).toBe(403);
});

test("admins change the profile; a new name is the owners' to give, and the old one leads there", async ({
  world,
  alice,
  bob,
  carol,
  anonymous,
}) => {
  await team(world);
  expect((await carol.patch("/orgs/crew", { description: "x" })).status).toBe(403);
  const changed = await bob.patch("/orgs/crew", { description: "Rowers", blog: "crew.test", name: "" });
  expect(changed.body).toMatchObject({ description: "Rowers", blog: "https://crew.test", name: "crew" });
  expect((await bob.patch("/orgs/crew", { blog: "javascript:alert(1)" })).status).toBe(422);
  expect((await bob.patch("/orgs/crew", { login: "fleet" })).status).toBe(403);
  expect((await alice.patch("/orgs/crew", { login: "alice" })).status).toBe(422);
  expect((await alice.patch("/orgs/crew", { login: "fleet", description: "Sailors" })).body).toMatchObject({
    login: "fleet",
    description: "Sailors",
  });
  const old = await anonymous.get("/orgs/crew");
  expect([old.status, old.headers.get("location")]).toEqual([301, "http://wit.test/api/v3/orgs/fleet"]);
  expect((await anonymous.get("/users/crew")).headers.get("location")).toBe(
    "http://wit.test/api/v3/users/fleet",
  );
});

test("only an owner deletes an organization; its name is free again, and what it owned is in the way", async ({
  world,
  alice,
  bob,
  anonymous,
}) => {
  await team(world);
  expect((await bob.delete("/orgs/crew")).status).toBe(403);
  expect((await anonymous.delete("/orgs/crew")).status).toBe(401);
  // Whatever a higher domain hangs on `owners` keeps the organization, without this domain knowing of it.
  await world.services.database.execute(sql`create table holdings (owner_id text references owners (id))`);
  await world.services.database.execute(sql`insert into holdings select id from owners where login = 'crew'`);
  const kept = await alice.delete("/orgs/crew");
  expect([kept.status, kept.body.message]).toEqual([409, expect.stringContaining("still owns")]);
  expect((await alice.get("/orgs/crew/members")).body).toHaveLength(3);
  await world.services.database.execute(sql`drop table holdings`);
  expect((await alice.delete("/orgs/crew")).status).toBe(202);
  expect((await anonymous.get("/orgs/crew")).status).toBe(404);
  expect((await alice.post("/user/orgs", { login: "crew" })).status).toBe(201);
});

test("all organizations are listed page by page", async ({ alice, anonymous }) => {
  for (const login of ["one", "two", "three"]) await alice.post("/user/orgs", { login });
  const seen: string[] = [];
  let path: string | undefined = "/organizations?per_page=2";
  let first = 0;
  while (path) {
    const page: Answer = await anonymous.get(path);
    first ||= page.body[0].id;
    seen.push(...page.body.map((one: { login: string }) => one.login));
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1]?.split("/api/v3")[1];
  }
  expect(seen).toEqual(["acme", "one", "two", "three"]);
  expect((await anonymous.get(`/organizations?since=${first}`)).body[0].login).toBe("one");
  expect((await anonymous.get("/organizations?since=0")).body).toHaveLength(4);
});
