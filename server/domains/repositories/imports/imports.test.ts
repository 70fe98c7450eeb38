import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { processesIn } from "../../../git/protocol/testing.ts";
import { systemContext } from "../../../kernel/context.ts";
import { people } from "../../../../tools/testing/people.ts";
import { createWorld, type World } from "../../../../tools/testing/world.ts";
import { folderOf, forgeThatReaches, openPlace, refsOf, type Place } from "../remotes/test-places.ts";
import { findRepository, requireAccess } from "../access.ts";
import { noteIntent } from "../git/intents.ts";
import { moveRefs, settleIntent } from "../git/move-refs.ts";
import { resumeImports } from "./resume.ts";

let there: World;
let here: World;
const places: Place[] = [];

beforeAll(async () => {
  there = await createWorld({ listen: true });
  here = await forgeThatReaches();
  const alice = there.as("alice");
  const { body } = await alice.get("/repos/alice/demo/git/ref/heads/feature");
  await alice.post("/repos/alice/demo/git/refs", { ref: "refs/tags/v1.0", sha: body.object.sha });
  await alice.post("/repos/alice/demo/git/refs", { ref: "refs/heads/deep/er", sha: body.object.sha });
});
afterEach(async () => {
  await Promise.all(places.splice(0).map((place) => place.close()));
});
afterAll(async () => {
  await Promise.all([here, there].map((world) => world.settle()));
  await Promise.all([here, there].map((world) => world.close()));
});

const demo = () => `${there.url}/alice/demo`;
let made = 0;

/** Asks for an import as alice and lets it run. Answers its repository's name and how it ended. */
async function imported(url: string, more: Record<string, unknown> = {}) {
  made += 1;
  const name = `copy-${made}`;
  const begun = await here.as("alice").post("/user/imports", { url, name, ...more });
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  await here.settle();
  return { name, begun: begun.body, ended: (await status(name)).body };
}

const status = (name: string) => here.as("alice").get(`/repos/alice/${name}/import`);

/** Something between the importing forge and the real one, which may spoil it. */
async function between(
  spoil: (asked: IncomingMessage, pass: () => void, answer: import("node:http").ServerResponse) => void,
) {
  const asked: string[] = [];
  const place = await openPlace((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    spoil(
      incoming,
      () => {
        const onward = request(
          `${there.url}${incoming.url}`,
          { method: incoming.method ?? "GET", headers: incoming.headers },
          (response) => {
            outgoing.writeHead(response.statusCode ?? 500, response.headers);
            response.pipe(outgoing);
          },
        );
        onward.on("error", () => outgoing.destroy());
        incoming.pipe(onward);
      },
      outgoing,
    );
  });
  places.push(place);
  return { url: `${place.url}/alice/demo`, asked };
}

