/** Comments and the reader's own place over revisions, as the API and the pages tell them. */
import { describe } from "vitest";
import { createWorld, expect, test, type World } from "../../../../tools/testing/world.ts";
import { open, write } from "../test-branches.ts";
import { cloneOf, type Clone } from "./test-clone.ts";

const demo = "alice/demo";
const api = `/repos/${demo}`;
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1} of it\n`).join("");

async function withOld(run: (world: World, bob: Clone, number: number) => Promise<void>): Promise<void> {
  const world = await createWorld({ listen: true });
  await write(world.as("alice"), demo, "main", "old.txt", lines(30));
  const bob = await cloneOf(world, "bob", demo);
  try {
    await bob.git("checkout", "-q", "-b", "topic");
    await bob.git("mv", "old.txt", "new.txt");
    await bob.commit("new.txt", lines(30).replace("line 15 of it\n", "line fifteen\n"), "Move it");
    await bob.git("push", "-q", "origin", "topic");
    const { number } = await open(world.as("bob"), demo, "topic");
    await run(world, bob, number);
    await world.settle();
  } finally {
    await bob.remove();
    await world.close();
  }
}

const push = async (world: World, bob: Clone) => {
  await bob.git("push", "-q", "--force", "origin", "topic");
  await world.settle();
};

describe("comments over revisions", () => {
  test("follow their lines on both sides through another name, a rebase and lines above", async () =>
    withOld(async (world, bob, number) => {
      const carol = world.as("carol");
      const say = async (place: object) => {
        const { status, body } = await carol.post(`${api}/pulls/${number}/comments`, {
          path: "new.txt",
          body: "Here",
          ...place,
        });
        expect(status, JSON.stringify(body)).toBe(201);
        return body.id as number;
      };
      const right = await say({ line: 15 });
      const left = await say({ line: 15, side: "LEFT" });
      const range = await say({ line: 17, start_line: 16 });
      const where = async (id: number) => {
        const { body } = await carol.get(`${api}/pulls/comments/${id}`);
        return [body.path, body.start_line, body.line];
      };
      await write(world.as("alice"), demo, "main", "old.txt", `above\nand above\n${lines(30)}`);
      await bob.git("fetch", "-q", "origin");
      await bob.git("rebase", "-q", "origin/main");
      await push(world, bob);
      expect(await where(right)).toEqual(["new.txt", null, 17]);
      expect(await where(left)).toEqual(["new.txt", null, 17]);
      expect(await where(range)).toEqual(["new.txt", 18, 19]);
      await bob.git("mv", "new.txt", "newest.txt");
      await bob.git("commit", "-q", "-m", "Another name");
      await push(world, bob);
      expect(await where(right)).toEqual(["newest.txt", null, 17]);
      expect(await where(left)).toEqual(["newest.txt", null, 17]);
      const kept = await bob.git("rev-parse", "HEAD");
      const without = `above\nand above\n${lines(30)}`.replace("line 15 of it\n", "quite another\n");
      await bob.commit("newest.txt", without, "Another line");
      await push(world, bob);
      // Its line is gone; what it was about is told with it.
      expect(await where(right)).toEqual(["new.txt", null, undefined]);
      expect((await carol.get(`${api}/pulls/comments/${right}`)).body.diff_hunk).toContain("+line fifteen");
      // What was taken out and written anew is another line, but a former head that comes back is the same one.
      await bob.commit("newest.txt", without.replace("quite another", "line fifteen"), "Anew");
      await push(world, bob);
      expect(await where(right)).toEqual(["new.txt", null, undefined]);
      const here = (
        await carol.post(`${api}/pulls/${number}/comments`, {
          path: "newest.txt",
          line: 17,
          commit_id: kept,
          body: "At the former head",
        })
      ).body.id;
      await bob.git("reset", "-q", "--hard", kept);
      await push(world, bob);
      expect(await where(here)).toEqual(["newest.txt", null, 17]);
    }));
});

describe("a comment on a range", () => {
  test("shows on what is left of it, and is outdated only when nothing is", async () =>
    withOld(async (world, bob, number) => {
      const carol = world.as("carol");
      const place = { path: "new.txt", start_line: 20, line: 23 };
      const { body: said } = await carol.post(`${api}/pulls/${number}/comments`, { ...place, body: "These" });
      const where = async () => {
        const { body } = await carol.get(`${api}/pulls/comments/${said.id}`);
        return [body.start_line, body.line];
      };
      let text = lines(30).replace("line 15 of it\n", "line fifteen\n");
      const change = async (from: string, to: string) => {
        text = text.replace(from, to);
        await bob.commit("new.txt", text, `Change ${from.trim()}`);
        await push(world, bob);
        return where();
      };
      expect(await change("line 20 of it\n", "")).toEqual([20, 22]);
      expect(await change("line 23 of it\n", "another end\n")).toEqual([20, 21]);
      expect(await change("line 21 of it\n", "line 21 of it\nbetween\n")).toEqual([20, 22]);
      expect(await change("line 21 of it\n", "")).toEqual([null, 21]);
      expect(await change("line 22 of it\n", "")).toEqual([null, undefined]);
    }));
});

describe("a returning reviewer", () => {
  const page = async (world: World, number: number, query = "") =>
    (await world.as("carol").get(`/_web${api}/pulls/${number}/files${query}`)).body;
  const paths = (body: { diff: { files: { path: string }[] } }) => body.diff.files.map((file) => file.path);

  test("sees what changed since, without what the base brought in, and may see everything", async () =>
    withOld(async (world, bob, number) => {
      expect((await page(world, number)).range).toMatchObject({ from: null, to: 1, reviewed: null });
      await world.as("carol").post(`${api}/pulls/${number}/reviews`, { event: "COMMENT", body: "Hm." });
      expect((await page(world, number)).range).toMatchObject({ from: null, by_default: false, reviewed: 1 });
      await write(world.as("alice"), demo, "main", "noise.txt", "noise\n");
      await bob.git("fetch", "-q", "origin");
      await bob.git("rebase", "-q", "origin/main");
      await push(world, bob);
      const rebased = await page(world, number);
      expect(rebased.range).toMatchObject({ from: null, by_default: true, same: true });
      expect(paths(rebased)).toEqual(["new.txt"]);
      await bob.commit("more.txt", "more\n");
      await push(world, bob);
      const since = await page(world, number);
      expect(since.range).toMatchObject({ from: 1, to: 3, by_default: true, same: false, unable: null });
      expect(paths(since)).toEqual(["more.txt"]);
      expect(paths(await page(world, number, "?from=base"))).toEqual(["more.txt", "new.txt"]);
      expect(paths(await page(world, number, "?from=base&to=1"))).toEqual(["new.txt"]);
      expect((await world.anonymous.get(`/_web${api}/pulls/${number}/files`)).body.range.from).toBe(null);
      const wrong = await world.as("carol").get(`/_web${api}/pulls/${number}/files?from=9`);
      expect(wrong.status).toBe(404);
    }));

  test("is told where the base changed the same lines, and sees everything then", async () =>
    withOld(async (world, bob, number) => {
      await world.as("carol").post(`${api}/pulls/${number}/reviews`, { event: "COMMENT", body: "Hm." });
      await write(world.as("alice"), demo, "main", "old.txt", lines(30).replace("line 15 of it", "base 15"));
      await bob.git("fetch", "-q", "origin");
      await bob.git("reset", "-q", "--hard", "origin/main");
      await bob.git("mv", "old.txt", "new.txt");
      await bob.commit("new.txt", lines(30).replace("line 15 of it", "both"), "Move it");
      await push(world, bob);
      const body = await page(world, number);
      expect(body.range).toMatchObject({
        from: null,
        unable: expect.stringMatching(/same lines, in new\.txt$/),
      });
      expect(paths(body)).toEqual(["new.txt"]);
      const compared = await world.as("carol").get(`/_web${api}/pulls/${number}/revisions`);
      expect(compared.body.comparison).toMatchObject({
        from: 1,
        to: 2,
        diff: null,
        commits: [{ same: false }],
      });
    }));
});
