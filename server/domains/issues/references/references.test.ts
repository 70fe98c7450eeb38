import { eq } from "drizzle-orm";
import { describe } from "vitest";
import { commitChanges } from "../../../git/write.ts";
import { resolveCommit } from "../../../git/revisions.ts";
import { actingAs, systemContext } from "../../../kernel/context.ts";
import { events } from "../../../kernel/schema.ts";
import { authenticate } from "../../accounts/index.ts";
import { findRepository, gitOf, moveRefs, requireAccess, requireMoved } from "../../repositories/index.ts";
import type { Client } from "../../../../tools/testing/client.ts";
import { people, type PersonName } from "../../../../tools/testing/people.ts";
import { expect, test, type World } from "../../../../tools/testing/world.ts";
import { followPush } from "../jobs.ts";

const issues = "/repos/alice/demo/issues";
const secret = "/repos/alice/secret/issues";
const full = { accept: "application/vnd.github.full+json" };

const told = async (client: Client, path: string) =>
  (await client.get(`${path}/timeline`)).body.map((one: { event: string }) => one.event);

/** Pushes commits with these messages to a branch of a repository, and lets what follows happen. */
async function push(
  world: World,
  who: PersonName,
  place: string,
  messages: readonly string[],
  branch = "main",
): Promise<string[]> {
  const actor = await authenticate(world.services, { kind: "token", token: people[who].token });
  const ctx = actingAs(systemContext(world.services, "test"), actor);
  const [owner = "", name = ""] = place.split("/");
  const repo = requireAccess(ctx, await findRepository(ctx, owner, name), "write");
  const git = gitOf(ctx, repo);
  const ref = `refs/heads/${branch}`;
  const old = await resolveCommit(git, ref);
  const made: string[] = [];
  for (const message of messages) {
    const signature = { name: who, email: people[who].email, time: 1_800_000_000, zone: "+0000" };
    const { commit } = await commitChanges(git, {
      base: made.at(-1) ?? old ?? (await resolveCommit(git, "main")),
      changes: [{ kind: "put", path: `f${made.length}`, content: { bytes: Buffer.from(message) } }],
      message,
      author: signature,
      committer: signature,
    });
    made.push(commit);
  }
  requireMoved(await moveRefs(ctx, repo, [{ ref, old, new: made.at(-1) ?? null }], { reason: "push" }));
  await world.settle();
  return made;
}

