import { sql } from "drizzle-orm";
import ssh2 from "ssh2";
import { people } from "../../../tools/testing/people.ts";
import { expect, test, type World } from "../../../tools/testing/world.ts";
import type { Client } from "../../../tools/testing/client.ts";
import { authenticateSshKey } from "./authenticate.ts";

async function browser(world: World, login: "alice" | "bob" | "mallory" | "root") {
  const answer = await world.anonymous.post("/session", { login, password: people[login].password });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const headers = { cookie, origin: "http://wit.test" };
  return {
    post: (path: string, body: unknown) => world.anonymous.post(path, body, headers),
    delete: (path: string) => world.anonymous.delete(path, undefined, headers),
  };
}

const mint = async (
  world: World,
  login: "alice" | "bob" | "mallory" | "root",
  scopes: string[],
): Promise<Client> => {
  const answer = await (await browser(world, login)).post("/user/tokens", { name: "test", scopes });
  expect(answer.status).toBe(201);
  return world.withToken(answer.body.token);
};

const newKey = () => ssh2.utils.generateKeyPairSync("ed25519", { comment: "laptop" }).public;

test("a token is shown once, stored as a digest, and works until it is revoked", async ({
  world,
  anonymous,
  alice,
}) => {
  const mine = await browser(world, "alice");
  const made = await mine.post("/user/tokens", {
    name: "ci",
    scopes: ["repo:read", "repo:read", "user:read"],
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ name: "ci", scopes: ["repo:read", "user:read"] });
  expect(made.body.token).toMatch(/^wit_[0-9A-Za-z]{33}$/);
  expect(made.body.token_prefix).toBe(made.body.token.slice(0, 8));
  expect(Date.parse(made.body.expires_at) - Date.now()).toBeGreaterThan(89 * 86_400_000);
  const dump = await world.services.database.execute(
    sql`select (select json_agg(t) from personal_access_tokens t)::text || (select json_agg(e) from events e)::text as all`,
  );
  expect(JSON.stringify(dump)).not.toContain(made.body.token);
  const list = await alice.get("/user/tokens");
  expect(JSON.stringify(list.body)).not.toContain(made.body.token);
  expect(JSON.stringify(list.body)).not.toContain("hash");
  const holder = world.withToken(made.body.token);
  expect((await holder.get("/user")).body.login).toBe("alice");
  expect((await mine.delete(`/user/tokens/${made.body.id}`)).status).toBe(204);
  const refused = await holder.get("/user");
  expect([refused.status, refused.body.message]).toEqual([401, expect.stringContaining("revoked")]);
  expect((await anonymous.get("/user/tokens")).status).toBe(401);
});

test("an Idempotency-Key keeps no secret: neither the token that is answered nor a digest of a password", async ({
  world,
}) => {
  const key = { "idempotency-key": "once" };
  const login = { login: "alice", password: people.alice.password };
  const signedIn = await world.anonymous.post("/session", login, key);
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const body = { name: "ci", scopes: ["repo:read"] };
  const headers = { cookie, origin: "http://wit.test", ...key };
  expect((await world.anonymous.post("/user/tokens", body, headers)).status).toBe(201);
  const kept = await world.services.database.execute(sql`select count(*)::int as n from idempotency_keys`);
  expect(kept).toEqual([{ n: 0 }]);
});

test("a token that expired is refused with the day it did", async ({ world, alice }) => {
  await world.write(
    sql`update personal_access_tokens set expires_at = '2026-01-01T00:00:00Z' where user_id in (select id from "user" where username = 'alice')`,
  );
  const answer = await alice.get("/user");
  expect([answer.status, answer.body.message]).toEqual([
    401,
    "This token expired on 2026-01-01T00:00:00.000Z",
  ]);
});

test("an expiry in the past, an unknown scope, no scope and the scope admin of who is none are refused", async ({
  world,
}) => {
  const mine = await browser(world, "alice");
  const wrong: [object, number][] = [
    [{ expires_at: "2020-01-01T00:00:00Z" }, 422],
    [{ expires_at: "tomorrow" }, 422],
    [{ scopes: [] }, 422],
    [{ scopes: ["everything"] }, 422],
    [{ scopes: "repo:read" }, 422],
    [{ name: "" }, 422],
    [{ name: "a\nb" }, 422],
    [{ scopes: ["admin"] }, 403],
  ];
  for (const [change, status] of wrong) {
    const answer = await mine.post("/user/tokens", { name: "x", scopes: ["repo:read"], ...change });
    expect(answer.status, JSON.stringify(change)).toBe(status);
  }
  expect(
    (await (await browser(world, "root")).post("/user/tokens", { name: "x", scopes: ["admin"] })).status,
  ).toBe(201);
});

test("a token cannot make another token, with whatever scopes", async ({ alice, root }) => {
  for (const client of [alice, root]) {
    const answer = await client.post("/user/tokens", { name: "heir", scopes: ["repo:read"] });
    expect(answer.status).toBe(403);
  }
});

test("a token does only what its scopes say", async ({ world }) => {
  const reader = await mint(world, "alice", ["user:read"]);
  expect((await reader.get("/user")).body.email).toBe("alice@example.test");
  const refused = await reader.patch("/user", { name: "X" });
  expect([refused.status, refused.body.message]).toEqual([403, "This token lacks the scope user:write"]);
  expect((await reader.post("/user/keys", { key: newKey() })).status).toBe(403);
  const repositories = await mint(world, "alice", ["repo:write"]);
  expect((await repositories.get("/user")).body.email).toBeNull();
  expect((await repositories.get("/user/emails")).status).toBe(403);
  expect((await repositories.get("/user/tokens")).status).toBe(403);
  const writer = await mint(world, "alice", ["user:write"]);
  expect((await writer.get("/user/emails")).status).toBe(200);
  const key = await writer.post("/user/keys", { key: newKey() });
  expect([key.status, key.body.message]).toEqual([403, expect.stringContaining("repo:write")]);
  const plainAdministrator = await mint(world, "root", ["user:write", "repo:write"]);
  expect((await plainAdministrator.get("/admin/users")).status).toBe(404);
});

