import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import { createWorld, expect, test, type World } from "../../../tools/testing/world.ts";
import { people } from "../../../tools/testing/people.ts";
import type { Client } from "../../../tools/testing/client.ts";
import type { Credentials } from "../../kernel/http/credentials.ts";
import { mintToken } from "../../kernel/crypto/index.ts";
import { authenticate } from "./authenticate.ts";
import { verifyPassword } from "./passwords.ts";
import { session } from "./schema.ts";

const own = { origin: "http://wit.test", "sec-fetch-site": "same-origin" };

async function signIn(client: Client, login: string, password: string, headers: Record<string, string> = {}) {
  const answer = await client.post("/session", { login, password }, { ...own, ...headers });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { answer, cookie, headers: { cookie, ...own } };
}

test("a person signs in by name in any case or by e-mail address, and the cookie says who they are", async ({
  anonymous,
}) => {
  for (const login of ["alice", "ALICE", "Alice@Example.test"]) {
    const { answer, headers } = await signIn(anonymous, login, people.alice.password);
    expect(answer.status).toBe(201);
    expect(answer.body.user).toMatchObject({ login: "alice", email: "alice@example.test" });
    expect((await anonymous.get("/user", headers)).body.login).toBe("alice");
  }
});

test("the cookie cannot be read by scripts nor sent along by other sites, and is for https alone where the forge is", async ({
  anonymous,
}) => {
  const { answer } = await signIn(anonymous, "alice", people.alice.password);
  expect(answer.headers.get("set-cookie")).toMatch(
    /^wit_session=wits_[0-9A-Za-z]{33}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const secure = await createWorld({ config: { url: "https://forge.test" } });
  const answered = await secure.anonymous.post("/session", { login: "bob", password: people.bob.password });
  expect(answered.headers.get("set-cookie")).toMatch(/^__Host-wit_session=.*; SameSite=Lax; Secure$/);
  await secure.close();
});

test("a copy of the database signs nobody in: it holds digests only", async ({ world, anonymous }) => {
  const { cookie } = await signIn(anonymous, "alice", people.alice.password);
  const token = cookie.split("=")[1] ?? "";
  const [row] = await world.services.database.select().from(session);
  expect(row?.token).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(row)).not.toContain(token);
  const asStored = { cookie: `wit_session=${row?.token}` };
  expect((await anonymous.get("/user", asStored)).status).toBe(401);
});

test("wrong name, wrong password and an unknown address are one and the same refusal", async ({
  anonymous,
}) => {
  const answers = await Promise.all([
    signIn(anonymous, "alice", "not the password"),
    signIn(anonymous, "nobody-here", "not the password"),
    signIn(anonymous, "nobody@example.test", "not the password"),
    signIn(anonymous, "acme", "not the password"),
    signIn(anonymous, "", ""),
    signIn(anonymous, "alice' or 1=1 --", "x"),
  ]);
  for (const { answer } of answers) {
    expect(answer.status).toBe(401);
    expect(answer.body.message).toBe("Wrong name or password");
    expect(answer.headers.get("set-cookie")).toBeNull();
  }
});

test("an unknown name costs as much work as a wrong password", async ({ anonymous }) => {
  // The processor's time, which other programs on the machine do not stretch as they do the clock's.
  const least = async (work: () => Promise<unknown>) => {
    const costs: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const before = process.cpuUsage();
      await work();
      costs.push(process.cpuUsage(before).user);
    }
    return Math.min(...costs);
  };
  const check = await least(() => verifyPassword(null, "not the password", () => undefined));
  const unknown = await least(() => signIn(anonymous, "nobody", "not the password"));
  expect(unknown).toBeGreaterThan(check * 0.5);
});

test("signing out ends the session on the server and clears the cookie", async ({ anonymous }) => {
  const { headers } = await signIn(anonymous, "alice", people.alice.password);
  const out = await anonymous.delete("/session", undefined, headers);
  expect(out.status).toBe(204);
  expect(out.headers.get("set-cookie")).toMatch(/^wit_session=; Max-Age=0/);
  expect((await anonymous.get("/user", headers)).status).toBe(401);
});

