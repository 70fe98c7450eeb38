import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;

describe("pull requests", () => {
  test("a branch becomes a pull request that says what it brings", async ({ bob, anonymous }) => {
    const { status, headers, body } = await bob.post(pulls, {
      title: "Say goodbye",
      body: "Also in two languages.",
      head: "feature",
      base: "main",
    });
    expect(status).toBe(201);
    expect(headers.get("location")).toBe(body.url);
    expect(body).toMatchObject({
      number: 1,
      state: "open",
      user: { login: "bob" },
      head: { ref: "feature", label: "alice:feature", repo: { full_name: demo } },
      base: { ref: "main", label: "alice:main" },
      commits: 2,
      changed_files: 2,
      mergeable: true,
      mergeable_state: "clean",
      merged: false,
    });
    const seen = await anonymous.get(`${pulls}/1`);
    expect(seen.body).toMatchObject({ id: body.id, title: "Say goodbye", mergeable_state: "clean" });
    const files = await anonymous.get(`${pulls}/1/files`);
    expect(files.body.map((file: { filename: string }) => file.filename)).toEqual([
      "src/greet.js",
      "src/part.js",
    ]);
    const commits = await anonymous.get(`${pulls}/1/commits?per_page=1`);
    expect(commits.body[0].commit.message).toBe("Part with a goodbye");
    expect((await anonymous.get(`${pulls}/1/commits?per_page=1&page=2`)).body[0].commit.message).toBe(
      "Greet in two languages",
    );
    const diff = await anonymous.get(`${pulls}/1`, { accept: "application/vnd.github.diff" });
    expect(diff.body).toContain("diff --git a/src/part.js b/src/part.js");
    const patch = await anonymous.get(`${pulls}/1`, { accept: "application/vnd.github.v3.patch" });
    expect(patch.body).toContain("Subject: [PATCH 1/2] Part with a goodbye");
    expect((await anonymous.get(pulls)).body.map((one: { number: number }) => one.number)).toEqual([1]);
    expect((await anonymous.get(`${pulls}?head=alice:feature&base=main`)).body).toHaveLength(1);
    expect((await anonymous.get(`${pulls}?head=bob:feature`)).body).toEqual([]);
    expect((await anonymous.get(`/repos/${demo}`)).body.open_issues_count).toBe(1);
  });

  test("who may triage opens it with labels, assignee and milestone; of others these are not heard", async ({
    alice,
    carol,
  }) => {
    await alice.post(`/repos/${demo}/labels`, { name: "moonlit", color: "1d76db" });
    const { body: milestone } = await alice.post(`/repos/${demo}/milestones`, { title: "Some day" });
    const given = { labels: ["moonlit"], assignees: ["bob"], milestone: milestone.number };
    const pull = { title: "Say goodbye", head: "feature", base: "main", ...given };
    const opened = await alice.post(pulls, pull);
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      labels: [{ name: "moonlit" }],
      assignee: { login: "bob" },
      milestone: { number: milestone.number, open_issues: 1 },
    });
    const unknown = await alice.post(pulls, { ...pull, labels: ["nothing like it"] });
    expect(unknown.status).toBe(422);
    await carol.post(`/repos/${demo}/forks`, {});
    await write(carol, "carol/demo", "later", "later.txt", "later\n", "main");
    const hers = await carol.post(pulls, { ...pull, head: "carol:later" });
    expect(hers.body).toMatchObject({ labels: [], assignee: null, milestone: null });
  });

  test("what cannot be opened is refused with the reason", async ({ alice, carol, anonymous }) => {
    const refused = async (body: object) => {
      const answer = await alice.post(pulls, { title: "x", head: "feature", base: "main", ...body });
      expect(answer.status).toBe(422);
      return answer.body.errors?.[0]?.field ?? answer.body.message;
    };
    expect(await refused({ head: "nowhere" })).toBe("head");
    expect(await refused({ base: "nowhere" })).toBe("base");
    expect(await refused({ head: "mallory:main" })).toBe("head");
    expect(await refused({ head: "main" })).toBe("head");
    expect(await refused({ head: "main", base: "feature" })).toMatch(/No commits between/);
    expect(await refused({ title: " " })).toBe("title");
    await open(alice, demo, "feature");
    expect(await refused({})).toBe("head");
    expect((await carol.post(pulls, { title: "x", head: "feature", base: "main" })).status).toBe(403);
    expect((await anonymous.post(pulls, { title: "x", head: "feature", base: "main" })).status).toBe(401);
  });

  test("merging moves the base, marks the pull request and leaves its numbers right", async ({
    alice,
    bob,
    world,
  }) => {
    const { number, head } = await open(bob, demo, "feature");
    const before = await tip(alice, demo, "main");
    const { status, body } = await bob.put(`${pulls}/${number}/merge`, { sha: head.sha });
    expect(status).toBe(200);
    expect(body.sha).toBe(await tip(alice, demo, "main"));
    const commit = (await alice.get(`/repos/${demo}/commits/${body.sha}`)).body;
    expect(commit.commit.message).toBe(`Merge pull request #${number} from alice/feature\n\nFrom feature`);
    expect(commit.author.login).toBe("bob");
    expect(commit.parents.map((one: { sha: string }) => one.sha)).toEqual([before, head.sha]);
    const after = (await alice.get(`${pulls}/${number}`)).body;
    expect(after).toMatchObject({
      state: "closed",
      merged: true,
      merge_commit_sha: body.sha,
      merged_by: { login: "bob" },
      commits: 2,
      changed_files: 2,
      mergeable: null,
    });
    expect((await alice.get(`${pulls}/${number}/merge`)).status).toBe(204);
    expect((await alice.put(`${pulls}/${number}/merge`)).status).toBe(405);
    expect((await alice.patch(`${pulls}/${number}`, { state: "open" })).status).toBe(422);
    expect((await alice.get(`/repos/${demo}`)).body.open_issues_count).toBe(0);
    await world.settle();
    expect((await alice.get(`${pulls}/${number}`)).body.merged_by.login).toBe("bob");
    const merged = (await world.events({ type: "pull-request.merged" })).map((event) => event.actorLogin);
    expect(merged).toEqual(["bob"]);
  });

  test("a squash is one commit by the author, a rebase is the same commits on the base", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "one", "one.txt", "1\n", "main");
    await write(bob, demo, "one", "two.txt", "2\n");
    await write(alice, demo, "other", "other.txt", "o\n", "main");
    await write(alice, demo, "main", "main.txt", "m\n");
    const base = await tip(alice, demo, "main");
    const squashed = await open(bob, demo, "one");
    const squash = await alice.put(`${pulls}/${squashed.number}/merge`, {
      merge_method: "squash",
      commit_title: "One and two",
      commit_message: "Together.",
    });
    expect(squash.status).toBe(200);
    const commit = (await alice.get(`/repos/${demo}/commits/${squash.body.sha}`)).body;
    expect(commit).toMatchObject({
      commit: { message: "One and two\n\nTogether." },
      author: { login: "bob" },
      parents: [{ sha: base }],
    });
    const rebased = await open(alice, demo, "other");
    const rebase = await alice.put(`${pulls}/${rebased.number}/merge`, { merge_method: "rebase" });
    const moved = (await alice.get(`/repos/${demo}/commits/${rebase.body.sha}`)).body;
    expect(moved).toMatchObject({
      commit: { message: "Write other.txt" },
      author: { login: "alice" },
      parents: [{ sha: squash.body.sha }],
    });
    expect((await alice.get(`/repos/${demo}/contents/one.txt`)).status).toBe(200);
    expect((await alice.get(`/repos/${demo}/contents/main.txt`)).status).toBe(200);
  });

  test("of ten merges at once one wins and the others are told", async ({ alice, bob }) => {
    const { number } = await open(bob, demo, "feature");
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? alice : bob).put(`${pulls}/${number}/merge`, {
          merge_method: index % 3 ? "merge" : "squash",
        }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.every((status) => [200, 405, 409].includes(status))).toBe(true);
    const winner = answers.find((answer) => answer.status === 200);
    expect(await tip(alice, demo, "main")).toBe(winner?.body.sha);
    const merged = (await alice.get(`${pulls}/${number}`)).body;
    expect(merged.merge_commit_sha).toBe(winner?.body.sha);
    expect(merged.merged_by).not.toBeNull();
    expect((await alice.get(`/repos/${demo}`)).body.open_issues_count).toBe(0);
  });

  test("a head that moved since it was reviewed is not merged", async ({ bob, world }) => {
    const { number, head } = await open(bob, demo, "feature");
    const moved = await write(bob, demo, "feature", "late.txt", "late\n");
    expect((await bob.put(`${pulls}/${number}/merge`, { sha: head.sha })).status).toBe(409);
    expect((await bob.get(`${pulls}/${number}`)).body).toMatchObject({ head: { sha: moved }, commits: 3 });
    await world.settle();
    const told = await world.events({ type: "pull-request.synchronized" });
    expect(told).toHaveLength(1);
    expect(told[0]?.payload).toMatchObject({ before: head.sha, after: moved, forced: false });
    expect((await bob.put(`${pulls}/${number}/merge`, { sha: moved })).status).toBe(200);
  });

  test("a conflict is said, and refuses the merge", async ({ alice, bob }) => {
    const { number } = await open(bob, demo, "feature");
    await write(alice, demo, "main", "src/greet.js", "export const greet = () => 'no';\n");
    expect((await bob.get(`${pulls}/${number}`)).body).toMatchObject({
      mergeable: false,
      mergeable_state: "dirty",
    });
    const refused = await bob.put(`${pulls}/${number}/merge`);
    expect(refused.status).toBe(405);
    expect(refused.body.message).toMatch(/conflict/);
  });

  test("a draft and a closed pull request are not merged", async ({ alice, bob }) => {
    const { number } = await open(bob, demo, "feature", "main", { draft: true });
    expect((await alice.get(`${pulls}/${number}`)).body.mergeable_state).toBe("draft");
    expect((await alice.put(`${pulls}/${number}/merge`)).status).toBe(405);
    await bob.patch(`${pulls}/${number}`, { draft: false, state: "closed" });
    expect((await alice.put(`${pulls}/${number}/merge`)).status).toBe(405);
    expect((await alice.get(`${pulls}/${number}`)).body.closed_at).not.toBeNull();
    await bob.patch(`${pulls}/${number}`, { state: "open" });
    expect((await alice.put(`${pulls}/${number}/merge`)).status).toBe(200);
  });

  test("a fork's branch becomes a pull request of the original, and its head can be fetched from there", async ({
    alice,
    carol,
    world,
  }) => {
    expect((await carol.post(`/repos/${demo}/forks`, {})).status).toBe(202);
    const sha = await write(carol, "carol/demo", "idea", "idea.txt", "an idea\n", "main");
    const pull = await open(carol, demo, "carol:idea");
    expect(pull.head).toMatchObject({ label: "carol:idea", sha, repo: { full_name: "carol/demo" } });
    expect((await alice.get(`/repos/${demo}/git/commits/${sha}`)).status).toBe(200);
    expect((await carol.put(`${pulls}/${pull.number}/merge`)).status).toBe(403);
    const later = await write(carol, "carol/demo", "idea", "more.txt", "more\n");
    await world.settle();
    const now = (await alice.get(`${pulls}/${pull.number}`)).body;
    expect(now).toMatchObject({ head: { sha: later }, commits: 2, mergeable: true });
    expect((await alice.put(`${pulls}/${pull.number}/merge`, { sha: later })).status).toBe(200);
    expect((await alice.get(`/repos/${demo}/contents/more.txt`)).status).toBe(200);
  });

  test("pushing the head into the base marks the pull request merged by who pushed", async ({
    alice,
    bob,
    world,
  }) => {
    const { number, head } = await open(bob, demo, "feature");
    const pushed = await alice.patch(`/repos/${demo}/git/refs/heads/main`, { sha: head.sha });
    expect(pushed.status).toBe(200);
    await world.settle();
    expect((await bob.get(`${pulls}/${number}`)).body).toMatchObject({
      merged: true,
      merge_commit_sha: head.sha,
      merged_by: { login: "alice" },
      commits: 2,
    });
  });

  test("deleting the branch, or resetting it to the base, closes the pull request", async ({
    alice,
    bob,
    world,
  }) => {
    const first = await open(bob, demo, "feature");
    await bob.delete(`/repos/${demo}/git/refs/heads/feature`);
    await world.settle();
    const closed = (await alice.get(`${pulls}/${first.number}`)).body;
    expect(closed).toMatchObject({ state: "closed", merged: false, commits: 2 });
    expect((await bob.patch(`${pulls}/${first.number}`, { state: "open" })).status).toBe(422);
    await write(bob, demo, "again", "again.txt", "a\n", "main");
    const second = await open(bob, demo, "again");
    await bob.patch(`/repos/${demo}/git/refs/heads/again`, {
      sha: await tip(alice, demo, "main"),
      force: true,
    });
    await world.settle();
    expect((await alice.get(`${pulls}/${second.number}`)).body).toMatchObject({
      state: "closed",
      merged: false,
    });
  });

  test("updating the branch merges the base into it", async ({ alice, bob, carol }) => {
    const { number, head } = await open(bob, demo, "feature");
    expect((await bob.put(`${pulls}/${number}/update-branch`)).status).toBe(422);
    const base = await write(alice, demo, "main", "new.txt", "new\n");
    expect((await carol.put(`${pulls}/${number}/update-branch`)).status).toBe(403);
    expect((await bob.put(`${pulls}/${number}/update-branch`, { expected_head_sha: base })).status).toBe(422);
    expect((await bob.put(`${pulls}/${number}/update-branch`)).status).toBe(202);
    const now = (await bob.get(`${pulls}/${number}`)).body;
    const commit = (await bob.get(`/repos/${demo}/commits/${now.head.sha}`)).body;
    expect(commit.parents.map((one: { sha: string }) => one.sha)).toEqual([head.sha, base]);
    expect(now).toMatchObject({ changed_files: 2, mergeable_state: "clean" });
  });

  test("authors change their own, writers any, and nobody else", async ({ alice, bob, carol, mallory }) => {
    const { number } = await open(bob, demo, "feature");
    expect((await carol.patch(`${pulls}/${number}`, { title: "mine" })).status).toBe(403);
    expect((await mallory.patch(`${pulls}/${number}`, { state: "closed" })).status).toBe(403);
    expect((await mallory.put(`${pulls}/${number}/merge`)).status).toBe(403);
    const changed = await alice.patch(`${pulls}/${number}`, { title: "Better", body: "Why" });
    expect(changed.body).toMatchObject({ title: "Better", body: "Why" });
    const same = await alice.patch(`${pulls}/${number}`, { title: "Better" });
    expect(same.body.updated_at).toBe(changed.body.updated_at);
    expect((await mallory.get("/repos/alice/secret/pulls")).status).toBe(404);
    expect((await mallory.get("/repos/alice/secret/pulls/1")).status).toBe(404);
  });

  test("changing the base shows and merges against the new one", async ({ alice, bob }) => {
    await write(alice, demo, "next", "next.txt", "n\n", "main");
    const { number } = await open(bob, demo, "feature");
    expect((await bob.patch(`${pulls}/${number}`, { base: "nowhere" })).status).toBe(422);
    const changed = await bob.patch(`${pulls}/${number}`, { base: "next" });
    expect(changed.body).toMatchObject({ base: { ref: "next" }, commits: 2 });
    await bob.put(`${pulls}/${number}/merge`, {});
    expect((await alice.get(`/repos/${demo}/contents/src/part.js?ref=next`)).status).toBe(200);
    expect((await alice.get(`/repos/${demo}/contents/src/part.js?ref=main`)).status).toBe(404);
  });
});
