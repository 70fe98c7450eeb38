import { and, eq } from "drizzle-orm";
import { people } from "../../../tools/testing/people.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { user } from "./schema.ts";
import { crowd, racing } from "../../../tools/testing/races.ts";

test("to everyone but administrators the administration does not exist", async ({ anonymous, alice }) => {
  for (const path of ["/admin/users", "/admin/settings", "/admin/invitations", "/admin/mailbox"]) {
    expect((await anonymous.get(path)).status, path).toBe(401);
    expect((await alice.get(path)).status, path).toBe(404);
  }
  expect((await alice.patch("/admin/users/alice", { role: "superadmin" })).status).toBe(404);
  expect((await alice.patch("/admin/settings", { sign_up: "closed" })).status).toBe(404);
});

test("an administrator finds people by part of a name or address, and wildcards are plain text", async ({
  root,
}) => {
  const logins = async (query: string) =>
    (await root.get(`/admin/users?${query}`)).body.map((one: { login: string }) => one.login);
  expect(await logins("q=ALI")).toEqual(["alice"]);
  expect(await logins("q=carol%40example")).toEqual(["carol"]);
  expect(await logins("q=%25")).toEqual([]);
  expect(await logins("q=_")).toEqual([]);
  expect(await logins("suspended=true")).toEqual(["sam"]);
  expect(await logins("role=superadmin")).toEqual(["root"]);
  const first = await root.get("/admin/users?per_page=4");
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
  const second = await root.get(next.split("/api/v3")[1] ?? "");
  expect(new Set([...first.body, ...second.body].map((one) => one.login)).size).toBe(6);
});

test("suspending ends the person's sessions at once and says why; restoring lets them back in", async ({
  world,
  anonymous,
  root,
}) => {
  const login = { login: "bob", password: people.bob.password };
  const cookie = (await anonymous.post("/session", login)).headers.get("set-cookie")?.split(";")[0] ?? "";
  const answer = await root.patch("/admin/users/bob", { suspended: true, reason: "left the company" });
  expect(answer.body).toMatchObject({ login: "bob", suspended: true, suspended_reason: "left the company" });
  expect((await anonymous.get("/user", { cookie })).status).toBe(401);
  expect((await anonymous.post("/session", login)).body.message).toContain("left the company");
  expect((await world.events({ type: "user.suspended" })).at(-1)?.actorLogin).toBe("root");
  await root.patch("/admin/users/bob", { suspended: false });
  expect((await anonymous.post("/session", login)).status).toBe(201);
});

test("an admin neither touches a superadmin nor makes one, and cannot suspend themselves", async ({
  root,
  alice,
}) => {
  await root.patch("/admin/users/alice", { role: "admin" });
  expect((await alice.patch("/admin/users/root", { suspended: true })).status).toBe(403);
  expect((await alice.patch("/admin/users/root", { role: "user" })).status).toBe(403);
  expect((await alice.patch("/admin/users/bob", { role: "superadmin" })).status).toBe(403);
  expect((await alice.patch("/admin/users/alice", { role: "superadmin" })).status).toBe(403);
  expect((await alice.patch("/admin/users/alice", { suspended: true })).status).toBe(403);
  expect((await alice.patch("/admin/users/bob", { role: "admin" })).status).toBe(200);
  expect((await alice.get("/users/bob")).body.site_admin).toBe(true);
});

test("of eight superadmins who demote and suspend each other at once, one is left", async ({
  world,
  root,
}) => {
  const bosses = await crowd(world, 8, "superadmin");
  await root.patch("/admin/users/root", { role: "user" });
  await racing(world, "user", () =>
    Promise.all(
      bosses.map(({ client }, index) => {
        const next = bosses[(index + 1) % bosses.length]?.login;
        return client.patch(`/admin/users/${next}`, index % 2 ? { role: "user" } : { suspended: true });
      }),
    ),
  );
  const left = await world.services.database.$count(
    user,
    and(eq(user.role, "superadmin"), eq(user.suspended, false)),
  );
  expect(left).toBeGreaterThanOrEqual(1);
});

test("the last superadmin can neither step down nor be suspended", async ({ root }) => {
  const answer = await root.patch("/admin/users/root", { role: "user" });
  expect([answer.status, answer.body.message]).toEqual([403, expect.stringContaining("last superadmin")]);
});

test("letters that were kept are read by a superadmin only: they hold links that sign people in", async ({
  world,
  anonymous,
  root,
  alice,
}) => {
  await root.patch("/admin/users/alice", { role: "admin" });
  await anonymous.post("/user/password-reset", { email: "root@example.test" });
  await world.settle();
  expect((await alice.get("/admin/mailbox")).status).toBe(403);
  const list = await root.get("/admin/mailbox");
  expect(list.body).toMatchObject([{ to: "root@example.test" }]);
  expect((await alice.get(`/admin/mailbox/${list.body[0].id}`)).status).toBe(403);
  expect((await root.get(`/admin/mailbox/${list.body[0].id}`)).body.text).toContain("/reset-password?token=");
  expect((await root.get("/admin/mailbox/..%2F..%2Fsecret.key")).status).toBe(404);
});

test("settings refuse what they do not know", async ({ root }) => {
  expect((await root.patch("/admin/settings", { sign_up: "everyone" })).status).toBe(422);
  expect((await root.patch("/admin/settings", { sign_up: "invite" })).body).toMatchObject({
    sign_up: "invite",
  });
  expect((await root.get("/admin/settings")).body).toMatchObject({ sign_up: "invite" });
});