describe("references in a text", () => {
  test("lead to issues, people and commits that the reader may see, and nowhere else", async ({
    world,
    alice,
    carol,
  }) => {
    const sha = (await alice.get("/repos/alice/demo/commits/main/status")).body.sha;
    await alice.post(secret, { title: "Hidden" });
    await alice.post(issues, { title: 'Shown "quoted" <b>' });
    const body = `#1 #99 alice/secret#1 @bob @nobody-here ${sha.slice(0, 8)} deadbeef \`#1\``;
    await alice.post(issues, { title: "all", body });
    const html = async (client: Client) => (await client.get(`${issues}/2`, full)).body.body_html;
    const mine = await html(alice);
    const url = world.url;
    expect(mine).toMatch(/demo\/issues\/1" title="Shown &quot;quoted&quot; &lt;b(?:>|&gt;)">#1<\/a>/);
    expect(mine).toContain(`href="${url}/alice/secret/issues/1"`);
    expect(mine).toContain(`href="${url}/bob"`);
    expect(mine).toContain(`href="${url}/alice/demo/commit/${sha}"`);
    expect(mine.match(/<a /g)).toHaveLength(4);
    const hers = await html(carol);
    expect(hers).not.toContain("Hidden");
    expect(hers).not.toContain("/alice/secret/issues");
    expect(hers.match(/<a /g)).toHaveLength(3);
  });

  test("leave one line in the history of what they name, however often the text changes", async ({
    world,
    alice,
    bob,
  }) => {
    await alice.post(issues, { title: "target" });
    await bob.post(issues, { title: "source", body: "like #1 and #1, and #2 itself" });
    await world.settle();
    await bob.patch(`${issues}/2`, { body: "still like alice/demo#1" });
    await bob.post(`${issues}/2/comments`, { body: "yes, #1" });
    await world.settle();
    const { body } = await alice.get(`${issues}/1/timeline`);
    expect(body).toMatchObject([
      { event: "cross-referenced", actor: { login: "bob" }, source: { issue: { number: 2 } } },
    ]);
    expect(await told(alice, `${issues}/2`)).toEqual(["commented"]);
    expect((await alice.get(`${issues}/1/events`)).body).toEqual([]);
  });

  test("from a hidden place are told only to who may see that place", async ({
    world,
    alice,
    bob,
    anonymous,
  }) => {
    await alice.post(issues, { title: "target" });
    await alice.post(secret, { title: "Hidden source", body: "alice/demo#1" });
    await world.settle();
    expect(await told(alice, `${issues}/1`)).toEqual(["cross-referenced"]);
    for (const client of [bob, anonymous]) expect(await told(client, `${issues}/1`)).toEqual([]);
  });

  test("by who may not see or comment on the target leave nothing", async ({ world, alice, mallory }) => {
    await alice.post(secret, { title: "hidden" });
    await alice.post(issues, { title: "locked" });
    await alice.put(`${issues}/1/lock`);
    await mallory.post("/user/repos", { name: "own" });
    await mallory.post("/repos/mallory/own/issues", { title: "x", body: "alice/secret#1 alice/demo#1" });
    await world.settle();
    expect(await told(alice, `${secret}/1`)).toEqual([]);
    expect(await told(alice, `${issues}/1`)).toEqual(["locked"]);
  });
});

describe("closing keywords in commits", () => {
  test("close on the default branch, and on other branches only refer", async ({ world, alice, bob }) => {
    for (const title of ["one", "two", "three"]) await alice.post(issues, { title });
    const [first] = await push(world, "bob", "alice/demo", ["Try (fixes #1)"], "attempt");
    expect((await alice.get(`${issues}/1`)).body.state).toBe("open");
    expect((await alice.get(`${issues}/1/timeline`)).body).toMatchObject([
      { event: "referenced", actor: { login: "bob" }, commit_id: first },
    ]);
    const [, second] = await push(world, "bob", "alice/demo", [
      "Prepare, see #3",
      "Do it\n\nFixes #1, closes #2",
    ]);
    const { body: closed } = await bob.get(`${issues}/2`);
    expect(closed).toMatchObject({ state: "closed", state_reason: "completed", closed_by: { login: "bob" } });
    expect((await alice.get(`${issues}/1`)).body.state).toBe("closed");
    expect((await alice.get(`${issues}/3`)).body.state).toBe("open");
    expect((await alice.get(`${issues}/2/timeline`)).body).toMatchObject([
      { event: "closed", commit_id: second, commit_url: expect.stringContaining(second ?? "") },
    ]);
    expect(await told(alice, `${issues}/3`)).toEqual(["referenced"]);
    expect((await alice.get("/repos/alice/demo")).body.open_issues_count).toBe(1);
  });

  test("leave their commit also with what they cannot close: a pull request, and an issue that is closed already", async ({
    world,
    alice,
  }) => {
    await alice.post(issues, { title: "over" });
    await alice.patch(`${issues}/1`, { state: "closed" });
    await push(world, "alice", "alice/demo", ["Try"], "topic");
    const opened = await alice.post("/repos/alice/demo/pulls", { title: "t", head: "topic", base: "main" });
    expect(opened.body.number).toBe(2);
    const [sha] = await push(world, "alice", "alice/demo", ["Fixes #1, closes #2"]);
    const named = { event: "referenced", actor: { login: "alice" }, commit_id: sha };
    expect((await alice.get(`${issues}/1/timeline`)).body).toMatchObject([{ event: "closed" }, named]);
    expect((await alice.get(`${issues}/2/timeline`)).body).toMatchObject([{ event: "committed" }, named]);
    expect((await alice.get("/repos/alice/demo/pulls/2")).body.state).toBe("open");
  });

  test("close in another repository only with write access there", async ({ world, alice, mallory }) => {
    await alice.post(issues, { title: "target" });
    await alice.post(secret, { title: "hidden" });
    await mallory.post("/user/repos", { name: "own", auto_init: true });
    await push(world, "mallory", "mallory/own", ["Fixes alice/demo#1 and fixes alice/secret#1"]);
    expect((await alice.get(`${issues}/1`)).body.state).toBe("open");
    expect((await alice.get(`${secret}/1`)).body.state).toBe("open");
    expect(await told(alice, `${secret}/1`)).toEqual([]);
    const [hidden] = await push(world, "alice", "alice/secret", ["Fixes alice/demo#1"]);
    expect((await mallory.get(`${issues}/1`)).body.state).toBe("closed");
    const seen = (await mallory.get(`${issues}/1/timeline`)).body;
    expect(JSON.stringify(seen)).not.toContain(hidden);
    expect(JSON.stringify(seen)).not.toContain("secret");
    expect((await alice.get(`${issues}/1/timeline`)).body.at(-1)).toMatchObject({ commit_id: hidden });
  });

  test("do nothing when the same news is read again, also after somebody opened the issue again", async ({
    world,
    alice,
  }) => {
    await alice.post(issues, { title: "target" });
    await alice.post(issues, { title: "named" });
    await push(world, "alice", "alice/demo", ["Fixes #1, see #2"]);
    const readAgain = async () => {
      const rows = await world.services.database
        .select()
        .from(events)
        .where(eq(events.type, "repository.pushed"));
      for (const row of rows) await followPush.handle(systemContext(world.services, "test"), row);
    };
    await readAgain();
    await alice.patch(`${issues}/1`, { state: "open" });
    await readAgain();
    expect(await told(alice, `${issues}/1`)).toEqual(["closed", "reopened"]);
    expect(await told(alice, `${issues}/2`)).toEqual(["referenced"]);
    await push(world, "alice", "alice/demo", ["Really fixes #1"]);
    expect((await alice.get(`${issues}/1`)).body.state).toBe("closed");
  });
});