test("a session token planted before sign-in is neither used nor kept (session fixation)", async ({
  anonymous,
}) => {
  const planted = `wit_session=${mintToken("wits")}`;
  const first = await signIn(anonymous, "alice", people.alice.password, { cookie: planted });
  expect(first.cookie).not.toBe(planted);
  expect((await anonymous.get("/user", { cookie: planted })).status).toBe(401);
  const second = await signIn(anonymous, "alice", people.alice.password, { cookie: first.cookie });
  expect((await anonymous.get("/user", first.headers)).status).toBe(401);
  expect((await anonymous.get("/user", second.headers)).status).toBe(200);
});

test("a cookie alone changes nothing: the request must come from our own pages (CSRF)", async ({
  anonymous,
}) => {
  const { cookie } = await signIn(anonymous, "alice", people.alice.password);
  const forged = [
    { cookie, origin: "https://evil.test" },
    { cookie, origin: "null" },
    { cookie, "sec-fetch-site": "cross-site" },
    { cookie, "sec-fetch-site": "same-site" },
    { cookie, origin: "http://wit.test.evil.test" },
    { cookie },
  ];
  for (const headers of forged) {
    const answer = await anonymous.patch("/user", { name: "Owned" }, headers);
    expect(answer.status, JSON.stringify(headers)).toBe(403);
  }
  expect((await anonymous.patch("/user", { name: "Mine" }, { cookie, ...own })).status).toBe(200);
});

test("another site cannot sign its visitors in, up, or the forge's administrator up", async ({
  anonymous,
}) => {
  const evil = { origin: "https://evil.test", "content-type": "text/plain" };
  const body = JSON.stringify({ login: "mallory", password: people.mallory.password });
  for (const path of ["/session", "/users", "/setup"]) {
    const answer = await anonymous.post(
      path,
      path === "/session"
        ? body
        : JSON.stringify({
            login: "victim",
            email: "victim@example.test",
            password: "a long enough password",
          }),
      evil,
    );
    expect(answer.status, path).toBe(403);
    expect(answer.headers.get("set-cookie")).toBeNull();
  }
});

test("a session slides with use and ends after seven days without", async ({ world, anonymous }) => {
  const { headers } = await signIn(anonymous, "alice", people.alice.password);
  const db = world.services.database;
  const shift = (interval: string) =>
    world.write(sql`update session set expires_at = expires_at - ${interval}::interval`);
  const left = async () => ((await db.select().from(session))[0]?.expiresAt.getTime() ?? 0) - Date.now();
  await shift("6 days");
  expect((await anonymous.get("/user", headers)).status).toBe(200);
  expect(await left()).toBeGreaterThan(6.9 * 86_400_000);
  await shift("30 minutes");
  expect((await anonymous.get("/user", headers)).status).toBe(200);
  expect(await left()).toBeLessThan(7 * 86_400_000 - 1_000_000);
  await shift("7 days");
  expect((await anonymous.get("/user", headers)).status).toBe(401);
});

test("a visitor with an ended or broken cookie still reads what is public", async ({ anonymous }) => {
  for (const value of [mintToken("wits"), "garbage", "", "%00", mintToken("wit")]) {
    const cookie = { cookie: `theme=dark; wit_session=${value}` };
    expect((await anonymous.get("/users/alice", cookie)).status).toBe(200);
    expect((await anonymous.get("/user", cookie)).status).toBe(401);
  }
});

