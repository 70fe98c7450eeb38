import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Clock } from "../../../kernel/clock.ts";
import { systemContext } from "../../../kernel/context.ts";
import { people } from "../../../../tools/testing/people.ts";
import { createWorld, type World } from "../../../../tools/testing/world.ts";
import { forgeThatReaches, openPlace, refsOf, type Place } from "../remotes/test-places.ts";
import { resumeMirrors, runDueMirrors } from "./due.ts";

let there: World;
let here: World;
let ahead = 0;
const clock: Clock = { now: () => new Date(Date.now() + ahead) };
const places: Place[] = [];

beforeAll(async () => {
  there = await createWorld({ listen: true });
  here = await forgeThatReaches({ clock });
});
afterEach(async () => {
  await Promise.all(places.splice(0).map((place) => place.close()));
});
afterAll(async () => {
  await Promise.all([here, there].map((world) => world.settle()));
  await Promise.all([here, there].map((world) => world.close()));
});

const alice = () => here.as("alice");
const token = people.alice.token;

/** A repository elsewhere with two branches and a tag. */
async function source(name: string): Promise<string> {
  const owner = there.as("alice");
  await owner.post("/user/repos", { name, auto_init: true });
  const { body } = await owner.get(`/repos/alice/${name}/git/ref/heads/main`);
  for (const ref of ["refs/heads/topic", "refs/tags/v1"])
    await owner.post(`/repos/alice/${name}/git/refs`, { ref, sha: body.object.sha });
  return `${there.url}/alice/${name}`;
}

const write = async (world: World, name: string, file: string, branch = "main") => {
  const { status, body } = await world
    .as("alice")
    .put(`/repos/alice/${name}/contents/${file}`, { message: `Add ${file}`, content: "eA==", branch });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.commit.sha as string;
};

