import { sql } from "drizzle-orm";
import { createWorld, expect, test, type World } from "../../../tools/testing/world.ts";
import { racing } from "../../../tools/testing/races.ts";

const password = "correct horse battery";

/** A world before its first administrator. */
async function emptyWorld(): Promise<World> {
  const world = await createWorld();
  await world.services.database.execute(sql`truncate owners, events cascade`);
  return world;
}

const newcomer = (login: string) => ({ login, email: `${login}@example.test`, password });

async function letterTo(world: World, address: string) {
  await world.settle();
  const found = world.services.mail.mailbox?.list().filter((message) => message.to === address) ?? [];
  return found.map((message) => world.services.mail.mailbox?.get(message.id)?.text ?? "");
}

async function invitationFor(world: World, address: string): Promise<string> {
  const answer = await world.as("root").post("/admin/invitations", { email: address });
  expect(answer.status).toBe(201);
  const [text = ""] = await letterTo(world, address);
  return /\/join\?token=(\w+)/.exec(text)?.[1] ?? "";
}

test("of fifty people who set a fresh instance up at once, one becomes its administrator", async () => {
  const world = await emptyWorld();
  expect((await world.anonymous.get("/setup")).body).toEqual({ needed: true, sign_up: "open" });
  const answers = await racing(world, "owners", () =>
    Promise.all(
      Array.from({ length: 50 }, (_, number) => world.anonymous.post("/setup", newcomer(`first-${number}`))),
    ),
  );
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 409)).toHaveLength(49);
  expect((await world.anonymous.get("/setup")).body.needed).toBe(false);
  const [row] = await world.services.database.execute(
    sql`select count(*)::int as users, max(role) as role from "user"`,
  );
  expect(row).toEqual({ users: 1, role: "superadmin" });
  const winner = answers.find((answer) => answer.status === 201);
  const cookie = winner?.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect((await world.anonymous.get("/admin/settings", { cookie })).status).toBe(200);
  await world.close();
});

test("before set-up nobody signs up, so that the first account is an administrator's", async () => {
  const world = await emptyWorld();
  expect((await world.anonymous.post("/users", newcomer("early"))).status).toBe(409);
  expect((await world.anonymous.post("/setup", { ...newcomer("boss"), sign_up: "closed" })).status).toBe(201);
  expect((await world.anonymous.post("/users", newcomer("late"))).status).toBe(403);
  await world.close();
});

test("set-up is over for good once somebody has an account", async ({ anonymous }) => {
  expect((await anonymous.post("/setup", newcomer("intruder"))).status).toBe(409);
});

test("signing up makes an account, signs in, and tells the rest of the forge", async ({
  world,
  anonymous,
}) => {
  const answer = await anonymous.post("/users", { ...newcomer("Dora"), name: "Dora Diaz" });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    login: "Dora",
    name: "Dora Diaz",
    email: "dora@example.test",
    type: "User",
  });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect((await anonymous.get("/user", { cookie })).body.login).toBe("Dora");
  const told = (await world.events({ type: "user.created" })).at(-1);
  expect(told).toMatchObject({ actorLogin: "Dora", payload: { login: "Dora" } });
});

test("nobody signs up as an administrator by saying so (mass assignment)", async ({ world, anonymous }) => {
  const answer = await anonymous.post("/users", {
    ...newcomer("sly"),
    role: "superadmin",
    emailVerified: true,
    email_verified: true,
    site_admin: true,
    siteAdmin: true,
    id: "1",
  });
  expect(answer.status).toBe(201);
  expect(answer.body.site_admin).toBe(false);
  const [row] = await world.services.database.execute(
    sql`select role, email_verified from "user" where username = 'sly'`,
  );
  expect(row).toEqual({ role: "user", email_verified: false });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  expect((await anonymous.get("/admin/users", { cookie })).status).toBe(404);
});

test("names that are taken, reserved or badly shaped are refused with the reason", async ({ anonymous }) => {
  const refused: [string, RegExp][] = [
    ["alice", /already taken/],
    ["ALICE", /already taken/],
    ["acme", /already taken/],
    ["settings", /reserved/],
    ["API", /reserved/],
    ["-dash", /letters, digits/],
    ["dash-", /letters, digits/],
    ["two--dashes", /letters, digits/],
    ["dot.dot", /letters, digits/],
    ["../etc", /letters, digits/],
    ["naïve", /letters, digits/],
    ["a\nb", /letters, digits/],
    ["a/b", /letters, digits/],
  ];
  for (const [login, reason] of refused) {
    const answer = await anonymous.post("/users", { ...newcomer("x"), email: "x@example.test", login });
    expect(answer.status, login).toBe(422);
    expect(answer.body.errors[0]).toMatchObject({ field: "login" });
    expect(answer.body.errors[0].message, login).toMatch(reason);
  }
});

