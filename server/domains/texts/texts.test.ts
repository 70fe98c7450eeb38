import { sql } from "drizzle-orm";
import { describe } from "vitest";
import { systemContext } from "../../kernel/context.ts";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { deletedTexts, reactions } from "./schema.ts";
import { forgetDeleted } from "./undo/commands.ts";
import { open } from "../pull-requests/test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;

/** One text of each kind, written by bob, by the address under which it is reached. */
async function texts(bob: Client): Promise<{ doors: string[]; number: number }> {
  const issue = (await bob.post(`${repo}/issues`, { title: "An issue", body: "as it was" })).body;
  const said = (await bob.post(`${repo}/issues/${issue.number}/comments`, { body: "as it was" })).body;
  const pull = await open(bob, demo, "feature", "main", { body: "as it was" });
  const general = (await bob.post(`${repo}/issues/${pull.number}/comments`, { body: "as it was" })).body;
  const place = { path: "src/part.js", line: 1 };
  const inline = (await bob.post(`${repo}/pulls/${pull.number}/comments`, { ...place, body: "as it was" }))
    .body;
  const review = (
    await bob.post(`${repo}/pulls/${pull.number}/reviews`, { event: "COMMENT", body: "as it was" })
  ).body;
  return {
    number: pull.number,
    doors: [
      `${repo}/issues/${issue.number}`,
      `${repo}/issues/comments/${said.id}`,
      `${repo}/issues/${pull.number}`,
      `${repo}/issues/comments/${general.id}`,
      `${repo}/pulls/comments/${inline.id}`,
      `${repo}/pulls/${pull.number}/reviews/${review.id}`,
    ],
  };
}

const secretDoor = async (alice: Client) => {
  const secret = "/repos/alice/secret";
  const { number } = (await alice.post(`${secret}/issues`, { title: "x", body: "y" })).body;
  return { door: `${secret}/issues/${number}`, id: number };
};

describe("reactions", () => {
  test("every kind of text takes each reaction of a person once, counts it and gives it back", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    const { doors } = await texts(bob);
    for (const door of doors) {
      const given = await carol.post(`${door}/reactions`, { content: "heart" });
      expect(given.status, door).toBe(201);
      expect(given.body).toMatchObject({ content: "heart", user: { login: "carol" } });
      const again = await carol.post(`${door}/reactions`, { content: "heart" });
      expect([again.status, again.body.id]).toEqual([200, given.body.id]);
      await carol.post(`${door}/reactions`, { content: "+1" });
      await alice.post(`${door}/reactions`, { content: "+1" });
      expect((await world.anonymous.get(`${door}/reactions?content=%2B1`)).body).toHaveLength(2);
      const seen = await carol.get(door);
      expect(seen.body.reactions, door).toMatchObject({
        total_count: 3,
        "+1": 2,
        heart: 1,
        rocket: 0,
        mine: { heart: given.body.id },
      });
      expect((await alice.delete(`${door}/reactions/${given.body.id}`)).status).toBe(403);
      expect((await carol.delete(`${door}/reactions/${given.body.id}`)).status).toBe(204);
      expect((await carol.delete(`${door}/reactions/${given.body.id}`)).status).toBe(404);
      expect((await world.anonymous.get(`${door}/reactions`)).body).toHaveLength(2);
    }
    expect(await world.events({ type: "text.reacted" })).toHaveLength(doors.length * 3);
  });

  test("nobody reacts without signing in, to what they cannot see, in what is locked, or to another text's reaction", async ({
    alice,
    bob,
    carol,
    mallory,
    world,
  }) => {
    const { doors, number } = await texts(bob);
    const [issue = "", , pull = ""] = doors;
    const hidden = await secretDoor(alice);
    const content = { content: "eyes" };
    expect((await world.anonymous.post(`${issue}/reactions`, content)).status).toBe(401);
    expect((await mallory.post(`${hidden.door}/reactions`, content)).status).toBe(404);
    expect((await mallory.get(`${hidden.door}/reactions`)).status).toBe(404);
    expect((await carol.post(`${issue}/reactions`, { content: "thumbs" })).status).toBe(422);
    const mine = await carol.post(`${issue}/reactions`, content);
    expect((await carol.delete(`${pull}/reactions/${mine.body.id}`)).status).toBe(404);
    await alice.put(`${repo}/issues/${number}/lock`);
    for (const door of doors.slice(2)) {
      expect((await carol.post(`${door}/reactions`, content)).status, door).toBe(403);
      expect((await bob.post(`${door}/reactions`, content)).status, door).toBe(201);
    }
  });
});

describe("what texts said before", () => {
  test("each change of each kind of text keeps what was said, until its author or an administrator erases it", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    const { doors } = await texts(bob);
    for (const door of doors) {
      const change = (body: string) =>
        door.includes("/reviews/") ? bob.put(door, { body }) : bob.patch(door, { body });
      expect((await change("second")).status, door).toBe(200);
      await change("second");
      await change("third");
      const edits = (await world.anonymous.get(`${door}/edits`)).body;
      expect(edits, door).toMatchObject([
        { before: "second", editor: { login: "bob" }, erased_at: null },
        { before: "as it was" },
      ]);
      expect(edits).toHaveLength(2);
      expect((await carol.delete(`${door}/edits/${edits[0].id}`)).status).toBe(403);
      expect((await alice.delete(`${door}/edits/${edits[0].id}`)).status).toBe(204);
      expect((await bob.delete(`${door}/edits/${edits[1].id}`)).status).toBe(204);
      expect((await carol.get(`${door}/edits`)).body).toMatchObject([
        { before: null, erased_by: { login: "alice" } },
        { before: null, erased_by: { login: "bob" } },
      ]);
      expect(await world.events({ type: "text.edit-erased" })).toHaveLength(2 * (doors.indexOf(door) + 1));
    }
    const [issue = "", , pull = ""] = doors;
    const made = (await world.anonymous.get(`${issue}/edits`)).body[0].id;
    expect((await alice.delete(`${pull}/edits/${made}`)).status).toBe(404);
  });
});

