/** What becomes of a pull request when the branches around it go, come back, or are open twice. */
import { describe } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { reconcileHeads } from "./jobs/reconcile.ts";
import { systemContext } from "../../kernel/context.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;
const drop = (client: Client, branch: string) => client.delete(`/repos/${demo}/git/refs/heads/${branch}`);
const told = async (client: Client, number: number): Promise<{ event: string }[]> =>
  (await client.get(`/repos/${demo}/issues/${number}/timeline?per_page=100`)).body;

/** `base-work` from main, `child` from that, each with a pull request into the one below. */
async function stack(client: Client) {
  await write(client, demo, "base-work", "base.txt", "base\n", "main");
  const parent = await open(client, demo, "base-work");
  await write(client, demo, "child", "child.txt", "child\n", "base-work");
  const child = await open(client, demo, "child", "base-work");
  return { parent: parent.number as number, child: child.number as number };
}

describe("a target that is deleted", () => {
  test("leaves its children to where it was merged, with what was said on them", async ({
    bob,
    carol,
    world,
  }) => {
    const { parent, child } = await stack(bob);
    await carol.post(`${pulls}/${child}/comments`, {
      body: "Why?",
      commit_id: await tip(bob, demo, "child"),
      path: "child.txt",
      line: 1,
      side: "RIGHT",
    });
    expect((await bob.put(`${pulls}/${parent}/merge`, { merge_method: "merge" })).status).toBe(200);
    await drop(bob, "base-work");
    await world.settle();
    const { body } = await bob.get(`${pulls}/${child}`);
    expect(body).toMatchObject({
      state: "open",
      base: { ref: "main" },
      commits: 1,
      mergeable_state: "clean",
    });
    expect((await bob.get(`${pulls}/${child}/comments`)).body).toMatchObject([{ body: "Why?", line: 1 }]);
    expect(await told(bob, child)).toContainEqual(
      expect.objectContaining({
        event: "automatic_base_change_succeeded",
        actor: expect.objectContaining({ login: "bob" }),
        base: { from: "base-work", to: "main" },
      }),
    );
  });

  test("leaves them to the default branch when it was never merged, through several that are gone", async ({
    bob,
    world,
  }) => {
    const { parent, child } = await stack(bob);
    await write(bob, demo, "grandchild", "grandchild.txt", "x\n", "child");
    const grandchild = await open(bob, demo, "grandchild", "child");
    await drop(bob, "child");
    await drop(bob, "base-work");
    await world.settle();
    const states = await Promise.all(
      [parent, child, grandchild.number].map(async (number) => {
        const { body } = await bob.get(`${pulls}/${number}`);
        return [body.state, body.base.ref];
      }),
    );
    expect(states).toEqual([
      ["closed", "main"],
      ["closed", expect.any(String)],
      ["open", "main"],
    ]);
  });

  test("leaves an approval where the change stays the same, and ends one that would let more in, if the rule says so", async ({
    alice,
    bob,
    world,
  }) => {
    await alice.post(`/repos/${demo}/protection-rules`, { pattern: "main", dismiss_stale_reviews: true });
    const approve = async (number: number) =>
      expect((await alice.post(`${pulls}/${number}/reviews`, { event: "APPROVE" })).status).toBe(200);
    const states = async (number: number) =>
      (await bob.get(`${pulls}/${number}/reviews`)).body.map((one: { state: string }) => one.state);
    const first = await stack(bob);
    await approve(first.child);
    expect((await bob.put(`${pulls}/${first.parent}/merge`, { merge_method: "merge" })).status).toBe(200);
    await drop(bob, "base-work");
    await world.settle();
    expect((await bob.get(`${pulls}/${first.child}`)).body.base.ref).toBe("main");
    expect(await states(first.child)).toEqual(["APPROVED"]);
    await write(bob, demo, "below", "below.txt", "nobody looked at this\n", "main");
    await write(bob, demo, "above", "above.txt", "above\n", "below");
    const { number } = await open(bob, demo, "above", "below");
    await approve(number);
    await drop(bob, "below");
    await world.settle();
    expect((await bob.get(`${pulls}/${number}`)).body.base.ref).toBe("main");
    expect(await states(number)).toEqual(["DISMISSED"]);
    expect(await told(bob, number)).toContainEqual(expect.objectContaining({ event: "review_dismissed" }));
  });

  test("leaves one where it is whose branch has a pull request there already, and says so once", async ({
    bob,
    world,
  }) => {
    const { child } = await stack(bob);
    await open(bob, demo, "child", "main");
    await drop(bob, "base-work");
    await world.settle();
    await reconcileHeads.handle(systemContext(world.services, "test"), {});
    expect((await bob.get(`${pulls}/${child}`)).body).toMatchObject({
      state: "open",
      base: { ref: "base-work" },
    });
    const failed = (await told(bob, child)).filter((one) => one.event === "automatic_base_change_failed");
    expect(failed).toMatchObject([{ problem: expect.stringContaining("Another pull request") }]);
  });
});

