import { describe } from "vitest";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;
const issues = `/repos/${demo}/issues`;

const lines = (...some: string[]) => some.map((line) => `${line}\n`).join("");

describe("comments on pull requests", () => {
  test("a comment on a line keeps its line while the branch goes on, and is outdated when the line is gone", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "poem", "poem.txt", lines("one", "two", "three", "four"), "main");
    const { number } = await open(bob, demo, "poem");
    const made = await alice.post(`${pulls}/${number}/comments`, {
      path: "poem.txt",
      line: 3,
      start_line: 2,
      body: "Rhymes **badly**",
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      line: 3,
      start_line: 2,
      original_line: 3,
      position: 3,
      side: "RIGHT",
      diff_hunk: "@@ -0,0 +1,4 @@\n+one\n+two\n+three",
    });
    const now = async () => (await alice.get(`${pulls}/comments/${made.body.id}`)).body;
    const moved = await write(bob, demo, "poem", "poem.txt", lines("zero", "one", "two", "three", "four"));
    await alice.get(`${pulls}/${number}`);
    expect(await now()).toMatchObject({ line: 4, start_line: 3, original_line: 3, commit_id: moved });
    await write(bob, demo, "poem", "poem.txt", lines("zero", "one", "two", "THREE", "four"));
    await alice.get(`${pulls}/${number}`);
    // A range stands on what is left of it.
    expect(await now()).toMatchObject({ line: 3, start_line: null, original_line: 3 });
    await write(bob, demo, "poem", "poem.txt", lines("zero", "one", "TWO", "THREE", "four"));
    await alice.get(`${pulls}/${number}`);
    const outdated = await now();
    expect(outdated).toMatchObject({ start_line: null, original_line: 3, original_position: 3 });
    expect(outdated).not.toHaveProperty("line");
    expect(outdated).not.toHaveProperty("position");
    const page = (await bob.get(`/_web/repos/${demo}/pulls/${number}`)).body;
    const [entry] = page.timeline.items.filter((one: { event: string }) => one.event === "line-commented");
    expect(entry.thread).toMatchObject({ outdated: true, line: null });
    expect(entry.thread.comments[0].body_html).toContain("<strong>badly</strong>");
  });

  test("only what is there can be spoken of", async ({ alice, bob }) => {
    const { number, head } = await open(bob, demo, "feature");
    const refused = async (body: object) => {
      const answer = await alice.post(`${pulls}/${number}/comments`, { body: "x", ...body });
      expect(answer.status).toBe(422);
      return answer.body.errors?.[0]?.field;
    };
    expect(await refused({ path: "nowhere.md", line: 1 })).toBe("path");
    expect(await refused({ path: "src", subject_type: "file" })).toBe("path");
    expect(await refused({ path: "../README.md", line: 1 })).toBe("path");
    expect(await refused({ path: "README.md", line: 10_000 })).toBe("line");
    expect(await refused({ path: "src/part.js", line: 99 })).toBe("line");
    expect(await refused({ path: "src/part.js", line: 1, side: "LEFT" })).toBe("line");
    expect(await refused({ path: "src/part.js" })).toBe("line");
    expect(await refused({ path: "src/part.js", position: 99 })).toBe("position");
    expect(await refused({ path: "README.md", position: 1 })).toBe("position");
    expect(await refused({ path: "src/greet.js", line: 1, start_line: 2 })).toBe("start_line");
    expect(await refused({ path: "src/part.js", line: 1, commit_id: "0".repeat(40) })).toBe("commit_id");
    expect(await refused({ path: "src/part.js", line: 1, body: " " })).toBe("body");
    const left = await alice.post(`${pulls}/${number}/comments`, {
      path: "src/greet.js",
      line: 2,
      side: "LEFT",
      commit_id: head.sha,
      body: "Why?",
    });
    expect(left.body).toMatchObject({ side: "LEFT", line: 2, position: 2 });
    const byPosition = await alice.post(`${pulls}/${number}/comments`, {
      path: "src/greet.js",
      position: 3,
      commit_id: head.sha,
      body: "Here",
    });
    expect(byPosition.body).toMatchObject({ side: "RIGHT", line: 2, position: 3 });
  });

  test("any line of any file can be spoken of, and the file as a whole, and each goes where its line goes", async ({
    alice,
    bob,
    world,
  }) => {
    const long = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
    await write(alice, demo, "main", "long.txt", lines(...long));
    await write(bob, demo, "edit", "long.txt", lines("zero", ...long), "main");
    const { number, head } = await open(bob, demo, "edit");
    const say = (body: object) => alice.post(`${pulls}/${number}/comments`, { body: "x", ...body });
    const inside = await say({ path: "long.txt", line: 21, start_line: 20 });
    expect(inside.body).toMatchObject({
      line: 21,
      start_line: 20,
      original_line: 21,
      subject_type: "line",
      commit_id: head.sha,
      diff_hunk: "@@ -17,4 +18,4 @@\n line 17\n line 18\n line 19\n line 20",
    });
    expect(inside.body).not.toHaveProperty("position");
    const before = await say({ path: "long.txt", line: 20, side: "LEFT" });
    expect(before.body.diff_hunk).toMatch(/^@@ -17,4 \+18,4 @@\n line 17\n/);
    const elsewhere = await say({ path: "README.md", line: 1 });
    expect(elsewhere.status).toBe(201);
    const whole = await say({ path: "README.md", subject_type: "file" });
    expect(whole.body).toMatchObject({ subject_type: "file", diff_hunk: "" });
    expect(whole.body).not.toHaveProperty("line");
    expect(whole.body).not.toHaveProperty("original_line");
    const answer = await bob.post(`${pulls}/${number}/comments/${whole.body.id}/replies`, { body: "Yes" });
    expect(answer.body).toMatchObject({ subject_type: "file", in_reply_to_id: whole.body.id });
    await write(bob, demo, "edit", "long.txt", lines("zero", "and", ...long));
    await alice.get(`${pulls}/${number}`);
    const page = (await bob.get(`/_web/repos/${demo}/pulls/${number}/files`)).body;
    expect(
      page.threads.map(({ path, line, shown, outdated }: Record<string, unknown>) => ({
        path,
        line,
        shown,
        outdated,
      })),
    ).toEqual([
      { path: "long.txt", line: 22, shown: false, outdated: false },
      { path: "long.txt", line: 20, shown: false, outdated: false },
      { path: "README.md", line: 1, shown: false, outdated: false },
      { path: "README.md", line: null, shown: false, outdated: false },
    ]);
    await write(bob, demo, "edit", "long.txt", lines("zero", "and", ...long.slice(0, 18), "other"));
    await alice.get(`${pulls}/${number}`);
    expect((await alice.get(`${pulls}/comments/${inside.body.id}`)).body).not.toHaveProperty("line");
    expect((await world.anonymous.get(`${pulls}/comments/${whole.body.id}`)).status).toBe(200);
    const review = await alice.post(`${pulls}/${number}/reviews`, {
      event: "COMMENT",
      comments: [
        { path: "README.md", subject_type: "file", body: "all of it" },
        { path: "long.txt", line: 15, body: "here" },
      ],
    });
    expect((await bob.get(`${pulls}/${number}/reviews/${review.body.id}/comments`)).body).toMatchObject([
      { subject_type: "file", position: null },
      { line: 15, position: null },
    ]);
  });

  test("a thread is answered, settled and survives the loss of its first comment", async ({
    alice,
    bob,
    carol,
    mallory,
  }) => {
    const { number } = await open(bob, demo, "feature");
    const root = await carol.post(`${pulls}/${number}/comments`, {
      path: "src/part.js",
      line: 1,
      body: "Goodbye?",
    });
    const answer = await bob.post(`${pulls}/${number}/comments/${root.body.id}/replies`, { body: "Yes." });
    expect(answer.body).toMatchObject({ in_reply_to_id: root.body.id, line: 1, path: "src/part.js" });
    const nested = { in_reply_to: answer.body.id, body: "x" };
    expect((await carol.post(`${pulls}/${number}/comments`, nested)).status).toBe(422);
    expect((await mallory.put(`${pulls}/comments/${root.body.id}/resolution`)).status).toBe(403);
    const settled = await bob.put(`${pulls}/comments/${answer.body.id}/resolution`);
    expect(settled.body).toMatchObject({
      id: root.body.id,
      is_resolved: true,
      resolved_by: { login: "bob" },
    });
    expect((await carol.delete(`${pulls}/comments/${root.body.id}/resolution`)).body.is_resolved).toBe(false);
    expect((await bob.patch(`${pulls}/comments/${root.body.id}`, { body: "mine" })).status).toBe(403);
    expect((await mallory.delete(`${pulls}/comments/${root.body.id}`)).status).toBe(403);
    expect((await alice.delete(`${pulls}/comments/${root.body.id}`)).status).toBe(204);
    const left = (await alice.get(`${pulls}/comments/${answer.body.id}`)).body;
    expect(left.in_reply_to_id).toBeUndefined();
    expect((await alice.get(`${pulls}/${number}`)).body.review_comments).toBe(1);
  });

  test("the paths of issues serve pull requests: text, labels, assignee, milestone, lock, comments", async ({
    alice,
    bob,
    carol,
  }) => {
    const { number } = await open(bob, demo, "feature");
    const issue = await alice.post(issues, { title: "An issue" });
    await alice.post(`/repos/${demo}/milestones`, { title: "Soon" });
    const changed = await alice.patch(`${issues}/${number}`, {
      title: "Through the other door",
      labels: ["bug"],
      assignees: ["bob"],
      milestone: 1,
    });
    expect(changed.body).toMatchObject({
      title: "Through the other door",
      pull_request: { merged_at: null },
      labels: [{ name: "bug" }],
      assignee: { login: "bob" },
      milestone: { title: "Soon", open_issues: 1 },
    });
    await Promise.all(
      ["question", "duplicate", "wontfix"].map((label) =>
        alice.post(`${issues}/${number}/labels`, { labels: [label] }),
      ),
    );
    expect((await alice.get(`${issues}/${number}/labels`)).body).toHaveLength(4);
    await alice.delete(`${issues}/${number}/labels/bug`);
    expect((await alice.get(`${pulls}/${number}`)).body.labels).toHaveLength(3);
    expect((await carol.post(`${issues}/${number}/labels`, { labels: ["bug"] })).status).toBe(403);

    const said = await carol.post(`${issues}/${number}/comments`, { body: "Nice" });
    const onIssue = await carol.post(`${issues}/${issue.body.number}/comments`, { body: "Also nice" });
    expect(said.body.id).not.toBe(onIssue.body.id);
    expect((await bob.get(`${issues}/comments/${said.body.id}`)).body.body).toBe("Nice");
    expect((await bob.get(`${issues}/comments/${onIssue.body.id}`)).body.body).toBe("Also nice");
    expect((await bob.patch(`${issues}/comments/${said.body.id}`, { body: "Mine" })).status).toBe(403);
    expect((await alice.get(`${pulls}/${number}`)).body.comments).toBe(1);

    await alice.put(`${issues}/${number}/lock`, { lock_reason: "too heated" });
    expect((await carol.post(`${issues}/${number}/comments`, { body: "But" })).status).toBe(403);
    expect((await bob.post(`${issues}/${number}/comments`, { body: "Hush" })).status).toBe(201);
    expect((await alice.get(`${pulls}/${number}`)).body).toMatchObject({
      locked: true,
      active_lock_reason: "too heated",
    });
    const timeline = (await alice.get(`${issues}/${number}/timeline?per_page=100`)).body;
    expect(timeline.map((one: { event: string }) => one.event).toSorted()).toEqual(
      [
        "committed",
        "committed",
        "renamed",
        "labeled",
        "assigned",
        "milestoned",
        "labeled",
        "labeled",
        "labeled",
        "unlabeled",
        "commented",
        "locked",
        "commented",
      ].toSorted(),
    );
    expect((await alice.get(`${issues}/${number}/events`)).status).toBe(200);
    expect((await alice.get(`${pulls}/${issue.body.number}`)).status).toBe(404);
  });
});
