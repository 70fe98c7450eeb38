/** Whether a pull request can be rebased: API, merge box and the merge itself say the same. */
import { eq } from "drizzle-orm";
import { createWorld, expect, test } from "../../../tools/testing/world.ts";
import { cloneOf } from "./revisions/test-clone.ts";
import { pullRequests } from "./schema.ts";
import { open, write } from "./test-branches.ts";

const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;

test("what can be rebased is told by API and merge box, worked out before anybody looks, and the merge agrees", async () => {
  const world = await createWorld({ listen: true });
  const clone = await cloneOf(world, "bob", demo);
  const [alice, bob] = [world.as("alice"), world.as("bob")];
  const branch = async (name: string, make: () => Promise<unknown>) => {
    await clone.git("checkout", "-q", "-b", name, "origin/main");
    await make();
    await clone.git("push", "-q", "origin", name);
    return (await open(bob, demo, name)).number as number;
  };
  try {
    await write(alice, demo, "main", "shared.txt", "1\n2\n3\n");
    await clone.git("fetch", "-q");
    const straight = await branch("straight", async () => {
      await clone.commit("one.txt", "1\n");
      await clone.commit("two.txt", "2\n");
    });
    const onTheWay = await branch("on-the-way", async () => {
      await clone.commit("shared.txt", "1\nmine\n3\n");
      await clone.commit("shared.txt", "1\n2\n3\n");
      await clone.commit("more.txt", "m\n");
    });
    const within = await branch("within", async () => {
      await clone.commit("left.txt", "l\n");
      await clone.git("checkout", "-q", "-b", "beside", "origin/main");
      await clone.commit("right.txt", "r\n");
      await clone.git("checkout", "-q", "within");
      await clone.git("merge", "-q", "--no-ff", "--no-commit", "beside");
      await clone.commit("extra.txt", "what only the merge brings\n");
    });
    const clash = await branch("clash", () => clone.commit("shared.txt", "1\nclash\n3\n"));
    await write(alice, demo, "main", "shared.txt", "1\nbase\n3\n");
    await world.settle();
    const rows = await world.services.database
      .select({ number: pullRequests.number, verdict: pullRequests.rebaseVerdict })
      .from(pullRequests)
      .where(eq(pullRequests.state, "open"))
      .orderBy(pullRequests.number);
    expect(rows.map(({ number, verdict }) => [number, verdict])).toEqual([
      [straight, "clean"],
      [onTheWay, "conflict"],
      [within, "differs"],
      [clash, null],
    ]);

    const told = async (number: number) => {
      const { body } = await bob.get(`${pulls}/${number}`);
      const page = (await bob.get(`/_web${pulls}/${number}`)).body.merge;
      const method = page.methods.find((one: { name: string }) => one.name === "rebase");
      return [body.mergeable, body.rebaseable, method.refused];
    };
    const byRebase = (number: number) => bob.put(`${pulls}/${number}/merge`, { merge_method: "rebase" });
    expect(await told(straight)).toEqual([true, true, null]);
    expect(await told(onTheWay)).toEqual([true, false, expect.stringContaining("conflict with main")]);
    expect(await told(within)).toEqual([true, false, expect.stringContaining("other files than a merge")]);
    expect(await told(clash)).toEqual([false, false, null]);
    expect((await byRebase(onTheWay)).body.message).toMatch(/its commit [0-9a-f]{10} conflicts/);
    expect((await byRebase(within)).body.message).toContain("other files than a merge");
    expect((await byRebase(clash)).status).toBe(405);
    expect((await byRebase(straight)).status).toBe(200);
    expect(await told(straight)).toEqual([null, null, null]);

    // A head that nobody has looked at yet, and one that the base has by now.
    const again = await branch("again", () => clone.commit("two.txt", "2\n"));
    expect(await told(again)).toEqual([true, false, "the base branch has all of it already"]);
    expect((await byRebase(again)).body.message).toContain("the base branch has all of it already");
    // The others still merge by another way.
    for (const number of [onTheWay, within])
      expect((await bob.put(`${pulls}/${number}/merge`, { merge_method: "squash" })).status).toBe(200);
    await world.settle();
  } finally {
    await clone.remove();
    await world.close();
  }
});