describe("an import", () => {
  it("brings branches, tags and the default branch, tells it, and is an ordinary repository then", async () => {
    const { name, begun, ended } = await imported(demo());
    expect(begun).toMatchObject({ state: "queued", status: "setup", vcs_url: demo(), repository: { name } });
    const wanted = await refsOf(there, "alice", "demo");
    expect(ended).toMatchObject({
      state: "done",
      status: "complete",
      import_percent: 100,
      branches: Object.keys(wanted).filter((ref) => ref.startsWith("refs/heads/")).length,
      tags: Object.keys(wanted).filter((ref) => ref.startsWith("refs/tags/")).length,
      skipped: 0,
      error_message: null,
    });
    expect(ended.received_objects).toBeGreaterThan(10);
    expect(ended.received_bytes).toBeGreaterThan(1000);
    expect(await refsOf(here, "alice", name)).toEqual(wanted);
    const repo = (await here.as("alice").get(`/repos/alice/${name}`)).body;
    expect([repo.default_branch, repo.content_source, repo.mirror_url]).toEqual(["main", null, null]);
    const folder = await folderOf(here, "alice", name);
    expect(execFileSync("git", ["-C", folder, "fsck", "--full", "--strict"]).toString()).not.toContain(
      "missing",
    );
    // Nothing of its own is left in the hidden names.
    expect(execFileSync("git", ["-C", folder, "for-each-ref", "refs/wit"]).toString()).toBe("");
    const told = await here.events({ type: "import.%" });
    expect(told.slice(-2)).toMatchObject([
      { type: "import.started", actorLogin: "alice", payload: { url: demo() } },
      { type: "import.completed", actorLogin: "alice", payload: { skipped: 0 } },
    ]);
    const pushes = await here.events({ type: "repository.pushed" });
    expect(pushes.at(-1)).toMatchObject({ actorLogin: "alice", payload: { reason: "import" } });
    expect(
      (
        await here
          .as("alice")
          .put(`/repos/alice/${name}/contents/own.txt`, { message: "Own", content: "b3du" })
      ).status,
    ).toBe(201);
  });

  it("of a repository that names its objects by SHA-256 is one here too, which is followed, cloned and pushed to", async () => {
    const owner = there.as("alice");
    await owner.post("/user/repos", { name: "long", object_format: "sha256", auto_init: true });
    await owner.put("/repos/alice/long/contents/a.txt", { message: "A", content: "YQ==" });
    const { name, ended } = await imported(`${there.url}/alice/long`, { mirror: true });
    expect(ended).toMatchObject({ state: "done", branches: 1 });
    const tip = async () => (await refsOf(here, "alice", name))["refs/heads/main"];
    expect(await tip()).toMatch(/^[0-9a-f]{64}$/);
    const folder = await folderOf(here, "alice", name);
    const said = (...args: string[]) =>
      execFileSync("git", ["-C", folder, ...args])
        .toString()
        .trim();
    expect(said("rev-parse", "--show-object-format")).toBe("sha256");
    expect(said("fsck", "--full", "--strict")).not.toContain("missing");

    await owner.put("/repos/alice/long/contents/b.txt", { message: "B", content: "Yg==" });
    const [mirror] = (await here.as("alice").get(`/repos/alice/${name}/mirrors`)).body;
    await here.as("alice").post(`/repos/alice/${name}/mirrors/${mirror.id}/sync`, {});
    await here.settle();
    expect(await refsOf(here, "alice", name)).toEqual(await refsOf(there, "alice", "long"));
    await here.as("alice").delete(`/repos/alice/${name}/mirrors/${mirror.id}`);
    const written = await here
      .as("alice")
      .put(`/repos/alice/${name}/contents/own.txt`, { message: "Own", content: "b3du" });
    expect(written.status, JSON.stringify(written.body)).toBe(201);
    expect(await tip()).toBe(written.body.commit.sha);
  });

  it("of SHA-256 does not come over branches of SHA-1, and takes nothing away", async () => {
    const before = await refsOf(here, "alice", "demo");
    const made = await here.as("alice").post("/repos/alice/demo/mirrors", {
      direction: "pull",
      url: `${there.url}/alice/long`,
      overwrite: true,
    });
    expect(made.status).toBe(201);
    await here.settle();
    const [mirror] = (await here.as("alice").get("/repos/alice/demo/mirrors")).body;
    expect(mirror.error).toContain("another hash");
    await here.as("alice").delete(`/repos/alice/demo/mirrors/${mirror.id}`);
    expect(await refsOf(here, "alice", "demo")).toEqual(before);
  });

  it("and a first commit at the same moment never both count, whoever comes first", async () => {
    const alice = here.as("alice");
    const seen = new Set<string>();
    for (let round = 0; round < 4; round += 1) {
      const name = `raced-${round}`;
      await alice.post("/user/repos", { name });
      const write = () =>
        alice.put(`/repos/alice/${name}/contents/own.txt`, { message: "Own", content: "b3du" });
      const start = () => alice.put(`/repos/alice/${name}/import`, { vcs_url: demo() });
      const [first, second] = await Promise.all(round % 2 ? [write(), start()] : [start(), write()]);
      const [written, started] = round % 2 ? [first, second] : [second, first];
      const both = `${written.status} ${started.status}`;
      seen.add(both);
      expect(written.status === 201 && started.status === 201, both).toBe(false);
      expect([201, 403, 409, 422]).toContain(written.status);
      await here.settle();
      const refs = await refsOf(here, "alice", name);
      if (written.status === 201) expect(Object.keys(refs)).toEqual(["refs/heads/main"]);
      if (started.status === 201) expect(refs).toEqual(await refsOf(there, "alice", "demo"));
    }
    expect([...seen].some((both) => both.includes("201"))).toBe(true);
  });

  it("does not begin while somebody pushes, nor does a push count that was allowed before it began", async () => {
    const alice = here.as("alice");
    await alice.post("/user/repos", { name: "held" });
    const ctx = systemContext(here.services, "test");
    const before = requireAccess(ctx, await findRepository(ctx, "alice", "held"), "write");
    const intent = await noteIntent(ctx, before, [], { reason: "push" });
    const start = () => alice.put("/repos/alice/held/import", { vcs_url: demo() });
    expect((await start()).status).toBe(409);
    await settleIntent(ctx, before, intent, [], { reason: "push" });
    expect((await start()).status).toBe(201);
    const move = { ref: "refs/heads/late", old: null, new: "1".repeat(40) };
    await expect(moveRefs(ctx, before, [move], { reason: "push" })).rejects.toMatchObject({
      code: "conflict",
    });
    await here.settle();
    expect(Object.keys(await refsOf(here, "alice", "held"))).not.toContain("refs/heads/late");
  });

  it("takes the default branch that the other side has", async () => {
    await there.as("alice").patch("/repos/alice/demo", { default_branch: "feature" });
    const { name } = await imported(demo());
    expect((await here.as("alice").get(`/repos/alice/${name}`)).body.default_branch).toBe("feature");
    await there.as("alice").patch("/repos/alice/demo", { default_branch: "main" });
  });

  it("takes the name from the address, and refuses one that is taken before anything is made", async () => {
    const one = await here.as("bob").post("/user/imports", { url: `${there.url}/alice/demo.git` });
    expect([one.status, one.body.repository.full_name]).toEqual([201, "bob/demo"]);
    const two = await here.as("bob").post("/user/imports", { url: demo(), name: "demo" });
    expect([two.status, two.body.errors[0].message]).toEqual([422, "name already exists on this account"]);
    await here.settle();
  });

  it("reads a private repository with a name and a password, which nobody ever sees again", async () => {
    const secret = `${there.url}/alice/secret`;
    const closed = await imported(secret);
    expect([closed.ended.status, closed.ended.error_message]).toEqual([
      "auth_failed",
      "The other server wants a user name and a password for this repository",
    ]);
    const { token } = people.alice;
    const address = secret.replace("http://", `http://alice:${token}@`);
    const { name, begun, ended } = await imported(address, { private: true });
    expect([ended.status, begun.vcs_url]).toEqual(["complete", secret]);
    expect(await refsOf(here, "alice", name)).toEqual(await refsOf(there, "alice", "secret"));
    const rows = await here.services.database.execute(
      sql`select (select json_agg(i) from repository_imports i)::text || (select json_agg(e) from events e)::text
        || (select json_agg(r) from repositories r)::text || coalesce((select json_agg(j) from jobs.job j)::text, '') as everything`,
    );
    expect(String(rows[0]?.["everything"])).not.toContain(token);
    expect(JSON.stringify([begun, ended])).not.toContain(token);
    const config = await readFile(`${await folderOf(here, "alice", name)}/config`, "utf8");
    expect(config).not.toContain("alice");
    // Once it is done, nothing needs them.
    const [row] = await here.services.database.execute(
      sql`select count(*)::int as kept from repository_imports where state = 'done' and credentials is not null`,
    );
    expect(row?.["kept"]).toBe(0);
  });

  it("with a wrong password says so, and succeeds with the right one on the second try", async () => {
    const { name, ended } = await imported(`${there.url}/alice/secret`, {
      username: "alice",
      password: "wrong",
    });
    expect(ended.status).toBe("auth_failed");
    const again = await here
      .as("alice")
      .patch(`/repos/alice/${name}/import`, { vcs_username: "alice", vcs_password: people.alice.token });
    expect([again.status, again.body.state]).toEqual([200, "queued"]);
    await here.settle();
    expect((await status(name)).body.status).toBe("complete");
  });

  it("may go on as a mirror of the same address", async () => {
    const { name, ended } = await imported(demo(), { mirror: true, interval_minutes: 30 });
    expect(ended).toMatchObject({ state: "done", becomes_mirror: true });
    const repo = (await here.as("alice").get(`/repos/alice/${name}`)).body;
    expect([repo.content_source, repo.mirror_url]).toEqual(["mirror", demo()]);
    const [mirror] = (await here.as("alice").get(`/repos/alice/${name}/mirrors`)).body;
    expect(mirror).toMatchObject({
      direction: "pull",
      url: demo(),
      interval_minutes: 30,
      state: "ok",
      error: null,
    });
  });
});

