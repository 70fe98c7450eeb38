/** After a push to the base every open pull request knows whether it can still be merged, without anybody having looked. */
import { eq } from "drizzle-orm";
import type { Client } from "../../../../tools/testing/client.ts";
import { expect, test, type World } from "../../../../tools/testing/world.ts";
import { pullRequests } from "../schema.ts";
import { open, tip, write } from "../test-branches.ts";

const demo = "alice/demo";

const rowsOf = (world: World) =>
  world.services.database
    .select()
    .from(pullRequests)
    .where(eq(pullRequests.state, "open"))
    .orderBy(pullRequests.number);

/** A pull request that adds a file, and one that rewrites a line which another also rewrites. */
async function two(bob: Client): Promise<void> {
  const base = await tip(bob, demo, "main");
  await bob.post(`/repos/${demo}/git/refs`, { ref: "refs/heads/apart", sha: base });
  await write(bob, demo, "apart", "apart.txt", "apart\n");
  await bob.post(`/repos/${demo}/git/refs`, { ref: "refs/heads/clash", sha: base });
  await write(bob, demo, "clash", "shared.txt", "theirs\n");
  await open(bob, demo, "apart");
  await open(bob, demo, "clash");
}

test("a push to the base tells each whether it conflicts, and with which commits that was asked", async ({
  world,
  alice,
  bob,
}) => {
  await two(bob);
  const pushed = await write(alice, demo, "main", "shared.txt", "ours\n");
  await world.settle();
  const rows = await rowsOf(world);
  expect(rows.map((row) => row.isMergeable)).toEqual([true, false]);
  for (const row of rows)
    expect([row.baseSha, row.mergeCheckedBaseSha, row.mergeCheckedHeadSha]).toEqual([
      pushed,
      pushed,
      row.headSha,
    ]);
  // What the page works out by itself is the same.
  const states = await Promise.all(
    rows.map(async (row) => (await bob.get(`/repos/${demo}/pulls/${row.number}`)).body.mergeable_state),
  );
  expect(states).toEqual(["clean", "dirty"]);
});

test("many pushes at once ask for few sweeps, and the last base is the one that is told", async ({
  world,
  alice,
  bob,
}) => {
  await two(bob);
  await world.settle();
  let last = "";
  for (let turn = 0; turn < 5; turn += 1) last = await write(alice, demo, "main", `n-${turn}.txt`, "x\n");
  await world.settle();
  for (const row of await rowsOf(world)) expect(row.mergeCheckedBaseSha).toBe(last);
});
