/** A pull request that is set to merge does so when, and only when, nothing stands in the way and nobody strange came between. */
import { describe } from "vitest";
import { eq } from "drizzle-orm";
import type { Client } from "../../../../tools/testing/client.ts";
import { createWorld, expect, test } from "../../../../tools/testing/world.ts";
import { open, tip, write } from "../test-branches.ts";
import { prAutoMerges } from "./schema.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;
const pulls = `${repo}/pulls`;

const status = (client: Client, sha: string, state: string) =>
  client.post(`${repo}/statuses/${sha}`, { context: "ci", state });

async function guarded(alice: Client): Promise<void> {
  const made = await alice.post(`${repo}/protection-rules`, {
    pattern: "main",
    require_status_checks: true,
    required_status_checks: ["ci"],
  });
  expect(made.status).toBe(201);
}

describe("auto-merge", () => {
  test("merges by the method and with the message that were asked for once the check is green, for who asked", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    await guarded(alice);
    await write(bob, demo, "topic", "a.txt", "a\n", "main");
    const { number, head } = await open(bob, demo, "topic");
    const set = await bob.put(`${pulls}/${number}/auto-merge`, {
      merge_method: "squash",
      commit_title: "Add a",
      commit_message: "By itself.",
      sha: head.sha,
    });
    expect(set.status, JSON.stringify(set.body)).toBe(200);
    expect(set.body.auto_merge).toMatchObject({
      enabled_by: { login: "bob" },
      merge_method: "squash",
      commit_title: "Add a",
      commit_message: "By itself.",
    });
    await world.settle();
    await status(alice, head.sha, "failure");
    await world.settle();
    expect((await carol.get(`${pulls}/${number}`)).body.merged).toBe(false);
    await status(alice, head.sha, "success");
    await world.settle();
    const { body } = await carol.get(`${pulls}/${number}`);
    expect(body).toMatchObject({ merged: true, merged_by: { login: "bob" }, auto_merge: null });
    const commit = await carol.get(`${repo}/git/commits/${body.merge_commit_sha}`);
    expect(commit.body.message).toBe("Add a\n\nBy itself.");
    const told = (await carol.get(`${repo}/issues/${number}/timeline`)).body.map(
      ({ event }: { event: string }) => event,
    );
    expect(told.filter((event: string) => /auto|merged/.test(event))).toEqual([
      "auto_merge_enabled",
      "merged",
    ]);
  });

  test("of what is ready already merges at once, and what nothing holds up closes its issue", async ({
    bob,
    world,
  }) => {
    const issue = await bob.post(`${repo}/issues`, { title: "Lacks b" });
    await write(bob, demo, "topic", "b.txt", "b\n", "main");
    const pull = await open(bob, demo, "topic", "main", { body: `Closes #${issue.body.number}` });
    expect((await bob.put(`${pulls}/${pull.number}/auto-merge`, {})).status).toBe(200);
    await world.settle();
    expect((await bob.get(`${pulls}/${pull.number}`)).body.merged).toBe(true);
    expect((await bob.get(`${repo}/issues/${issue.body.number}`)).body.state).toBe("closed");
  });

  test("is set and taken back by those who may merge, and by no reader, stranger or signed-out visitor", async ({
    alice,
    bob,
    carol,
    mallory,
    anonymous,
  }) => {
    await guarded(alice);
    await carol.post(`${repo}/forks`, {});
    await write(carol, "carol/demo", "mine", "c.txt", "c\n", "main");
    const { number } = await open(carol, demo, "carol:mine");
    const place = `${pulls}/${number}/auto-merge`;
    for (const [who, refused] of [
      [carol, 403],
      [mallory, 403],
      [anonymous, 401],
    ] as const)
      expect((await who.put(place, {})).status).toBe(refused);
    expect((await bob.put(place, {})).status).toBe(200);
    for (const [who, refused] of [
      [carol, 403],
      [mallory, 403],
      [anonymous, 401],
    ] as const)
      expect((await who.delete(place)).status).toBe(refused);
    expect((await alice.get(`${pulls}/${number}`)).body.auto_merge.enabled_by.login).toBe("bob");
    expect((await alice.delete(place)).status).toBe(204);
    expect((await alice.delete(place)).status).toBe(204);
    expect((await alice.get(`${pulls}/${number}`)).body.auto_merge).toBe(null);
  });

  test("ends when somebody without write access pushes, also when a writer pushes on top of it", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    await carol.post(`${repo}/forks`, {});
    for (const branch of ["one", "two"])
      await write(carol, "carol/demo", branch, `${branch}.txt`, "c\n", "main");
    const first = await open(carol, demo, "carol:one", "main", { maintainer_can_modify: true });
    const second = await open(carol, demo, "carol:two", "main", { maintainer_can_modify: true });
    await write(alice, demo, "main", "new.txt", "n\n");
    await guarded(alice);
    await world.settle();
    for (const { number } of [first, second])
      expect((await bob.put(`${pulls}/${number}/auto-merge`, {})).status).toBe(200);
    await write(carol, "carol/demo", "one", "evil.txt", "e\n");
    for (const { number } of [first, second])
      expect((await bob.put(`${pulls}/${number}/update-branch`)).status).toBe(202);
    const head = await tip(carol, "carol/demo", "one");
    await status(alice, head, "success");
    await world.settle();
    const view = (await alice.get(`${pulls}/${first.number}`)).body;
    expect([view.merged, view.auto_merge]).toEqual([false, null]);
    expect((await alice.get(`${pulls}/${second.number}`)).body.auto_merge).not.toBe(null);
    const [off] = await world.events({ type: "pull-request.auto-merge-disabled" });
    expect(off?.payload).toMatchObject({
      number: first.number,
      reason: "somebody without write access pushed to the branch",
    });
  });

  test("goes on when a writer pushes, and merges the new head", async ({ alice, bob, world }) => {
    await guarded(alice);
    await write(bob, demo, "topic", "a.txt", "a\n", "main");
    const { number } = await open(bob, demo, "topic");
    await bob.put(`${pulls}/${number}/auto-merge`, {});
    const head = await write(alice, demo, "topic", "more.txt", "m\n");
    await world.settle();
    await status(alice, head, "success");
    await world.settle();
    expect((await bob.get(`${pulls}/${number}`)).body).toMatchObject({ merged: true, head: { sha: head } });
  });

  test("ends when the base is changed, when it is closed, and when who asked may not merge any more", async ({
    alice,
    bob,
    world,
  }) => {
    await guarded(alice);
    await write(bob, demo, "other", "o.txt", "o\n", "main");
    const numbers: number[] = [];
    for (const branch of ["one", "two", "three"]) {
      await write(bob, demo, branch, `${branch}.txt`, "x\n", "main");
      const { number } = await open(bob, demo, branch);
      expect((await bob.put(`${pulls}/${number}/auto-merge`, {})).status).toBe(200);
      numbers.push(number);
    }
    const [one, two, three] = numbers;
    await bob.patch(`${pulls}/${one}`, { base: "other" });
    await bob.patch(`${pulls}/${two}`, { state: "closed" });
    expect((await alice.delete(`${repo}/collaborators/bob`)).status).toBe(204);
    await alice.post(`${repo}/statuses/${await tip(alice, demo, "three")}`, {
      context: "ci",
      state: "success",
    });
    await world.settle();
    for (const number of [one, two, three])
      expect((await alice.get(`${pulls}/${number}`)).body).toMatchObject({ merged: false, auto_merge: null });
    expect(
      (await world.events({ type: "pull-request.auto-merge-disabled" })).map(
        ({ payload }) => (payload as { reason: string }).reason,
      ),
    ).toEqual([
      "the base branch was changed",
      "it was closed",
      "who asked for it may not merge here any more",
    ]);
  });

  test("is refused where the repository allows it not, and for a method that is not allowed", async ({
    alice,
    bob,
  }) => {
    await write(bob, demo, "topic", "a.txt", "a\n", "main");
    const { number } = await open(bob, demo, "topic");
    const place = `${pulls}/${number}/auto-merge`;
    expect((await bob.put(place, { merge_method: "fast-forward" })).status).toBe(422);
    expect((await alice.patch(repo, { allow_auto_merge: false })).body.allow_auto_merge).toBe(false);
    expect((await bob.put(place, {})).body.message).toBe("This repository does not allow auto-merge");
  });

  test("waits in the database: a server that starts anew goes on with it", async () => {
    const world = await createWorld();
    try {
      const [alice, bob] = [world.as("alice"), world.as("bob")];
      await guarded(alice);
      await write(bob, demo, "topic", "a.txt", "a\n", "main");
      const { number, head } = await open(bob, demo, "topic");
      await bob.put(`${pulls}/${number}/auto-merge`, {});
      await world.settle();
      await status(alice, head.sha, "success");
      // The jobs of the event are lost, as from a backup that is older than they; the sweep of every start finds it.
      const { sql } = await import("drizzle-orm");
      await world.write(sql`delete from jobs.job`);
      const { askToSweep } = await import("./jobs.ts");
      const { systemContext } = await import("../../../kernel/context.ts");
      await askToSweep(systemContext(world.services, "test"));
      await world.settle();
      expect((await bob.get(`${pulls}/${number}`)).body.merged).toBe(true);
      const left = await world.services.database
        .select()
        .from(prAutoMerges)
        .where(eq(prAutoMerges.method, "merge"));
      expect(left).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
