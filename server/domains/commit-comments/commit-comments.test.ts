import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";
import { tip, write } from "../pull-requests/test-branches.ts";

const repo = "/repos/alice/demo";

describe("comments on commits", () => {
  test("a reader comments on a commit, on a file and on a line, and finds it all again", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    const sha = await write(bob, "alice/demo", "poem", "poem.txt", "one\ntwo\n", "main");
    const comments = `${repo}/commits/${sha}/comments`;
    const whole = await carol.post(comments, { body: "All of it **fine**" });
    expect(whole.status).toBe(201);
    expect(whole.body).toMatchObject({ path: null, line: null, position: null, commit_id: sha });
    const line = await carol.post(comments, { body: "Here", path: "poem.txt", line: 2 });
    expect(line.body).toMatchObject({ path: "poem.txt", line: 2, position: 2 });
    const position = await carol.post(comments, { body: "There", path: "poem.txt", position: 1 });
    expect(position.body).toMatchObject({ path: "poem.txt", line: 1, position: 1 });
    const unchanged = await carol.post(comments, { body: "Too", path: "README.md", line: 1 });
    expect(unchanged.body).toMatchObject({ path: "README.md", line: 1, position: null });
    for (const [field, place] of [
      ["path", { path: "nowhere" }],
      ["path", { line: 1 }],
      ["line", { path: "poem.txt", line: 3 }],
      ["position", { path: "poem.txt", position: 9 }],
      ["body", { body: " " }],
    ] as const) {
      const refused = await carol.post(comments, { body: "x", ...place });
      expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, field]);
    }
    expect((await world.anonymous.get(comments)).body).toHaveLength(4);
    expect((await world.anonymous.get(`${repo}/commits/${sha.slice(0, 9)}/comments`)).body).toHaveLength(4);
    expect((await world.anonymous.get(`${repo}/comments?per_page=3`)).body).toHaveLength(3);
    const page = (await alice.get(`/_web${repo}/commit-comments/${sha}`)).body;
    expect(page.comments[0]).toMatchObject({
      body_html: expect.stringContaining("<strong>fine</strong>"),
      can: { edit: expect.any(String), delete: true },
    });
    expect(await world.events({ type: "commit-comment.created" })).toHaveLength(4);
  });

  test("only its author changes a comment, its author and writers delete it, and whoever did takes that back", async ({
    alice,
    bob,
    carol,
    mallory,
    world,
  }) => {
    const sha = await tip(alice, "alice/demo", "main");
    const { id } = (await carol.post(`${repo}/commits/${sha}/comments`, { body: "first" })).body;
    const comment = `${repo}/comments/${id}`;
    expect((await world.anonymous.post(`${repo}/commits/${sha}/comments`, { body: "x" })).status).toBe(401);
    expect((await alice.patch(comment, { body: "mine" })).status).toBe(403);
    expect((await mallory.delete(comment)).status).toBe(403);
    expect((await carol.patch(comment, { body: "second" })).body.body).toBe("second");
    expect((await alice.get(`${comment}/edits`)).body).toMatchObject([{ before: "first" }]);
    expect((await alice.post(`${comment}/reactions`, { content: "eyes" })).status).toBe(201);
    expect((await bob.delete(comment)).status).toBe(204);
    expect((await carol.put(`${comment}/restoration`)).status).toBe(404);
    expect((await bob.put(`${comment}/restoration`)).body).toMatchObject({
      id,
      body: "second",
      user: { login: "carol" },
      reactions: { eyes: 1 },
    });
  });

  test("commits and comments of another repository lead nowhere", async ({ alice, bob, mallory }) => {
    const secret = "/repos/alice/secret";
    const sha = await tip(alice, "alice/secret", "main");
    const hidden = await alice.post(`${secret}/commits/${sha}/comments`, { body: "hidden" });
    expect((await mallory.get(`${secret}/commits/${sha}/comments`)).status).toBe(404);
    expect((await mallory.get(`${secret}/comments/${hidden.body.id}`)).status).toBe(404);
    for (const answer of [
      await bob.get(`${repo}/comments/${hidden.body.id}`),
      await bob.patch(`${repo}/comments/${hidden.body.id}`, { body: "mine" }),
      await bob.get(`${repo}/comments/${hidden.body.id}/reactions`),
      await bob.post(`${repo}/commits/${"0".repeat(40)}/comments`, { body: "x" }),
      await bob.get(`${repo}/commits/no-commit/comments`),
    ])
      expect(answer.status).toBe(404);
  });
});
