import type { Answer } from "../../../tools/testing/client.ts";
import { people } from "../../../tools/testing/people.ts";
import { expect, test } from "../../../tools/testing/world.ts";

test("nobody's e-mail address is told to others, by any route that shows people", async ({
  world,
  alice,
  anonymous,
}) => {
  const answers = await Promise.all([
    anonymous.get("/users"),
    anonymous.get("/users/bob"),
    alice.get("/users/bob"),
    alice.get("/users"),
    alice.get("/orgs/acme/members"),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).not.toContain("bob@example.test");
  }
  expect(world.url).toBe("http://wit.test");
  expect((await alice.get("/user/emails")).body).toEqual([
    { email: people.alice.email, primary: true, verified: true, visibility: "private" },
  ]);
});

test("a profile has GitHub's shape, with addresses that lead here", async ({ anonymous, world }) => {
  const { body } = await anonymous.get("/users/ALICE");
  expect(body).toMatchObject({
    login: "alice",
    type: "User",
    site_admin: false,
    url: "http://wit.test/api/v3/users/alice",
    html_url: "http://wit.test/alice",
    email: null,
  });
  const avatar = await world.app.request(new URL(body.avatar_url).pathname);
  expect(avatar.headers.get("content-type")).toBe("image/svg+xml");
  expect(avatar.headers.get("cache-control")).toContain("immutable");
  expect(await avatar.text()).toMatch(/^<svg[^]*<\/svg>$/);
  for (const path of ["/avatars/x", "/avatars/1%3Cscript%3E", "/avatars/-1"])
    expect((await world.app.request(path)).status).toBe(404);
});

test("an organization answers at the same path as a user, and unknown names do not", async ({
  anonymous,
}) => {
  expect((await anonymous.get("/users/acme")).body).toMatchObject({ login: "acme", type: "Organization" });
  for (const name of ["nobody", "a".repeat(200), "a%2Fb", "%00", "...", "'--"])
    expect((await anonymous.get(`/users/${name}`)).status).toBe(404);
});

test("all owners are listed page by page in the order they came", async ({ anonymous }) => {
  const seen: string[] = [];
  let path: string | undefined = "/users?per_page=3";
  while (path) {
    const page: Answer = await anonymous.get(path);
    seen.push(...page.body.map((one: { login: string }) => one.login));
    path = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1]?.split("/api/v3")[1];
  }
  expect(seen).toEqual(expect.arrayContaining(["alice", "bob", "carol", "mallory", "sam", "root", "acme"]));
  expect(new Set(seen).size).toBe(seen.length);
  const { body } = await anonymous.get("/users?per_page=1");
  expect((await anonymous.get(`/users?since=${body[0].id}&per_page=1`)).body[0].login).toBe(seen[1]);
});

test("a person changes their profile, and an emptied field is gone", async ({ alice }) => {
  const changed = await alice.patch("/user", {
    name: "A. Archer",
    bio: "Bow\nand arrow",
    blog: "alice.test",
  });
  expect(changed.body).toMatchObject({
    name: "A. Archer",
    bio: "Bow\nand arrow",
    blog: "https://alice.test",
  });
  expect((await alice.patch("/user", { name: "", blog: "" })).body).toMatchObject({
    name: "alice",
    blog: "",
  });
});

test("a profile takes no script, no forged lines, no role", async ({ alice, anonymous }) => {
  for (const blog of ["javascript:alert(1)", "data:text/html,x", "https://", "http://[", "vbscript:x"])
    expect((await alice.patch("/user", { blog })).status, blog).toBe(422);
  expect((await alice.patch("/user", { name: "a\r\nb" })).status).toBe(422);
  expect(
    (await alice.patch("/user", { role: "superadmin", suspended: true, email: "x@example.test" })).status,
  ).toBe(200);
  expect((await anonymous.get("/users/alice")).body.site_admin).toBe(false);
  expect((await alice.get("/user")).body.email).toBe(people.alice.email);
});

test("after a rename the old name leads to the new one until somebody else takes it", async ({
  alice,
  anonymous,
}) => {
  expect((await alice.patch("/user", { login: "alicia" })).body.login).toBe("alicia");
  const old = await anonymous.get("/users/Alice");
  expect([old.status, old.headers.get("location")]).toEqual([301, "http://wit.test/api/v3/users/alicia"]);
  expect(
    (await anonymous.post("/session", { login: "alicia", password: people.alice.password })).status,
  ).toBe(201);
  const taken = await anonymous.post("/users", {
    login: "alice",
    email: "new@example.test",
    password: "correct horse battery",
  });
  expect(taken.status).toBe(201);
  expect((await anonymous.get("/users/alice")).body.id).toBe(taken.body.id);
  expect((await anonymous.get("/users/alicia")).status).toBe(200);
});

test("a name changes its case without a redirect, and back and forth without a trace", async ({
  alice,
  anonymous,
}) => {
  expect((await alice.patch("/user", { login: "Alice" })).body.login).toBe("Alice");
  expect((await anonymous.get("/users/alice")).status).toBe(200);
  await alice.patch("/user", { login: "alicia" });
  await alice.patch("/user", { login: "alice" });
  expect((await anonymous.get("/users/alicia")).headers.get("location")).toBe(
    "http://wit.test/api/v3/users/alice",
  );
  expect((await anonymous.get("/users/alice")).status).toBe(200);
});

test("nobody renames themselves to a name that is taken or reserved", async ({ alice }) => {
  for (const login of ["bob", "ACME", "settings", "a b", "-x"]) {
    const answer = await alice.patch("/user", { login });
    expect(answer.status, login).toBe(422);
    expect(answer.body.errors[0].field).toBe("login");
  }
  expect((await alice.get("/user")).body.login).toBe("alice");
});