test("a person lists their devices, signs one out, then all others", async ({ anonymous, mallory }) => {
  const here = await signIn(anonymous, "alice", people.alice.password, { "user-agent": "Laptop" });
  const there = await signIn(anonymous, "alice", people.alice.password, { "user-agent": "Phone" });
  const third = await signIn(anonymous, "alice", people.alice.password, { "user-agent": "Tablet" });
  const list = await anonymous.get("/user/sessions", here.headers);
  expect(
    list.body.map((one: { user_agent: string; current: boolean }) => [one.user_agent, one.current]),
  ).toEqual([
    ["Tablet", false],
    ["Phone", false],
    ["Laptop", true],
  ]);
  expect(JSON.stringify(list.body)).not.toContain("token");
  const phone = list.body[1].id;
  expect((await mallory.delete(`/user/sessions/${phone}`)).status).toBe(404);
  expect((await anonymous.delete(`/user/sessions/${phone}`, undefined, here.headers)).status).toBe(204);
  expect((await anonymous.get("/user", there.headers)).status).toBe(401);
  expect((await anonymous.delete("/user/sessions", undefined, here.headers)).status).toBe(204);
  expect((await anonymous.get("/user", third.headers)).status).toBe(401);
  expect((await anonymous.get("/user", here.headers)).status).toBe(200);
});

test("a suspended person learns why, but only with the right password", async ({ anonymous }) => {
  const right = await signIn(anonymous, "sam", people.sam.password);
  expect(right.answer.status).toBe(403);
  expect(right.answer.body.message).toContain("suspended");
  const wrong = await signIn(anonymous, "sam", "not the password");
  expect(wrong.answer.status).toBe(401);
  expect(wrong.answer.body.message).not.toContain("suspended");
});

test("guesses for one account are cut off whatever address they come from, and nobody else suffers", async () => {
  const world = await createWorld({ limits: { signInTries: 5 } });
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, guess) => signIn(world.anonymous, "alice", `guess ${guess}`)),
  );
  const statuses = guesses.map(({ answer }) => answer.status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(5);
  expect(statuses.every((status) => status === 401 || status === 429)).toBe(true);
  const now = await signIn(world.anonymous, "alice", people.alice.password);
  expect(now.answer.status).toBe(429);
  expect(Number(now.answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await signIn(world.anonymous, "bob", people.bob.password)).answer.status).toBe(201);
  await world.close();
});

test("Basic takes name and password, or a token at either place", async ({ anonymous }) => {
  const basic = (name: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`,
  });
  const good = [
    basic("alice", people.alice.password),
    basic("anything", people.alice.token),
    basic(people.alice.token, "x-oauth-basic"),
    basic(people.alice.token, ""),
  ];
  for (const headers of good) expect((await anonymous.get("/user", headers)).body.login).toBe("alice");
  expect((await anonymous.get("/user", basic("alice", people.bob.password))).status).toBe(401);
  expect((await anonymous.get("/user", basic("sam", people.sam.password))).status).toBe(403);
});

test("a header that is not good is refused even where no credentials are needed", async ({ anonymous }) => {
  for (const authorization of [
    "token wit_nonsense",
    "Bearer",
    "Basic !!!",
    "Digest x",
    `token ${mintToken("wit")}`,
  ]) {
    const answer = await anonymous.get("/users/alice", { authorization });
    expect(answer.status, authorization).toBe(401);
  }
});

test("who asks is found with one query, and the last use is written at most once a minute", async ({
  world,
}) => {
  const queries: string[] = [];
  const database = drizzle({ client: driverOf(world), logger: { logQuery: (query) => queries.push(query) } });
  const { cookie } = await signIn(world.anonymous, "alice", people.alice.password);
  const asked = async (credentials: Credentials) => {
    queries.length = 0;
    const actor = await authenticate({ ...world.services, database }, credentials);
    expect(actor.kind).toBe("user");
    return queries.length;
  };
  const token: Credentials = { kind: "token", token: people.alice.token };
  expect(await asked(token)).toBe(2);
  expect(await asked(token)).toBe(1);
  expect(await asked({ kind: "cookie", cookie })).toBe(1);
  queries.length = 0;
  await expect(
    authenticate({ ...world.services, database }, { kind: "token", token: `${people.alice.token}x` }),
  ).rejects.toThrow("Bad credentials");
  expect(queries).toEqual([]);
});

/** The connections under the world's query builder. */
const driverOf = (world: World) => (world.services.database as unknown as ReturnType<typeof drizzle>).$client;