describe("into a repository that is there", () => {
  it("one without branches can be imported as GitHub's clients ask for it; one with content is refused", async () => {
    const alice = here.as("alice");
    await alice.post("/user/repos", { name: "waiting" });
    const begun = await alice.put("/repos/alice/waiting/import", { vcs: "git", vcs_url: demo() });
    expect([begun.status, begun.body.status]).toEqual([201, "setup"]);
    expect((await alice.put("/repos/alice/waiting/import", { vcs_url: demo() })).status).toBe(409);
    await here.settle();
    expect((await status("waiting")).body.status).toBe("complete");
    const again = await alice.put("/repos/alice/waiting/import", { vcs_url: demo() });
    expect([again.status, again.body.message]).toEqual([
      422,
      "Only a repository without branches and tags can be imported into",
    ]);
    expect((await alice.patch("/repos/alice/waiting/import", {})).status).toBe(422);
  });

  it("nobody moves its branches meanwhile, by any door, and the refusal says why", async () => {
    const alice = here.as("alice");
    const begun = await alice.post("/user/imports", { url: demo(), name: "closed" });
    expect(begun.status).toBe(201);
    const edit = await alice.put("/repos/alice/closed/contents/a.txt", { message: "A", content: "YQ==" });
    expect([edit.status, edit.body.message]).toEqual([422, expect.stringContaining("being imported")]);
    const greeting = await here.app.fetch(
      new Request(`${here.url}/alice/closed.git/info/refs?service=git-receive-pack`, {
        headers: { authorization: `Basic ${Buffer.from(`alice:${people.alice.token}`).toString("base64")}` },
      }),
    );
    expect([greeting.status, await greeting.text()]).toEqual([
      403,
      expect.stringContaining("being imported"),
    ]);
    await here.settle();
    expect(
      (await alice.put("/repos/alice/closed/contents/a.txt", { message: "A", content: "YQ==" })).status,
    ).toBe(201);
  });
});