async function mirrorOf(name: string, body: Record<string, unknown>) {
  const made = await alice().post(`/repos/alice/${name}/mirrors`, body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  await here.settle();
  return (await alice().get(`/repos/alice/${name}/mirrors/${made.body.id}`)).body;
}

const state = async (name: string) => (await alice().get(`/repos/alice/${name}/mirrors`)).body[0];
const sync = async (name: string, id: string) => {
  const asked = await alice().post(`/repos/alice/${name}/mirrors/${id}/sync`, {});
  expect(asked.status).toBe(202);
  await here.settle();
};

describe("a repository that follows another one", () => {
  it("becomes the same, and stays it: new, rewritten and deleted branches, tags and the default branch", async () => {
    const url = await source("followed");
    await alice().post("/user/repos", { name: "follower" });
    const mirror = await mirrorOf("follower", { direction: "pull", url, interval_minutes: 15 });
    expect(mirror).toMatchObject({ state: "ok", error: null, failures: 0, set_by: { login: "alice" }, url });
    expect(await refsOf(here, "alice", "follower")).toEqual(await refsOf(there, "alice", "followed"));
    const owner = there.as("alice");
    const first = (await owner.get("/repos/alice/followed/commits")).body.at(-1).sha;
    await write(there, "followed", "a.txt");
    await write(there, "followed", "b.txt", "topic");
    await sync("follower", mirror.id);
    expect(await refsOf(here, "alice", "follower")).toEqual(await refsOf(there, "alice", "followed"));
    // History there is rewritten, the default branch is another one and the former goes.
    await owner.patch("/repos/alice/followed/git/refs/heads/topic", { sha: first, force: true });
    await owner.patch("/repos/alice/followed", { default_branch: "topic" });
    expect((await owner.delete("/repos/alice/followed/git/refs/heads/main")).status).toBe(204);
    expect((await owner.delete("/repos/alice/followed/git/refs/tags/v1")).status).toBe(204);
    await sync("follower", mirror.id);
    expect(await refsOf(here, "alice", "follower")).toEqual({ "refs/heads/topic": first });
    expect((await alice().get("/repos/alice/follower")).body.default_branch).toBe("topic");
    const pushes = await here.events({ type: "repository.pushed" });
    expect(pushes.at(-1)).toMatchObject({ actorLogin: null, payload: { reason: "mirror", detail: { url } } });
  });

  it("takes no push from people, says where to push, and does again when the mirror is ended", async () => {
    const url = await source("led");
    await alice().post("/user/repos", { name: "following" });
    const mirror = await mirrorOf("following", { direction: "pull", url });
    const edit = { message: "x", content: "eA==" };
    const refused = await alice().put("/repos/alice/following/contents/x", edit);
    expect([refused.status, refused.body.message]).toEqual([
      422,
      expect.stringContaining(`follows ${url}: push there`),
    ]);
    expect((await alice().get("/repos/alice/following")).body.mirror_url).toBe(url);
    expect((await alice().delete(`/repos/alice/following/mirrors/${mirror.id}`)).status).toBe(204);
    expect((await alice().put("/repos/alice/following/contents/x", edit)).status).toBe(201);
    expect((await alice().get("/repos/alice/following")).body.mirror_url).toBe(null);
  });

  it("does not replace branches that are there without being told so, and then does, whatever protects them", async () => {
    const url = await source("wanted");
    await alice().post("/user/repos", { name: "full", auto_init: true });
    await alice().post("/repos/alice/full/protection-rules", { pattern: "**" });
    const careless = await alice().post("/repos/alice/full/mirrors", { direction: "pull", url });
    expect([careless.status, careless.body.errors[0].field]).toEqual([422, "overwrite"]);
    await mirrorOf("full", { direction: "pull", url, overwrite: true });
    expect(await refsOf(here, "alice", "full")).toEqual(await refsOf(there, "alice", "wanted"));
    const second = await alice().post("/repos/alice/full/mirrors", {
      direction: "pull",
      url: `${url}2`,
      overwrite: true,
    });
    expect([second.status, second.body.errors[0].message]).toEqual([
      422,
      "This repository follows another one already",
    ]);
  });

  it("is not imported into while it follows, or people would push to what the mirror replaces", async () => {
    await there.as("alice").post("/user/repos", { name: "nothing-yet" });
    const url = `${there.url}/alice/nothing-yet`;
    await alice().post("/user/repos", { name: "waits" });
    await mirrorOf("waits", { direction: "pull", url });
    const asked = await alice().put("/repos/alice/waits/import", { vcs_url: await source("other") });
    expect([asked.status, asked.body.message]).toEqual([409, expect.stringContaining("follows another one")]);
    const pushed = await alice().put("/repos/alice/waits/contents/x", { message: "x", content: "eA==" });
    expect(pushed.status).toBe(422);
  });

  it("keeps what it has when the other side is empty or gone", async () => {
    const url = await source("vanishing");
    await alice().post("/user/repos", { name: "keeper" });
    const mirror = await mirrorOf("keeper", { direction: "pull", url });
    const before = await refsOf(here, "alice", "keeper");
    await there.as("alice").delete("/repos/alice/vanishing");
    await sync("keeper", mirror.id);
    expect(await state("keeper")).toMatchObject({
      state: "failing",
      failures: 1,
      error: expect.stringContaining("wants a user name"),
    });
    await there.as("alice").post("/user/repos", { name: "vanishing" });
    await sync("keeper", mirror.id);
    expect(await state("keeper")).toMatchObject({
      failures: 2,
      error: "The repository there is empty; what is here was kept",
    });
    expect(await refsOf(here, "alice", "keeper")).toEqual(before);
  });
});

describe("a repository that another one follows", () => {
  it("is pushed on with every push: new, rewritten and deleted", async () => {
    await there.as("alice").post("/user/repos", { name: "target" });
    await alice().post("/user/repos", { name: "origin", auto_init: true });
    const url = `${there.url}/alice/target`;
    const mirror = await mirrorOf("origin", { direction: "push", url, username: "alice", password: token });
    expect(mirror).toMatchObject({ state: "ok", error: null, has_credentials: true });
    expect(await refsOf(there, "alice", "target")).toEqual(await refsOf(here, "alice", "origin"));
    const sha = await write(here, "origin", "a.txt");
    await alice().post("/repos/alice/origin/git/refs", { ref: "refs/heads/gone", sha });
    await here.settle();
    expect(await refsOf(there, "alice", "target")).toEqual(await refsOf(here, "alice", "origin"));
    await alice().delete("/repos/alice/origin/git/refs/heads/gone");
    await here.settle();
    expect(Object.keys(await refsOf(there, "alice", "target"))).toEqual(["refs/heads/main"]);
    expect(JSON.stringify([mirror, await here.events({ type: "mirror.%" })])).not.toContain(token);
  });

  it("says what was not taken, pauses longer each time, and tells the first failure, the fifth, and the end of it", async () => {
    await there.as("alice").post("/user/repos", { name: "guarded", auto_init: true });
    await there.as("alice").post("/repos/alice/guarded/protection-rules", { pattern: "main" });
    await alice().post("/user/repos", { name: "pushing", auto_init: true });
    const url = `${there.url}/alice/guarded`;
    const mirror = await mirrorOf("pushing", {
      direction: "push",
      url,
      username: "alice",
      password: token,
      interval_minutes: 10,
    });
    expect(mirror).toMatchObject({ state: "failing", failures: 1 });
    expect(mirror.error).toContain("The other server did not take refs/heads/main");
    const pauses = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const before = clock.now().getTime();
      await sync("pushing", mirror.id);
      pauses.push(Math.round((new Date((await state("pushing")).next_run_at).getTime() - before) / 60_000));
    }
    expect(pauses).toEqual([20, 40, 80, 160, 320]);
    const told = (await here.events({ type: "mirror.%" })).filter(
      ({ payload }) => (payload as { mirror_id: string }).mirror_id === mirror.id,
    );
    expect(told.map(({ type, payload }) => [type, (payload as { failures?: number }).failures])).toEqual([
      ["mirror.created", undefined],
      ["mirror.failed", 1],
      ["mirror.failed", 5],
    ]);
    // Now that it fails for long, a push does not try it at once.
    await write(here, "pushing", "b.txt");
    await here.settle();
    expect((await state("pushing")).failures).toBe(6);
    const [rule] = (await there.as("alice").get("/repos/alice/guarded/protection-rules")).body;
    await there.as("alice").delete(`/repos/alice/guarded/protection-rules/${rule.id}`);
    await sync("pushing", mirror.id);
    expect(await state("pushing")).toMatchObject({ state: "ok", failures: 0, error: null });
    expect((await here.events({ type: "mirror.recovered" })).at(-1)).toMatchObject({
      payload: { failures: 6 },
    });
    const letters = (here.services.mail.mailbox?.list() ?? []).map(({ id }) =>
      here.services.mail.mailbox?.get(id),
    );
    const about = letters.filter(
      (one) => one?.to === people.alice.email && one.subject.endsWith("alice/pushing"),
    );
    expect(about.map((one) => one?.subject).toReversed()).toEqual([
      "A mirror keeps failing: alice/pushing",
      "A mirror works again: alice/pushing",
    ]);
    expect(about[1]?.text).toContain(`${here.url}/alice/pushing/settings/mirrors`);
  });

  it("pushes nothing over another one before it has anything", async () => {
    const url = await source("precious");
    const before = await refsOf(there, "alice", "precious");
    await alice().post("/user/repos", { name: "hollow" });
    await mirrorOf("hollow", { direction: "push", url, username: "alice", password: token });
    expect(await refsOf(there, "alice", "precious")).toEqual(before);
  });

  it("has five such at most, each address once", async () => {
    await alice().post("/user/repos", { name: "popular" });
    const add = (index: number) =>
      alice().post("/repos/alice/popular/mirrors", {
        direction: "push",
        url: `${there.url}/alice/p${index}`,
      });
    for (let index = 0; index < 5; index += 1) expect((await add(index)).status).toBe(201);
    expect((await add(5)).body.message).toContain("at most 5 others");
    const [one] = (await alice().get("/repos/alice/popular/mirrors")).body;
    await alice().delete(`/repos/alice/popular/mirrors/${one.id}`);
    expect((await add(1)).status).toBe(422);
    await here.settle();
  });
});

