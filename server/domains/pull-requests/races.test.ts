/** Many at once: a merge has one outcome, and rows and refs tell the same of it. */
import { sql, type SQL } from "drizzle-orm";
import { describe, vi } from "vitest";
import type { Client } from "../../../tools/testing/client.ts";
import { expect, test } from "../../../tools/testing/world.ts";
import { open, tip, write } from "./test-branches.ts";

const demo = "alice/demo";
const repo = `/repos/${demo}`;
const pulls = `${repo}/pulls`;

/** How many wait for a lock. */
async function waiting(tx: { execute(query: SQL): Promise<unknown> }): Promise<number> {
  const found = await tx.execute(
    sql`select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`,
  );
  return (found as readonly unknown[]).length;
}

async function opened(client: Client, count: number, base = "main"): Promise<number[]> {
  const numbers: number[] = [];
  for (let index = 0; index < count; index += 1) {
    await write(client, demo, `topic-${index}`, `topic-${index}.txt`, "x\n", base);
    numbers.push((await open(client, demo, `topic-${index}`, base)).number);
  }
  return numbers;
}

describe("at once", () => {
  test("fifty merges of one pull request merge it once, and the others are told", async ({
    alice,
    bob,
    world,
  }) => {
    const [number = 0] = await opened(bob, 1);
    const before = await tip(bob, demo, "main");
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? alice : bob).put(`${pulls}/${number}/merge`, {
          merge_method: index % 3 ? "merge" : "squash",
        }),
      ),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).filter((status) => ![200, 405, 409].includes(status))).toEqual(
      [],
    );
    expect(won.length).toBe(1);
    const sha = won[0]?.body.sha;
    expect(await tip(bob, demo, "main")).toBe(sha);
    const commit = await bob.get(`${repo}/git/commits/${sha}`);
    expect(commit.body.parents[0].sha).toBe(before);
    await world.settle();
    expect((await bob.get(`${pulls}/${number}`)).body).toMatchObject({ merged: true, merge_commit_sha: sha });
    expect(await world.events({ type: "pull-request.merged" })).toHaveLength(1);
  }, 120_000);

  test("merges and pushes to one branch each land whole or are refused, and nothing is lost", async ({
    alice,
    bob,
    world,
  }) => {
    const numbers = await opened(bob, 8);
    const push = (index: number) =>
      alice.put(`${repo}/contents/pushed-${index}.txt`, {
        message: `Push ${index}`,
        content: Buffer.from("p\n").toString("base64"),
        branch: "main",
      });
    const merge = (number: number) => bob.put(`${pulls}/${number}/merge`, { merge_method: "merge" });
    const [merges, pushes] = await Promise.all([
      Promise.all([...numbers, ...numbers].map(merge)),
      Promise.all(Array.from({ length: 34 }, (_, index) => push(index))),
    ]);
    await world.settle();
    const there = await bob.get(`${repo}/git/trees/main`);
    const files = new Set(there.body.tree.map(({ path }: { path: string }) => path));
    for (const [index, { status }] of pushes.entries()) {
      expect([201, 409, 422]).toContain(status);
      expect(files.has(`pushed-${index}.txt`), `push ${index}`).toBe(status === 201);
    }
    for (const [index, number] of numbers.entries()) {
      const mine = [merges[index], merges[index + numbers.length]].map((answer) => answer?.status);
      const landed = mine.filter((status) => status === 200).length;
      expect(landed).toBeLessThanOrEqual(1);
      expect(files.has(`topic-${index}.txt`), `merge ${number}`).toBe(landed === 1);
      expect((await bob.get(`${pulls}/${number}`)).body.merged).toBe(landed === 1);
    }
  }, 180_000);

  test("a rule that is made while merges run holds for every merge that was not through before it", async ({
    alice,
    bob,
  }) => {
    const numbers = await opened(bob, 10);
    for (const number of numbers) {
      const running = bob.put(`${pulls}/${number}/merge`, { merge_method: "squash" });
      const rule = await alice.post(`${repo}/protection-rules`, { pattern: "main", required_reviewers: 2 });
      expect(rule.status).toBe(201);
      const after = await tip(alice, demo, "main");
      const merged = await running;
      if (merged.status === 200) expect(after).toBe(merged.body.sha);
      else expect(merged.status).toBe(405);
      expect((await bob.get(`${pulls}/${number}`)).body.merged).toBe(merged.status === 200);
      expect((await alice.delete(`${repo}/protection-rules/${rule.body.id}`)).status).toBe(204);
    }
  }, 120_000);

  test("a refusal that comes during a merge is never overrun", async ({ alice, bob }) => {
    await alice.post(`${repo}/protection-rules`, { pattern: "main", required_reviewers: 1 });
    const numbers = await opened(bob, 6);
    for (const number of numbers) {
      await alice.post(`${pulls}/${number}/reviews`, { event: "APPROVE" });
      const running = bob.put(`${pulls}/${number}/merge`, {});
      await alice.post(`${pulls}/${number}/reviews`, {
        event: "REQUEST_CHANGES",
        body: "No",
      });
      const after = await tip(alice, demo, "main");
      const merged = await running;
      if (merged.status === 200) expect(after).toBe(merged.body.sha);
      else expect(merged.status).toBe(405);
    }
  }, 120_000);

  test("the target is deleted during fifty merges: merged ones were merged before, the others are not", async ({
    alice,
    bob,
    world,
  }) => {
    await write(bob, demo, "release", "r.txt", "r\n", "main");
    const numbers = await opened(bob, 5, "release");
    const running = Array.from({ length: 50 }, (_, index) =>
      bob.put(`${pulls}/${numbers[index % numbers.length]}/merge`, {}),
    );
    const deleted = await alice.delete(`${repo}/git/refs/heads/release`);
    const answers = await Promise.all(running);
    await world.settle();
    expect([204, 409, 422]).toContain(deleted.status);
    for (const [index, number] of numbers.entries()) {
      const won = answers.filter((answer, at) => at % numbers.length === index && answer.status === 200);
      expect(won.length).toBeLessThanOrEqual(1);
      const { body } = await bob.get(`${pulls}/${number}`);
      expect(body.merged).toBe(won.length === 1);
      if (won[0]) expect(body.merge_commit_sha).toBe(won[0].body.sha);
    }
    expect(
      answers.map(({ status }) => status).filter((status) => ![200, 405, 409, 422].includes(status)),
    ).toEqual([]);
  }, 180_000);

  for (const [what, change, method] of [
    ["a rule that begins to want approvals", "rule", undefined],
    ["a method that is no longer allowed", "settings", "squash"],
  ] as const)
    test(`fifty merges and ${what}: what was ready before it does not merge after it`, async ({
      alice,
      bob,
      world,
    }) => {
      const numbers = await opened(bob, 8);
      const made = await alice.post(`${repo}/protection-rules`, { pattern: "main" });
      const merge = (_: unknown, index: number) =>
        bob.put(`${pulls}/${numbers[index % numbers.length]}/merge`, method && { merge_method: method });
      const then = await tip(alice, demo, "main");
      const { database } = world.services;
      // Eight have found nothing in their way and wait for the moment before the branch moves; then the change comes.
      const { running } = await database.transaction(async (tx) => {
        await tx.execute(sql`lock table ref_update_intents in share mode`);
        const first = Array.from({ length: 8 }, merge);
        await vi.waitFor(async () => expect(await waiting(tx)).toBe(8), { timeout: 60_000, interval: 50 });
        const changed =
          change === "rule"
            ? await alice.patch(`${repo}/protection-rules/${made.body.id}`, { required_reviewers: 1 })
            : await alice.patch(repo, { allow_squash_merge: false });
        expect(changed.status).toBe(200);
        return { running: [...first, ...Array.from({ length: 42 }, merge)] };
      });
      const answers = await Promise.all(running);
      await world.settle();
      expect(await tip(alice, demo, "main")).toBe(then);
      // Two that reach for the branch at once are told that it is being moved, before anything is judged again.
      for (const { status } of answers) expect([405, 409]).toContain(status);
      for (const number of numbers) expect((await bob.get(`${pulls}/${number}`)).body.merged).toBe(false);
    }, 180_000);
});