describe("deleting a comment", () => {
  test("whoever deleted a comment takes that back, with its place in the thread, its reactions and its history", async ({
    alice,
    bob,
    carol,
  }) => {
    const { number } = await open(bob, demo, "feature");
    const place = { path: "src/part.js", line: 1, body: "root" };
    const root = (await bob.post(`${repo}/pulls/${number}/comments`, place)).body;
    const comment = `${repo}/pulls/comments/${root.id}`;
    const replies = `${repo}/pulls/${number}/comments/${root.id}/replies`;
    const one = (await carol.post(replies, { body: "one" })).body;
    const two = (await carol.post(replies, { body: "two" })).body;
    await carol.post(`${comment}/reactions`, { content: "heart" });
    await bob.patch(comment, { body: "root, better" });
    await bob.put(`${comment}/resolution`);
    expect((await alice.delete(comment)).status).toBe(204);
    const later = await bob.post(`${repo}/pulls/${number}/comments/${one.id}/replies`, { body: "three" });
    expect(later.body.in_reply_to_id).toBe(one.id);
    expect((await bob.put(`${comment}/restoration`)).status).toBe(404);
    const back = await alice.put(`${comment}/restoration`);
    expect(back.status).toBe(200);
    expect(back.body).toMatchObject({
      id: root.id,
      body: "root, better",
      is_resolved: true,
      reactions: { heart: 1 },
      edits: { count: 1 },
    });
    for (const { id } of [one, two, later.body])
      expect((await bob.get(`${repo}/pulls/comments/${id}`)).body).toMatchObject({
        in_reply_to_id: root.id,
        is_resolved: false,
      });
    expect((await bob.get(`${repo}/pulls/${number}`)).body.review_comments).toBe(4);
    expect((await alice.put(`${comment}/restoration`)).status).toBe(404);
  });

  test("a deletion can be taken back for ten minutes, where one may still speak, and is then forgotten with all of it", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    const issue = (await alice.post(`${repo}/issues`, { title: "An issue" })).body;
    const pull = await open(bob, demo, "feature");
    for (const number of [issue.number, pull.number]) {
      const say = async () => {
        const { id } = (await carol.post(`${repo}/issues/${number}/comments`, { body: "words" })).body;
        await carol.post(`${repo}/issues/comments/${id}/reactions`, { content: "eyes" });
        const place = `${repo}/issues/comments/${id}`;
        expect((await carol.delete(place)).status).toBe(204);
        return place;
      };
      const first = await say();
      const back = await carol.put(`${first}/restoration`);
      expect(back.body).toMatchObject({ body: "words", user: { login: "carol" }, reactions: { eyes: 1 } });
      expect((await alice.get(`${repo}/issues/${number}`)).body.comments).toBe(1);
      const timeline = (await alice.get(`${repo}/issues/${number}/timeline`)).body;
      const told = timeline.map((entry: { event: string }) => entry.event);
      expect(told.filter((event: string) => event !== "committed")).toEqual(["commented"]);
      const second = await say();
      await alice.put(`${repo}/issues/${number}/lock`);
      expect((await carol.put(`${second}/restoration`)).status).toBe(403);
      await alice.delete(`${repo}/issues/${number}/lock`);
      await world.write(sql`update deleted_texts set deleted_at = deleted_at - interval '10 minutes'`);
      expect((await carol.put(`${second}/restoration`)).status).toBe(404);
    }
    const ctx = systemContext(world.services, "test");
    await forgetDeleted.handle(ctx, {});
    expect(await ctx.db.$count(deletedTexts)).toBe(0);
    expect(await ctx.db.$count(reactions)).toBe(2);
  });
});

describe("saved replies", () => {
  test("a person's saved replies are theirs alone, each under a title of its own", async ({
    alice,
    bob,
    world,
  }) => {
    const path = "/user/saved-replies";
    const made = await alice.post(path, { title: "Thanks", body: "Thank **you**" });
    expect(made.status).toBe(201);
    expect((await alice.post(path, { title: "thanks", body: "again" })).status).toBe(422);
    expect((await alice.post(path, { title: "Empty", body: " " })).status).toBe(422);
    expect((await bob.get(path)).body).toEqual([]);
    expect((await bob.patch(`${path}/${made.body.id}`, { body: "mine" })).status).toBe(404);
    expect((await bob.delete(`${path}/${made.body.id}`)).status).toBe(404);
    expect((await alice.patch(`${path}/${made.body.id}`, { title: "A thank you" })).body).toMatchObject({
      title: "A thank you",
      body: "Thank **you**",
    });
    expect((await alice.get(path)).body).toHaveLength(1);
    expect((await alice.delete(`${path}/${made.body.id}`)).status).toBe(204);
    expect((await world.anonymous.get(path)).status).toBe(401);
  });
});