describe("an import that is cut off", () => {
  it("says why, and tried again it does not fetch what it had", async () => {
    let broken = true;
    let posts = 0;
    const place = await between((asked, pass, answer) => {
      if (asked.method === "POST") posts += 1;
      // The greeting, the list, the history of main: what comes then breaks off.
      if (broken && posts > 2 && asked.method === "POST") return answer.destroy();
      pass();
    });
    const { name, ended } = await imported(place.url);
    expect(ended).toMatchObject({ state: "failed", status: "error", failed_step: "fetching" });
    expect(ended.error_message).toMatch(/other server|127\.0\.0\.1/);
    expect(Object.keys(await refsOf(here, "alice", name))).toEqual([]);
    const folder = await folderOf(here, "alice", name);
    const staged = execFileSync("git", ["-C", folder, "for-each-ref", "refs/wit/incoming"]).toString().trim();
    expect(staged.split("\n")).toHaveLength(1);
    broken = false;
    const first = ended.received_objects;
    expect(first).toBeGreaterThan(0);
    await here.as("alice").patch(`/repos/alice/${name}/import`, {});
    await here.settle();
    const done = (await status(name)).body;
    expect(done.status).toBe("complete");
    expect(done.received_objects).toBeLessThan(first);
    expect(await refsOf(here, "alice", name)).toEqual(await refsOf(there, "alice", "demo"));
  });

  it("by the end of the server goes on at its next start", async () => {
    const begun = await here.as("alice").post("/user/imports", { url: demo(), name: "orphaned" });
    expect(begun.status).toBe(201);
    // As a killed process leaves it: it says that it runs, and its job is gone.
    await here.services.database.execute(
      sql`update repository_imports set state = 'running', attempt = 1 where url = ${demo()} and state = 'queued'`,
    );
    await here.services.database.execute(
      sql`delete from jobs.job where state = 'created' and data->>'job' = 'repositories.import'`,
    );
    await resumeImports(systemContext(here.services, "test"));
    await here.settle();
    expect((await status("orphaned")).body.status).toBe("complete");
  });

  it("by its owner ends the processes at once, and can be tried again or deleted", async () => {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
    let hang = true;
    const place = await between((asked, pass) => {
      // Everything but the last: it never gets an answer.
      if (hang && asked.method === "POST" && Number(asked.headers["content-length"] ?? 999) > 200)
        return reach();
      pass();
    });
    const alice = here.as("alice");
    await alice.post("/user/imports", { url: place.url, name: "hanging" });
    const folder = await folderOf(here, "alice", "hanging");
    const running = here.settle();
    await reached;
    expect((await processesIn({ dir: folder })).join()).toContain("git");
    expect((await status("hanging")).body.state).toBe("running");
    expect((await alice.delete("/repos/alice/hanging/import")).status).toBe(204);
    await running;
    expect(await processesIn({ dir: folder })).toEqual([]);
    const cancelled = (await status("hanging")).body;
    expect([cancelled.state, cancelled.status, cancelled.error_message]).toEqual(["cancelled", "none", null]);
    expect(execFileSync("ls", [`${folder}/objects`]).toString()).not.toContain("incoming");
    hang = false;
    expect((await alice.patch("/repos/alice/hanging/import", {})).status).toBe(200);
    await here.settle();
    expect((await status("hanging")).body.status).toBe("complete");
    expect((await here.events({ type: "import.cancelled" })).at(-1)).toMatchObject({ actorLogin: "alice" });
  });

  it("by the deletion of the repository stays ended when that is restored", async () => {
    const alice = here.as("alice");
    const { body } = await alice.post("/user/imports", { url: demo(), name: "given-up" });
    await alice.delete("/repos/alice/given-up");
    await here.settle();
    expect((await alice.post(`/user/deleted-repos/${body.repository.id}/restore`, {})).status).toBeLessThan(
      500,
    );
    const rows = await here.services.database.execute(
      sql`select i.state, r.content_source from repository_imports i join repositories r on r.id = i.repo_id where r.name = 'given-up'`,
    );
    expect(rows).toMatchObject([{ state: "cancelled", content_source: null }]);
  });
});