test("other people's tokens and keys are not there, whoever knows their numbers", async ({
  world,
  mallory,
}) => {
  const mine = await browser(world, "alice");
  const token = await mine.post("/user/tokens", { name: "x", scopes: ["repo:read"] });
  const key = await mine.post("/user/keys", { key: newKey() });
  expect((await mallory.delete(`/user/tokens/${token.body.id}`)).status).toBe(404);
  expect((await mallory.get(`/user/keys/${key.body.id}`)).status).toBe(404);
  expect((await mallory.delete(`/user/keys/${key.body.id}`)).status).toBe(404);
  for (const id of ["0", "-1", "x", "1e3", "99999999999999999999", "1;drop"])
    expect((await mallory.delete(`/user/keys/${id}`)).status).toBe(404);
});

test("a person has at most a hundred tokens, also when they ask for them at once", async ({ world }) => {
  const mine = await browser(world, "alice");
  await world.services.database.execute(sql`
    insert into personal_access_tokens (id, user_id, name, token_hash, token_prefix, scopes)
    select gen_random_uuid(), id, 'n' || n, 'hash' || n, 'wit_', '[]' from "user", generate_series(1, 95) n where username = 'alice'`);
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => mine.post("/user/tokens", { name: "x", scopes: ["repo:read"] })),
  );
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(4);
  expect(answers.filter((answer) => answer.status === 422)).toHaveLength(8);
});

test("an SSH key is listed with its fingerprint, belongs to one person, and opens the forge until it is deleted", async ({
  world,
  alice,
  bob,
  anonymous,
}) => {
  const key = newKey();
  const added = await alice.post("/user/keys", { key });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ title: "laptop", verified: true, read_only: false, last_used: null });
  expect(added.body.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  expect(added.headers.get("location")).toBe(added.body.url);
  const again = await bob.post("/user/keys", {
    key: `${key.split(" ").slice(0, 2).join(" ")} other comment`,
  });
  expect([again.status, again.body.errors[0].message]).toEqual([422, "key is already in use"]);
  expect((await anonymous.get("/users/alice/keys")).body).toHaveLength(1);

  const wire = Buffer.from(key.split(" ")[1] ?? "", "base64");
  const offered = await authenticateSshKey(world.services, wire, false);
  expect(offered).toMatchObject({ kind: "user", via: "ssh-key", user: { login: "alice" } });
  expect((await alice.get(`/user/keys/${added.body.id}`)).body.last_used).toBeNull();
  await authenticateSshKey(world.services, wire);
  expect((await alice.get(`/user/keys/${added.body.id}`)).body.last_used).not.toBeNull();
  expect((await alice.delete(`/user/keys/${added.body.id}`)).status).toBe(204);
  expect(await authenticateSshKey(world.services, wire)).toBeNull();
});

test("a suspended person's keys, tokens and password open nothing", async ({ world, alice, root }) => {
  const key = newKey();
  await alice.post("/user/keys", { key });
  await root.patch("/admin/users/alice", { suspended: true, reason: "on leave" });
  expect(await authenticateSshKey(world.services, Buffer.from(key.split(" ")[1] ?? "", "base64"))).toBeNull();
  const answer = await alice.get("/user");
  expect([answer.status, answer.body.message]).toEqual([403, expect.stringContaining("on leave")]);
  await root.patch("/admin/users/alice", { suspended: false });
  expect((await alice.get("/user")).status).toBe(200);
});

test("all kinds of key that the SSH server can check are accepted, weak and broken ones refused with the reason", async ({
  alice,
}) => {
  const rsa = (bits: number) => ssh2.utils.generateKeyPairSync("rsa", { bits }).public;
  const good = [
    newKey(),
    ...[256, 384, 521].map((bits) => ssh2.utils.generateKeyPairSync("ecdsa", { bits: bits as 256 }).public),
    rsa(3072),
  ];
  for (const key of good) expect((await alice.post("/user/keys", { key })).status, key).toBe(201);

  const [type, base64 = ""] = newKey().split(" ");
  const bad: [string, RegExp][] = [
    [rsa(2048), /at least 3072 bits, this one has 2048/],
    [`ssh-dss ${base64}`, /not accepted/],
    [`sk-ssh-ed25519@openssh.com ${base64}`, /security devices/],
    [`ecdsa-sha2-nistp256 ${base64}`, /damaged/],
    [`${type} ${base64.slice(0, 20)}`, /damaged/],
    [
      `${type} ${Buffer.concat([Buffer.from(base64, "base64"), Buffer.from("more")]).toString("base64")}`,
      /damaged/,
    ],
    [`${type} ${base64}\nssh-ed25519 ${base64}`, /one line/],
    [`command="id" ${type} ${base64}`, /one line|not accepted/],
    ["-----BEGIN OPENSSH PRIVATE KEY-----\nabc", /private key/],
    ["", /one line/],
    ["x".repeat(10_000), /one line/],
  ];
  for (const [key, reason] of bad) {
    const answer = await alice.post("/user/keys", { key });
    expect(answer.status, key).toBe(422);
    expect(answer.body.errors[0].message, key).toMatch(reason);
  }
});