describe("a source branch that is deleted", () => {
  test("leaves all to be read, comes back with one request, and the pull request with it", async ({
    bob,
    carol,
    world,
  }) => {
    const head = await write(bob, demo, "gone", "gone.txt", "gone\n", "main");
    const { number } = await open(bob, demo, "gone");
    const at = `${pulls}/${number}`;
    await drop(bob, "gone");
    await world.settle();
    expect((await bob.get(at)).body).toMatchObject({
      state: "closed",
      head: { sha: head },
      changed_files: 1,
    });
    expect((await bob.get(`${at}/files`)).body).toMatchObject([{ filename: "gone.txt" }]);
    expect((await bob.patch(at, { state: "open" })).status).toBe(422);
    expect((await carol.post(`${at}/restore-branch`, {})).status).toBe(403);
    expect((await bob.post(`${at}/restore-branch`, {})).status).toBe(200);
    expect((await bob.post(`${at}/restore-branch`, {})).status).toBe(200);
    await world.settle();
    expect(await tip(bob, demo, "gone")).toBe(head);
    expect((await bob.patch(at, { state: "open" })).body.state).toBe("open");
    expect((await told(bob, number)).map((one) => one.event)).toEqual([
      "committed",
      "head_ref_deleted",
      "closed",
      "head_ref_restored",
      "reopened",
    ]);
    await write(bob, demo, "gone", "more.txt", "more\n");
    expect((await bob.post(`${at}/restore-branch`, {})).status).toBe(409);
  });

  test("of a fork that forgot the commits comes back from where they are kept", async ({
    carol,
    alice,
    world,
  }) => {
    await carol.post(`/repos/${demo}/forks`, {});
    const head = await write(carol, "carol/demo", "gone", "gone.txt", "gone\n", "main");
    const { number } = await open(carol, demo, "carol:gone");
    await carol.delete("/repos/carol/demo/git/refs/heads/gone");
    await world.settle();
    expect((await alice.post(`${pulls}/${number}/restore-branch`, {})).status).toBe(403);
    expect((await carol.post(`${pulls}/${number}/restore-branch`, {})).status).toBe(200);
    expect(await tip(carol, "carol/demo", "gone")).toBe(head);
  });
});

describe("opening and closing", () => {
  test("one that is opened again has what came to its branch meanwhile, and one that is open is not opened twice", async ({
    bob,
    world,
  }) => {
    await write(bob, demo, "twice", "a.txt", "a\n", "main");
    const { number } = await open(bob, demo, "twice");
    const again = await bob.post(pulls, { title: "Again", head: "twice", base: "main" });
    expect(again.status).toBe(422);
    expect(JSON.stringify(again.body)).toContain("already exists");
    await bob.patch(`${pulls}/${number}`, { state: "closed" });
    const second = await open(bob, demo, "twice");
    expect((await bob.patch(`${pulls}/${number}`, { state: "open" })).status).toBe(422);
    await bob.patch(`${pulls}/${second.number}`, { state: "closed" });
    const head = await write(bob, demo, "twice", "b.txt", "b\n");
    await world.settle();
    expect((await bob.patch(`${pulls}/${number}`, { state: "open" })).body).toMatchObject({
      state: "open",
      head: { sha: head },
      commits: 2,
    });
  });
});

describe("what a pull request begins with", () => {
  const begin = (client: Client, more = "") =>
    client.get(`/_web/repos/${demo}/pulls/new/main...begun${more}`);

  test("is the commit's text above the repository's template, or the one that is named", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "begun", "a.txt", "a\n", "main");
    expect((await begin(bob)).body).toMatchObject({
      suggestion: { title: "Write a.txt", body: "" },
      templates: [],
    });
    await write(alice, demo, "main", ".wit/pull_request_template.md", "## Why\r\n");
    await write(alice, demo, "main", ".github/PULL_REQUEST_TEMPLATE/bug.md", "## What was wrong\n");
    await write(alice, demo, "main", "docs/PULL_REQUEST_TEMPLATE.md", "## Later places lose\n");
    expect((await begin(bob)).body).toMatchObject({
      suggestion: { body: "## Why" },
      templates: [
        { name: "pull_request_template.md", chosen: true },
        { name: "bug.md", chosen: false },
      ],
    });
    for (const name of ["bug.md", "BUG"])
      expect((await begin(bob, `?template=${name}`)).body.suggestion.body).toBe("## What was wrong");
    expect((await begin(bob, "?template=../../secret")).body.suggestion.body).toBe("");
    expect((await bob.get(`/repos/${demo}/pull-templates`)).body).toEqual([
      {
        name: "pull_request_template.md",
        path: ".wit/pull_request_template.md",
        default: true,
        body: "## Why",
      },
      {
        name: "bug.md",
        path: ".github/PULL_REQUEST_TEMPLATE/bug.md",
        default: false,
        body: "## What was wrong",
      },
    ]);
  });
});

