/** Commits in the timeline of a pull request, and what names it elsewhere. */
import { describe } from "vitest";
import type { Answer, Client } from "../../../../tools/testing/client.ts";
import { createWorld, expect, test } from "../../../../tools/testing/world.ts";
import { cloneOf } from "../revisions/test-clone.ts";
import { open, tip, write } from "../test-branches.ts";

const demo = "alice/demo";
const api = `/repos/${demo}`;

interface Entry {
  readonly event: string;
  readonly message?: string;
  readonly sha?: string;
}

const timeline = async (client: Client, number: number, query = "?per_page=100"): Promise<Entry[]> => {
  const { status, body } = await client.get(`${api}/issues/${number}/timeline${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

/** Each commit by the first line of its message, everything else by what happened. */
const story = (entries: readonly Entry[]) => entries.map((one) => one.message?.split("\n")[0] ?? one.event);

describe("commits in the timeline", () => {
  test("stand behind the push that brought them, and those that were rewritten away are gone", async () => {
    const world = await createWorld({ listen: true });
    const bob = await cloneOf(world, "bob", demo);
    const push = async () => {
      await bob.git("push", "-q", "--force", "origin", "topic");
      await world.settle();
    };
    try {
      await bob.git("checkout", "-q", "-b", "topic");
      await bob.commit("one.txt", "one\n", "One");
      await bob.commit("two.txt", "two\n", "Two");
      await push();
      const { number } = await open(world.as("bob"), demo, "topic");
      await world.as("carol").post(`${api}/issues/${number}/comments`, { body: "And three?" });
      await bob.commit("three.txt", "three\n", "Three");
      await bob.commit("four.txt", "four\n", "Four");
      await push();
      const carol = world.as("carol");
      const straight = ["One", "Two", "commented", "head_ref_pushed", "Three", "Four"];
      expect(story(await timeline(carol, number))).toEqual(straight);

      const paged: Entry[] = [];
      let next: string | undefined = `${api}/issues/${number}/timeline?per_page=2`;
      while (next !== undefined) {
        const answer: Answer = await carol.get(next);
        paged.push(...answer.body);
        next = /<[^>]*\/api\/v3([^>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
      }
      expect(story(paged)).toEqual(straight);

      const shas = (await carol.get(`${api}/pulls/${number}/commits`)).body.map(
        (one: { sha: string }) => one.sha,
      );
      const page = (await carol.get(`/_web${api}/pulls/${number}`)).body.timeline.items;
      expect(page.map((one: { event: string; commits?: string[] }) => one.commits ?? one.event)).toEqual([
        shas.slice(0, 2),
        "commented",
        "head_ref_pushed",
        shas.slice(2),
      ]);
      const [first] = await timeline(carol, number);
      expect(first).toMatchObject({
        event: "committed",
        sha: shas[0],
        message: "One",
        author: { email: expect.stringContaining("@") },
        html_url: expect.stringMatching(new RegExp(`/${demo}/commit/${shas[0]}$`)),
        tree: { sha: expect.stringMatching(/^[0-9a-f]{40}$/) },
        parents: [{ sha: expect.any(String) }],
        verification: { verified: false, reason: "unsigned" },
      });

      // "Two" stays where it came in; the two after it are replaced by one.
      await bob.git("reset", "-q", "--hard", shas[1]);
      await bob.commit("rest.txt", "rest\n", "Rest");
      await push();
      expect(story(await timeline(carol, number))).toEqual([
        "One",
        "Two",
        "commented",
        "head_ref_pushed",
        "head_ref_force_pushed",
        "Rest",
      ]);
      // Everything anew, from its first commit.
      await bob.git("reset", "-q", "--hard", "origin/main");
      await bob.commit("all.txt", "all\n", "All of it");
      await push();
      expect(story(await timeline(carol, number)).filter((one) => /^[A-Z]/.test(one))).toEqual(["All of it"]);
      expect((await timeline(carol, number)).at(-1)?.message).toBe("All of it");
      expect(story((await carol.get(`${api}/issues/${number}/events`)).body)).toEqual([
        "head_ref_pushed",
        "head_ref_force_pushed",
        "head_ref_force_pushed",
      ]);
    } finally {
      await bob.remove();
      await world.close();
    }
  });
});

describe("what names a pull request elsewhere", () => {
  test("leaves one line in its timeline, told to who may look where it stands", async ({
    world,
    alice,
    bob,
    anonymous,
  }) => {
    await write(bob, demo, "topic", "topic.txt", "x\n", "main");
    const { number } = await open(bob, demo, "topic");
    await bob.post(`${api}/issues`, { title: "Seen", body: `See #${number} and #${number}` });
    await world.settle();
    await alice.post("/repos/alice/secret/issues", { title: "Hidden", body: `${demo}#${number}` });
    await world.settle();
    await bob.post(`${api}/issues/${number + 1}/comments`, { body: `Still #${number}` });
    await bob.patch(`${api}/pulls/${number}`, { body: `It names itself: #${number}` });
    await world.settle();
    const naming = async (client: Client) =>
      (await timeline(client, number)).filter((one) => one.event === "cross-referenced");
    expect(await naming(bob)).toMatchObject([
      { actor: { login: "bob" }, source: { type: "issue", issue: { title: "Seen", number: number + 1 } } },
    ]);
    expect(await naming(anonymous)).toHaveLength(1);
    expect(await naming(alice)).toMatchObject([
      { source: { issue: { title: "Seen" } } },
      { source: { issue: { title: "Hidden", repository: { full_name: "alice/secret" } } } },
    ]);
    expect(JSON.stringify((await bob.get(`/_web${api}/pulls/${number}`)).body)).not.toContain("Hidden");
    expect((await alice.get(`${api}/issues/${number}/events`)).body).toEqual([]);
  });

  test("may be another pull request, or a commit; not the one that merged it", async ({ world, bob }) => {
    await write(bob, demo, "topic", "topic.txt", "x\n", "main");
    await write(bob, demo, "other", "other.txt", "x\n", "main");
    const first = await open(bob, demo, "topic");
    const second = await open(bob, demo, "other", "main", { body: `After #${first.number}` });
    await world.settle();
    const path = `${api}/contents/mention.txt`;
    const content = Buffer.from("x\n").toString("base64");
    const message = `Prepare for #${first.number}`;
    const made = (await bob.put(path, { message, content, branch: "other" })).body.commit.sha;
    await world.settle();
    expect(
      (await timeline(bob, first.number)).filter((one) => one.event.endsWith("referenced")),
    ).toMatchObject([
      { event: "cross-referenced", source: { issue: { number: second.number, pull_request: {} } } },
      {
        event: "referenced",
        commit_id: made,
        commit_url: expect.stringContaining(`${demo}/commits/${made}`),
      },
    ]);
    const merge = { merge_method: "squash", commit_title: `Topic (#${first.number})` };
    expect((await bob.put(`${api}/pulls/${first.number}/merge`, merge)).status).toBe(200);
    await world.settle();
    const merged = await tip(bob, demo, "main");
    const named = (await timeline(bob, first.number)).filter((one) => one.event === "referenced");
    expect(named.map((one) => (one as { commit_id?: string }).commit_id)).toEqual([made]);
    expect(named).not.toContainEqual(expect.objectContaining({ commit_id: merged }));
  });

  test("by who may not comment there leaves nothing", async ({ world, alice, mallory }) => {
    await write(alice, demo, "topic", "topic.txt", "x\n", "main");
    const { number } = await open(alice, demo, "topic");
    await alice.put(`${api}/issues/${number}/lock`);
    await mallory.post("/user/repos", { name: "own" });
    await mallory.post("/repos/mallory/own/issues", { title: "x", body: `${demo}#${number}` });
    await world.settle();
    expect(story(await timeline(alice, number)).filter((one) => one !== "Write topic.txt")).toEqual([
      "locked",
    ]);
  });
});
