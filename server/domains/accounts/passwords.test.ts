import { sql } from "drizzle-orm";
import { people } from "../../../tools/testing/people.ts";
import { expect, test, type World } from "../../../tools/testing/world.ts";
import type { Client } from "../../../tools/testing/client.ts";

const fresh = "a fresh long password";

async function resetLinks(world: World, address: string): Promise<string[]> {
  await world.settle();
  const mailbox = world.services.mail.mailbox;
  const letters = mailbox?.list().filter((message) => message.to === address) ?? [];
  return letters.map(
    (letter) => /(\S+)\/reset-password\?token=(\w+)/.exec(mailbox?.get(letter.id)?.text ?? "")?.[2] ?? "",
  );
}

async function askReset(world: World, email: unknown) {
  return world.anonymous.post("/user/password-reset", { email });
}

async function signIn(client: Client, login: string, password: string) {
  const answer = await client.post("/session", { login, password });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { status: answer.status, headers: { cookie, origin: "http://wit.test" } };
}

test("a mailed link sets a new password once, and ends every session", async ({ world, anonymous }) => {
  const before = await signIn(anonymous, "alice", people.alice.password);
  expect((await askReset(world, "Alice@Example.test")).status).toBe(204);
  const [token] = await resetLinks(world, "alice@example.test");
  const confirm = (password: string) => anonymous.post("/user/password-reset/confirm", { token, password });
  expect((await confirm("short")).status).toBe(422);
  expect((await confirm(fresh)).status).toBe(204);
  expect((await confirm("another long password")).status).toBe(422);
  expect((await anonymous.get("/user", before.headers)).status).toBe(401);
  expect((await signIn(anonymous, "alice", people.alice.password)).status).toBe(401);
  expect((await signIn(anonymous, "alice", fresh)).status).toBe(201);
});

test("of fifty tries with one link one sets the password", async ({ world, anonymous }) => {
  await askReset(world, "alice@example.test");
  const [token] = await resetLinks(world, "alice@example.test");
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, number) =>
      anonymous.post("/user/password-reset/confirm", { token, password: `${fresh} ${number}` }),
    ),
  );
  expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status === 422)).toHaveLength(49);
});

test("asking tells nobody who has an account, and mails only who has one in good standing", async ({
  world,
}) => {
  for (const email of ["alice@example.test", "nobody@example.test", "sam@example.test"]) {
    const answer = await askReset(world, email);
    expect([answer.status, answer.body]).toEqual([204, ""]);
  }
  await world.settle();
  expect(world.services.mail.mailbox?.list().map((letter) => letter.to)).toEqual(["alice@example.test"]);
});

test("a link goes to one address as the account has it: lists and forged headers are refused (CVE-2023-7028)", async ({
  world,
}) => {
  const forged: unknown[] = [
    ["alice@example.test", "mallory@example.test"],
    { 0: "alice@example.test" },
    "alice@example.test,mallory@example.test",
    "alice@example.test\r\nBcc: mallory@example.test",
    "alice@example.test\u0000",
    "",
    null,
    undefined,
  ];
  for (const email of forged) expect((await askReset(world, email)).status).toBe(422);
  await world.settle();
  expect(world.services.mail.mailbox?.list()).toEqual([]);
});

test("the link leads to the configured address, whatever host the request names", async ({
  world,
  anonymous,
}) => {
  await anonymous.post(
    "/user/password-reset",
    { email: "alice@example.test" },
    { host: "evil.test", "x-forwarded-host": "evil.test", origin: "https://evil.test" },
  );
  await world.settle();
  const [letter] = world.services.mail.mailbox?.list() ?? [];
  const text = world.services.mail.mailbox?.get(letter?.id ?? "")?.text;
  expect(text).toContain("http://wit.test/reset-password?token=witr_");
  expect(text).not.toContain("evil");
});

test("the database never holds a link's token, and a stored identifier is not one", async ({
  world,
  anonymous,
}) => {
  await askReset(world, "alice@example.test");
  const [token = ""] = await resetLinks(world, "alice@example.test");
  const [row] = await world.services.database.execute<{ identifier: string }>(
    sql`select * from verification`,
  );
  expect(JSON.stringify(row)).not.toContain(token);
  const digest = row?.identifier.split(":")[1];
  for (const guess of [digest, row?.identifier, "witr_", "", "%"]) {
    const answer = await anonymous.post("/user/password-reset/confirm", { token: guess, password: fresh });
    expect(answer.status).toBe(422);
  }
});

test("a link ends after an hour, and with a suspension", async ({ world, anonymous, root }) => {
  await askReset(world, "alice@example.test");
  await askReset(world, "bob@example.test");
  const [forAlice] = await resetLinks(world, "alice@example.test");
  const [forBob] = await resetLinks(world, "bob@example.test");
  await world.services.database.execute(
    sql`update verification set expires_at = expires_at - interval '61 minutes' where value in (select id from "user" where username = 'alice')`,
  );
  await root.patch("/admin/users/bob", { suspended: true });
  for (const token of [forAlice, forBob]) {
    const answer = await anonymous.post("/user/password-reset/confirm", { token, password: fresh });
    expect(answer.status).toBe(422);
  }
});

test("a mailbox is not flooded: one letter a minute, and a used link makes the others useless", async ({
  world,
  anonymous,
}) => {
  for (let round = 0; round < 5; round += 1) await askReset(world, "alice@example.test");
  expect(await resetLinks(world, "alice@example.test")).toHaveLength(1);
  await world.services.database.execute(
    sql`update verification set created_at = created_at - interval '2 minutes'`,
  );
  await askReset(world, "alice@example.test");
  const [second, first] = await resetLinks(world, "alice@example.test");
  const confirm = (token?: string) =>
    anonymous.post("/user/password-reset/confirm", { token, password: fresh });
  expect((await confirm(second)).status).toBe(204);
  expect((await confirm(first)).status).toBe(422);
});

test("a password is changed with the old one, by a signed-in person and not by a token", async ({
  anonymous,
  alice,
}) => {
  const body = { current_password: people.alice.password, new_password: fresh };
  expect((await alice.post("/user/password", body)).status).toBe(403);
  const here = await signIn(anonymous, "alice", people.alice.password);
  const there = await signIn(anonymous, "alice", people.alice.password);
  const wrong = await anonymous.post("/user/password", { ...body, current_password: "guess" }, here.headers);
  expect(wrong.status).toBe(422);
  expect(wrong.body.errors[0].field).toBe("current_password");
  expect((await anonymous.post("/user/password", body, here.headers)).status).toBe(204);
  expect((await anonymous.get("/user", here.headers)).status).toBe(200);
  expect((await anonymous.get("/user", there.headers)).status).toBe(401);
  expect((await signIn(anonymous, "alice", fresh)).status).toBe(201);
});

test("of many changes at the same time one holds", async ({ anonymous }) => {
  const here = await signIn(anonymous, "alice", people.alice.password);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      anonymous.post(
        "/user/password",
        { current_password: people.alice.password, new_password: `${fresh} ${number}` },
        here.headers,
      ),
    ),
  );
  expect(answers.filter((answer) => answer.status === 204)).toHaveLength(1);
});