describe("suggested reviewers", () => {
  test("are who wrote the lines and who reviewed them, with the reason, and nobody who is done", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    await write(alice, demo, "main", "shared.txt", "1\n2\n3\n4\n");
    await write(bob, demo, "main", "shared.txt", "1\n2\n3\nfour\n");
    await write(alice, demo, "reviewed", "shared.txt", "1\n2\n3\nfour\nfive\n", "main");
    const former = await open(alice, demo, "reviewed");
    await carol.post(`${pulls}/${former.number}/comments`, {
      body: "Fine.",
      commit_id: former.head.sha,
      path: "shared.txt",
      line: 5,
      side: "RIGHT",
    });
    await alice.put(`${pulls}/${former.number}/merge`);
    await write(bob, demo, "change", "shared.txt", "one\ntwo\nthree\nFOUR\nfive\n", "main");
    const { number } = await open(bob, demo, "change");
    const at = `${pulls}/${number}/suggested_reviewers`;
    const found = (await bob.get(at)).body;
    expect(
      found.map((one: { user: { login: string }; reason: string }) => [one.user.login, one.reason]),
    ).toEqual([
      ["alice", "wrote 75 % of the changed lines; nothing to review"],
      ["carol", "reviewed these files once lately; nothing to review"],
    ]);
    await bob.post(`${pulls}/${number}/requested_reviewers`, { reviewers: ["alice"] });
    expect((await bob.get(at)).body).toMatchObject([{ user: { login: "carol" } }]);
    await world.settle();
  });

  test("are asked less who have much to review, and the count tells nothing of what the reader cannot see", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    await write(alice, demo, "main", "shared.txt", "1\n");
    await write(bob, demo, "change", "shared.txt", "2\n", "main");
    const { number } = await open(bob, demo, "change");
    await write(alice, "alice/secret", "hidden", "h.txt", "h\n", "main");
    await alice.put("/repos/alice/secret/collaborators/bob", { permission: "push" });
    const secret = await open(bob, "alice/secret", "hidden");
    const asked = await bob.post(`/repos/alice/secret/pulls/${secret.number}/requested_reviewers`, {
      reviewers: ["alice"],
    });
    expect(asked.status).toBe(201);
    const reasonFor = async (client: Client) =>
      (await client.get(`${pulls}/${number}/suggested_reviewers`)).body[0].reason;
    expect(await reasonFor(bob)).toBe("wrote 100 % of the changed lines; 1 open review");
    expect(await reasonFor(carol)).toBe("wrote 100 % of the changed lines; nothing to review");
    await world.settle();
  });
});

test("a locked conversation is closed to all but writers, on every way to say something", async ({
  alice,
  bob,
  carol,
}) => {
  await write(bob, demo, "loud", "loud.txt", "loud\n", "main");
  const { number, head } = await open(bob, demo, "loud");
  const at = `${pulls}/${number}`;
  const line = { body: "Hm.", commit_id: head.sha, path: "loud.txt", line: 1, side: "RIGHT" };
  const thread = (await carol.post(`${at}/comments`, line)).body;
  const pending = (await carol.post(`${at}/reviews`, { body: "Begun" })).body;
  const issue = `/repos/${demo}/issues/${number}`;
  expect((await carol.put(`${issue}/lock`, {})).status).toBe(403);
  expect((await alice.put(`${issue}/lock`, { lock_reason: "too heated" })).status).toBe(204);
  expect((await alice.get(at)).body).toMatchObject({ locked: true, active_lock_reason: "too heated" });
  const refused = await Promise.all([
    carol.post(`${issue}/comments`, { body: "But" }),
    carol.post(`${at}/comments`, line),
    carol.post(`${at}/comments/${thread.id}/replies`, { body: "But" }),
    carol.patch(`/repos/${demo}/pulls/comments/${thread.id}`, { body: "But" }),
    carol.delete(`/repos/${demo}/pulls/comments/${thread.id}`),
    carol.post(`${at}/reviews`, { event: "APPROVE" }),
    carol.post(`${at}/reviews/${pending.id}/events`, { event: "COMMENT" }),
  ]);
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
  expect((await alice.post(`${issue}/comments`, { body: "Enough." })).status).toBe(201);
  expect((await alice.delete(`${issue}/lock`)).status).toBe(204);
  expect((await carol.post(`${issue}/comments`, { body: "Sorry." })).status).toBe(201);
  const events = (await alice.get(`${issue}/events`)).body;
  expect(events.map((one: { event: string; lock_reason?: string }) => [one.event, one.lock_reason])).toEqual([
    ["locked", "too heated"],
    ["unlocked", undefined],
  ]);
});