describe("a mirror runs", () => {
  it("when its time has come, once, and no sooner", async () => {
    const url = await source("timed");
    await alice().post("/user/repos", { name: "timely" });
    await mirrorOf("timely", { direction: "pull", url, interval_minutes: 600 });
    await write(there, "timed", "later.txt");
    const system = systemContext(here.services, "test");
    ahead += 599 * 60_000;
    await runDueMirrors(system);
    await here.settle();
    expect(await refsOf(here, "alice", "timely")).not.toEqual(await refsOf(there, "alice", "timed"));
    ahead += 2 * 60_000;
    expect(await runDueMirrors(system)).toBeGreaterThan(0);
    expect(await runDueMirrors(system)).toBe(0);
    await here.settle();
    expect(await refsOf(here, "alice", "timely")).toEqual(await refsOf(there, "alice", "timed"));
  });

  it("again at the next start when the server was killed under it", async () => {
    const url = await source("cut");
    await alice().post("/user/repos", { name: "mended" });
    await mirrorOf("mended", { direction: "pull", url });
    await write(there, "cut", "later.txt");
    await here.services.database.execute(
      sql`update repository_mirrors set started_at = finished_at + interval '1 second' where url = ${url}`,
    );
    await resumeMirrors(systemContext(here.services, "test"));
    await here.settle();
    expect(await refsOf(here, "alice", "mended")).toEqual(await refsOf(there, "alice", "cut"));
  });

  it("not for an archived or deleted repository, and again when that is over", async () => {
    const url = await source("resting");
    await alice().post("/user/repos", { name: "archive" });
    const mirror = await mirrorOf("archive", { direction: "pull", url });
    await alice().patch("/repos/alice/archive", { archived: true });
    const before = await refsOf(here, "alice", "archive");
    await write(there, "resting", "later.txt");
    await sync("archive", mirror.id);
    expect(await refsOf(here, "alice", "archive")).toEqual(before);
    expect(await state("archive")).toMatchObject({
      enabled: true,
      state: "failing",
      error: "The repository is archived",
    });
    await alice().patch("/repos/alice/archive", { archived: false });
    await sync("archive", mirror.id);
    expect(await refsOf(here, "alice", "archive")).toEqual(await refsOf(there, "alice", "resting"));
    await alice().post(`/repos/alice/archive/mirrors/${mirror.id}/sync`, {});
    await alice().delete("/repos/alice/archive");
    await here.settle();
  });

  it("no more when who set it up is suspended or no administrator, until another one takes it over", async () => {
    const url = await source("abroad");
    await alice().post("/user/repos", { name: "shared", private: true });
    await alice().put("/repos/alice/shared/collaborators/bob", { permission: "admin" });
    const made = await here.as("bob").post("/repos/alice/shared/mirrors", { direction: "pull", url });
    expect(made.status).toBe(201);
    await alice().put("/repos/alice/shared/collaborators/bob", { permission: "push" });
    await here.settle();
    expect(await state("shared")).toMatchObject({
      enabled: false,
      state: "off",
      error: "bob, who set this up, does not administer the repository any more",
    });
    expect(await refsOf(here, "alice", "shared")).toEqual({});
    expect((await here.events({ type: "mirror.stopped" })).at(-1)).toMatchObject({
      payload: { mirror_id: made.body.id },
    });
    expect((await alice().post(`/repos/alice/shared/mirrors/${made.body.id}/sync`, {})).status).toBe(422);
    expect(
      (await here.as("bob").patch(`/repos/alice/shared/mirrors/${made.body.id}`, { enabled: true })).status,
    ).toBe(403);
    const taken = await alice().patch(`/repos/alice/shared/mirrors/${made.body.id}`, { enabled: true });
    expect([taken.status, taken.body.set_by.login]).toEqual([200, "alice"]);
    await here.settle();
    expect(await refsOf(here, "alice", "shared")).toEqual(await refsOf(there, "alice", "abroad"));
    // Both ways of losing the right: here a suspension.
    await alice().put("/repos/alice/shared/collaborators/bob", { permission: "admin" });
    await here.as("bob").patch(`/repos/alice/shared/mirrors/${made.body.id}`, { enabled: true });
    await here.as("root").patch("/admin/users/bob", { suspended: true });
    await here.settle();
    expect((await state("shared")).error).toBe("bob, who set this up, is suspended");
    // Who lost the right is not written to: the owner is.
    const [letter] = here.services.mail.mailbox?.list() ?? [];
    expect([letter?.to, letter?.subject]).toEqual([
      people.alice.email,
      "A mirror was switched off: alice/shared",
    ]);
    const home = async (who: "alice" | "carol") =>
      (await here.as(who).get("/_web/repos/alice/shared")).body.troubles;
    expect(await home("alice")).toEqual([expect.stringContaining("is suspended")]);
    await alice().put("/repos/alice/shared/collaborators/carol", { permission: "pull" });
    expect(await home("carol")).toEqual([]);
    await here.as("root").patch("/admin/users/bob", { suspended: false });
  });

  it("at once when it is wanted while it runs, so that no push is left behind", async () => {
    await there.as("alice").post("/user/repos", { name: "busy" });
    await alice().post("/user/repos", { name: "hasty", auto_init: true });
    let during: Promise<unknown> | undefined;
    const place = await openPlace((incoming, outgoing) => {
      const onward = async () => {
        // Somebody pushes when the other side has been greeted already, and the job of that comes and finds a run.
        if (incoming.method === "POST")
          await (during ??= write(here, "hasty", "meanwhile.txt").then(() => here.settle()));
        const body = incoming.method === "POST" ? Buffer.concat(await incoming.toArray()) : null;
        const answer = await fetch(`${there.url}${incoming.url}`, {
          method: incoming.method ?? "GET",
          headers: Object.fromEntries(
            Object.entries(incoming.headers)
              .filter(([name]) => ["authorization", "content-type", "git-protocol"].includes(name))
              .map(([name, value]) => [name, String(value)]),
          ),
          ...(body ? { body } : {}),
        });
        outgoing.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
        outgoing.end(Buffer.from(await answer.arrayBuffer()));
      };
      onward().catch(() => outgoing.destroy());
    });
    places.push(place);
    await mirrorOf("hasty", {
      direction: "push",
      url: `${place.url}/alice/busy`,
      username: "alice",
      password: token,
    });
    expect(await refsOf(there, "alice", "busy")).toEqual(await refsOf(here, "alice", "hasty"));
  });
});

describe("who may", () => {
  it("see or change mirrors: administrators of the repository", async () => {
    for (const [person, status] of [
      ["bob", 403],
      ["mallory", 403],
      ["alice", 200],
    ] as const)
      expect((await here.as(person).get("/repos/alice/demo/mirrors")).status).toBe(status);
    expect((await here.as("mallory").get("/repos/alice/secret/mirrors")).status).toBe(404);
    const wrong = await alice().post("/repos/alice/demo/mirrors", { direction: "push", url: "ssh://x/y" });
    expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, "url"]);
    expect(
      (
        await alice().post("/repos/alice/demo/mirrors", {
          direction: "push",
          url: "https://x.example/y",
          interval_minutes: 9,
        })
      ).status,
    ).toBe(422);
  });
});
