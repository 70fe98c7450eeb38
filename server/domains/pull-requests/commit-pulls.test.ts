/** Which pull request brought a commit, for tools that ask by its id. */
import { describe } from "vitest";
import { expect, test } from "../../../tools/testing/world.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;

describe("the pull requests of a commit", () => {
  test("are the one that brought it to the default branch, whatever the method was", async ({
    alice,
    bob,
    carol,
  }) => {
    await alice.patch(repo, { allow_fast_forward_merge: true });
    const of = async (sha: string) => {
      const { status, body } = await carol.get(`${repo}/commits/${sha}/pulls`);
      expect(status, JSON.stringify(body)).toBe(200);
      return body.map((one: { number: number }) => one.number);
    };
    const start = await tip(bob, demo, "main");
    const seen: [string, number][] = [];
    for (const method of ["merge", "squash", "rebase", "fast-forward"] as const) {
      const branch = `by-${method}`;
      const own = [
        await write(bob, demo, branch, `${branch}.txt`, "1\n", "main"),
        await write(bob, demo, branch, `${branch}.txt`, "2\n"),
      ];
      const { number } = await open(bob, demo, branch);
      // One that goes on with it has its commits too, and did not bring them.
      await write(bob, demo, `${branch}-on`, `${branch}-on.txt`, "3\n", branch);
      const next = await open(bob, demo, `${branch}-on`);
      expect(await of(own[0] ?? "")).toEqual([next.number, number]);
      const { body } = await bob.put(`${repo}/pulls/${number}/merge`, { merge_method: method });
      const before = await bob.get(`${repo}/commits/${body.sha}`);
      seen.push([body.sha, number]);
      if (method === "merge") seen.push(...own.map((sha): [string, number] => [sha, number]));
      if (method === "rebase") seen.push([before.body.parents[0].sha, number]);
    }
    for (const [sha, number] of seen) expect(await of(sha), sha).toEqual([number]);
    expect(await of(start)).toEqual([]);
  });

  test("are told to nobody who may not see the repository, and of no commit that is not there", async ({
    alice,
    bob,
    mallory,
  }) => {
    const sha = await write(bob, demo, "hidden", "h.txt", "h\n", "main");
    const { number } = await open(bob, demo, "hidden");
    const answer = await mallory.get(`${repo}/commits/${sha}/pulls`);
    expect(answer.body).toMatchObject([{ number, state: "open", head: { sha } }]);
    expect((await mallory.get(`${repo}/commits/${"1".repeat(40)}/pulls`)).status).toBe(404);
    await alice.patch(repo, { private: true });
    expect((await mallory.get(`${repo}/commits/${sha}/pulls`)).status).toBe(404);
    await bob.patch(`${repo}/pulls/${number}`, { state: "closed" });
    expect((await bob.get(`${repo}/commits/${sha}/pulls`)).body).toEqual([]);
  });
});