test("one name goes to one of fifty who ask for it at once", async ({ world, anonymous }) => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      anonymous.post("/users", {
        login: number % 2 ? "Wanted" : "wanted",
        email: `w${number}@example.test`,
        password,
      }),
    ),
  );
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 422)).toHaveLength(49);
  const [row] = await world.services.database.execute(
    sql`select count(*)::int as n from "user" where username = 'wanted'`,
  );
  expect(row).toEqual({ n: 1 });
});

test("bad addresses and passwords are refused with the field that is wrong", async ({ anonymous }) => {
  const refused: [object, string][] = [
    [{ email: "alice@example.test" }, "email"],
    [{ email: "ALICE@example.test" }, "email"],
    [{ email: "nobody" }, "email"],
    [{ email: "a@b.c\r\nBcc: everyone@example.test" }, "email"],
    [{ email: ["a@example.test", "b@example.test"] }, "email"],
    [{ email: undefined }, "email"],
    [{ password: "short" }, "password"],
    [{ password: "x".repeat(129) }, "password"],
    [{ password: "aaaaaaaaaaaa" }, "password"],
    [{ login: "long-enough-name", password: "long-enough-name" }, "password"],
    [{ name: "Eve\nSubject: hi" }, "name"],
    [{ name: "Eve <eve@example.test>" }, "name"],
    [{ name: "\u202eevE" }, "name"],
  ];
  for (const [wrong, field] of refused) {
    const answer = await anonymous.post("/users", { ...newcomer("eve"), ...wrong });
    expect(answer.status, JSON.stringify(wrong)).toBe(422);
    expect(answer.body.errors[0].field, JSON.stringify(wrong)).toBe(field);
  }
});

test("where sign-up is by invitation, fifty tries with one link make one account, at the invited address", async ({
  world,
  anonymous,
  root,
}) => {
  await root.patch("/admin/settings", { sign_up: "invite" });
  expect((await anonymous.post("/users", newcomer("uninvited"))).status).toBe(403);
  const invitation = await invitationFor(world, "guest@example.test");
  const answers = await racing(world, "invitations", () =>
    Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        anonymous.post("/users", {
          login: `guest-${number}`,
          password,
          invitation,
          email: `other${number}@example.test`,
        }),
      ),
    ),
  );
  const made = answers.filter((answer) => answer.status === 201);
  expect(made).toHaveLength(1);
  expect(made[0]?.body.email).toBe("guest@example.test");
  expect(answers.filter((answer) => answer.status === 422)).toHaveLength(49);
  expect((await root.get("/admin/invitations")).body[0].state).toBe("accepted");
});

test("an invitation that is withdrawn, expired, made up or used elsewhere opens nothing", async ({
  world,
  anonymous,
  root,
}) => {
  await root.patch("/admin/settings", { sign_up: "invite" });
  const tryWith = async (invitation: unknown) =>
    (await anonymous.post("/users", { login: "guest", password, invitation })).status;
  const withdrawn = await invitationFor(world, "a@example.test");
  const [row] = (await root.get("/admin/invitations")).body;
  expect((await root.delete(`/admin/invitations/${row.id}`)).status).toBe(204);
  expect(await tryWith(withdrawn)).toBe(422);
  const expired = await invitationFor(world, "b@example.test");
  await world.services.database.execute(sql`update invitations set expires_at = now() - interval '1 second'`);
  expect(await tryWith(expired)).toBe(422);
  for (const madeUp of ["", "witi_x", ["a"], { $ne: null }, null]) expect(await tryWith(madeUp)).toBe(422);
  expect((await root.delete("/admin/invitations/not-an-id")).status).toBe(404);
});

test("the database never holds an invitation's token", async ({ world }) => {
  const token = await invitationFor(world, "guest@example.test");
  expect(token).toMatch(/^witi_/);
  const rows = await world.services.database.execute(
    sql`select row_to_json(i)::text as row from invitations i`,
  );
  const jobs = await world.services.database.execute(sql`select data::text as row from jobs.job`);
  const events = await world.services.database.execute(sql`select payload::text as row from events`);
  expect(JSON.stringify([rows, jobs, events])).not.toContain(token);
});

test("a closed instance takes nobody, not even the invited", async ({ world, anonymous, root }) => {
  const invitation = await invitationFor(world, "guest@example.test");
  await root.patch("/admin/settings", { sign_up: "closed" });
  const answer = await anonymous.post("/users", { login: "guest", password, invitation });
  expect(answer.status).toBe(403);
  expect((await anonymous.get("/setup")).body).toEqual({ needed: false, sign_up: "closed" });
});
