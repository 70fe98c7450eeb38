import { describe } from "vitest";
import { expect, test } from "../../../../tools/testing/world.ts";
import { open, tip, write } from "../test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;

const lines = (...some: string[]) => some.map((line) => `${line}\n`).join("");
const suggest = (...some: string[]) => `Better:\n\`\`\`suggestion\n${lines(...some)}\`\`\``;

describe("suggestions", () => {
  test("are offered to nobody where the repository is archived", async ({ alice, bob }) => {
    await write(bob, demo, "poem", "poem.txt", lines("one", "two"), "main");
    const { number } = await open(bob, demo, "poem");
    await alice.post(`${pulls}/${number}/comments`, { path: "poem.txt", line: 1, body: suggest("1") });
    const offered = async () => {
      const { body } = await bob.get(`/_web/repos/${demo}/pulls/${number}/files`);
      return body.threads[0].comments[0].can.apply;
    };
    expect(await offered()).toBe(true);
    await alice.patch(`/repos/${demo}`, { archived: true });
    expect(await offered()).toBe("This repository is archived and read-only");
  });

  test("a batch of suggestions becomes one commit that credits who made them", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    await write(bob, demo, "poem", "poem.txt", "one\r\ntwo\r\nthree\r\nfour\r\nfive", "main");
    await write(bob, demo, "poem", "other.txt", lines("a", "b"));
    const { number } = await open(bob, demo, "poem");
    const say = async (who: typeof alice, place: object, body: string) =>
      (await who.post(`${pulls}/${number}/comments`, { path: "poem.txt", body, ...place })).body.id;
    const first = await say(carol, { line: 3, start_line: 2 }, suggest("2 and 3"));
    const second = await say(alice, { line: 5 }, suggest("five", "six"));
    const third = await say(carol, { path: "other.txt", line: 1 }, "Away\n```suggestion\n```");
    const head = await tip(bob, demo, "poem");
    const applied = await bob.post(`${pulls}/${number}/suggestions`, {
      comment_ids: [first, second, third],
      expected_head_sha: head,
    });
    expect(applied.status, JSON.stringify(applied.body)).toBe(201);
    const commit = (await bob.get(`/repos/${demo}/commits/${applied.body.sha}`)).body;
    expect(commit.parents.map((one: { sha: string }) => one.sha)).toEqual([head]);
    expect(commit.commit.message).toMatch(
      /^Apply suggestions from review\n\nCo-authored-by: \S.*\nCo-authored-by: /,
    );
    expect(commit.commit.message).not.toContain("+bob@");
    const text = async (path: string) =>
      Buffer.from(
        (await bob.get(`/repos/${demo}/contents/${path}?ref=poem`)).body.content,
        "base64",
      ).toString();
    expect(await text("poem.txt")).toBe("one\r\n2 and 3\r\nfour\r\nfive\r\nsix");
    expect(await text("other.txt")).toBe("b\n");
    const after = (await bob.get(`${pulls}/comments/${first}`)).body;
    expect(after).toMatchObject({
      is_resolved: true,
      resolved_by: { login: "bob" },
      suggestion: { applied: true, commit_id: applied.body.sha },
    });
    expect((await alice.get(`${pulls}/${number}`)).body.head.sha).toBe(applied.body.sha);
    expect(await world.events({ type: "pull-request.suggestions-applied" })).toHaveLength(1);
    const again = await bob.post(`${pulls}/${number}/suggestions`, { comment_ids: [first] });
    expect(again.status).toBe(422);
  });

  test("a suggestion whose lines were changed is refused, also when only a line between was", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "poem", "poem.txt", lines("one", "two", "three", "four"), "main");
    const { number } = await open(bob, demo, "poem");
    const ask = { path: "poem.txt", line: 3, start_line: 1, body: suggest("all") };
    const { id } = (await alice.post(`${pulls}/${number}/comments`, ask)).body;
    const { id: moved } = (
      await alice.post(`${pulls}/${number}/comments`, { path: "poem.txt", line: 4, body: suggest("4") })
    ).body;
    await write(bob, demo, "poem", "poem.txt", lines("zero", "one", "TWO", "three", "four"));
    const refused = await bob.post(`${pulls}/${number}/suggestions`, { comment_ids: [id, moved] });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toContain("changed since");
    const page = (await bob.get(`/_web/repos/${demo}/pulls/${number}/files`)).body;
    expect(
      page.threads.map((one: { comments: { can: { apply: unknown } }[] }) => one.comments[0]?.can.apply),
    ).toEqual([expect.stringContaining("changed since"), true]);
    expect((await bob.post(`${pulls}/${number}/suggestions`, { comment_ids: [moved] })).status).toBe(201);
    const file = await bob.get(`/repos/${demo}/contents/poem.txt?ref=poem`);
    expect(Buffer.from(file.body.content, "base64").toString()).toBe(
      lines("zero", "one", "TWO", "three", "4"),
    );
  });

  test("suggestions about the same line, twice the head, strangers and foreign comments apply nothing", async ({
    alice,
    bob,
    carol,
    mallory,
    world,
  }) => {
    await write(bob, demo, "poem", "poem.txt", lines("one", "two"), "main");
    const { number } = await open(bob, demo, "poem");
    const { number: other } = await open(bob, demo, "feature");
    const head = await tip(bob, demo, "poem");
    const make = async (on: number, body: object) =>
      (await carol.post(`${pulls}/${on}/comments`, { path: "poem.txt", line: 1, ...body })).body.id;
    const one = await make(number, { body: suggest("1") });
    const two = await make(number, { line: 2, start_line: 1, body: suggest("1", "2") });
    const none = await make(number, { body: "no suggestion" });
    const foreign = await make(other, { path: "src/part.js", body: suggest("x") });
    const apply = (who: typeof alice, comment_ids: number[], more = {}) =>
      who.post(`${pulls}/${number}/suggestions`, { comment_ids, ...more });
    expect((await apply(bob, [one, two])).status).toBe(422);
    expect((await apply(bob, [none])).status).toBe(422);
    expect((await apply(bob, [one, foreign])).status).toBe(404);
    expect((await apply(bob, [one], { expected_head_sha: "0".repeat(40) })).status).toBe(409);
    expect((await apply(carol, [one])).status).toBe(403);
    expect((await apply(mallory, [one])).status).toBe(403);
    expect((await apply(world.anonymous, [one])).status).toBe(401);
    expect(await tip(bob, demo, "poem")).toBe(head);
    const draft = await alice.post(`${pulls}/${number}/reviews`, {
      comments: [{ path: "poem.txt", line: 2, body: suggest("2") }],
    });
    const [pending] = (await alice.get(`${pulls}/${number}/reviews/${draft.body.id}/comments`)).body;
    expect((await apply(bob, [pending.id])).status).toBe(404);
  });

  test("of two who apply suggestions at the same moment one succeeds and the branch holds one commit more", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "poem", "poem.txt", lines("one", "two"), "main");
    const { number } = await open(bob, demo, "poem");
    const head = await tip(bob, demo, "poem");
    const make = async (line: number) =>
      (await alice.post(`${pulls}/${number}/comments`, { path: "poem.txt", line, body: suggest(`${line}`) }))
        .body.id;
    const ids = [await make(1), await make(2)];
    const answers = await Promise.all(
      [alice, bob].map((who, index) =>
        who.post(`${pulls}/${number}/suggestions`, { comment_ids: [ids[index]], expected_head_sha: head }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    const won = answers.find(({ status }) => status === 201);
    expect(await tip(bob, demo, "poem")).toBe(won?.body.sha);
  });
});
