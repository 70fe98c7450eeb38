/** Every head that a pull request had, and what became of approvals of the former ones. */
import { eq, sql } from "drizzle-orm";
import { describe } from "vitest";
import { createWorld, expect, test, type World } from "../../../../tools/testing/world.ts";
import { readRefs } from "../../../git/ref-cache.ts";
import { systemContext } from "../../../kernel/context.ts";
import { events } from "../../../kernel/schema.ts";
import { gitOf } from "../../repositories/index.ts";
import { repositories } from "../../repositories/schema.ts";
import { reconcileHeads } from "../jobs/reconcile.ts";
import { checkHeads } from "../kept-heads.ts";
import { open, write } from "../test-branches.ts";
import { prRevisions } from "./schema.ts";
import { cloneOf, type Clone } from "./test-clone.ts";

const demo = "alice/demo";
const api = `/repos/${demo}`;

const lines = (count: number, prefix = "line") =>
  Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}\n`).join("");

/** A branch `topic` with a file of its own and a pull request from it, in a forge that really listens. */
async function withTopic(run: (world: World, bob: Clone, number: number) => Promise<void>): Promise<void> {
  const world = await createWorld({ listen: true });
  const bob = await cloneOf(world, "bob", demo);
  try {
    await bob.git("checkout", "-q", "-b", "topic");
    await bob.commit("topic.txt", lines(20), "Begin the topic");
    await bob.git("push", "-q", "origin", "topic");
    const { number } = await open(world.as("bob"), demo, "topic");
    await run(world, bob, number);
    await world.settle();
  } finally {
    await bob.remove();
    await world.close();
  }
}

const list = async (world: World, number: number) =>
  (await world.as("carol").get(`${api}/pulls/${number}/revisions`)).body;

async function dirOf(world: World): Promise<{ dir: string }> {
  const [repo] = await world.services.database
    .select()
    .from(repositories)
    .where(eq(repositories.name, "demo"));
  return gitOf(systemContext(world.services, "test"), repo!);
}

const force = ["push", "-q", "--force", "origin", "topic"] as const;

describe("revisions", () => {
  test("say what each push was: commits on top, a rebase of the same change, another history", async () =>
    withTopic(async (world, bob, number) => {
      await bob.commit("topic.txt", `${lines(20)}more\n`, "Say more");
      await bob.commit("topic.txt", `${lines(20)}more\nand more\n`, "Say even more");
      await bob.git("push", "-q", "origin", "topic");
      await world.settle();
      const main = await write(world.as("alice"), demo, "main", "elsewhere.txt", "elsewhere\n");
      await bob.git("fetch", "-q", "origin");
      await bob.git("rebase", "-q", "origin/main");
      await bob.git(...force);
      await world.settle();
      await bob.commit("topic.txt", "all new\n", "Rewrite");
      await bob.git("reset", "-q", "--soft", "origin/main");
      await bob.git("commit", "-q", "-m", "In one");
      await bob.git(...force);
      await world.settle();
      expect(await list(world, number)).toMatchObject([
        { number: 1, kind: "opened", commits: 1, same_change: null, pushed_by: { login: "bob" } },
        { number: 2, kind: "added", commits: 2, same_change: false, pushed_by: { login: "bob" } },
        { number: 3, kind: "rebased", same_change: true, merge_base: main },
        { number: 4, kind: "rewritten", same_change: false, merge_base: main },
      ]);
      const timeline = (await world.as("carol").get(`${api}/issues/${number}/timeline`)).body;
      expect(timeline.flatMap((one: { push?: object }) => one.push ?? [])).toMatchObject([
        { revision: 2, kind: "added", commits: 2, forced: false },
        { revision: 3, kind: "rebased", same_change: true, forced: true },
        { revision: 4, kind: "rewritten", same_change: false, forced: true },
      ]);
    }));

  test("are kept by references that no client sees, over any version of the protocol", async () =>
    withTopic(async (world, bob, number) => {
      const gone = await bob.git("rev-parse", "HEAD");
      await bob.git("commit", "-q", "--amend", "-m", "Other words");
      await bob.git(...force);
      await world.settle();
      const { refs } = await readRefs(await dirOf(world));
      expect(refs.get(`refs/wit/revisions/${number}-1`)?.oid).toBe(gone);
      for (const version of ["0", "2"]) {
        const seen = await bob.git("-c", `protocol.version=${version}`, "ls-remote", "origin");
        expect(seen).not.toContain("revisions");
        expect(seen).not.toContain(gone);
        await expect(
          bob.git("-c", `protocol.version=${version}`, "fetch", "-q", "--refetch", "origin", gone),
        ).rejects.toThrow();
      }
      const alice = world.as("alice");
      const named = await alice.get(`${api}/git/ref/wit/revisions/${number}-1`);
      expect(named.status).toBe(404);
    }));

  test("keep a head that was replaced before anybody looked, also when the former one came back", async () =>
    withTopic(async (world, bob, number) => {
      const first = await bob.git("rev-parse", "HEAD");
      const second = await bob.commit("topic.txt", "two\n");
      await bob.git("push", "-q", "origin", "topic");
      const third = await bob.commit("topic.txt", "three\n");
      await bob.git("push", "-q", "origin", "topic");
      expect((await list(world, number)).map((one: { head: string }) => one.head)).toEqual([
        first,
        second,
        third,
      ]);
      await bob.git("reset", "-q", "--hard", second);
      const astray = await bob.commit("topic.txt", "astray\n");
      await bob.git(...force);
      await bob.git("reset", "-q", "--hard", third);
      await bob.git(...force);
      await world.settle();
      expect((await list(world, number)).map((one: { head: string }) => one.head)).toEqual([
        first,
        second,
        third,
        astray,
        third,
      ]);
    }));

  test("of a fork keep what the fork itself has pushed over", async () => {
    const world = await createWorld({ listen: true });
    const carol = world.as("carol");
    expect((await carol.post(`${api}/forks`, {})).status).toBe(202);
    await world.settle();
    const clone = await cloneOf(world, "carol", "carol/demo");
    try {
      await clone.git("checkout", "-q", "-b", "idea");
      await clone.commit("idea.txt", "one\n");
      await clone.git("push", "-q", "origin", "idea");
      const { number } = await open(carol, demo, "carol:idea");
      const replaced = await clone.commit("idea.txt", "two\n");
      await clone.git("push", "-q", "origin", "idea");
      await clone.git("reset", "-q", "--hard", "HEAD~1");
      const last = await clone.commit("idea.txt", "three\n");
      await clone.git("push", "-q", "--force", "origin", "idea");
      await world.settle();
      expect((await list(world, number)).slice(1)).toMatchObject([
        { head: replaced, pushed_by: { login: "carol" } },
        { head: last, kind: "rewritten" },
      ]);
      const compared = await carol.get(`${api}/pulls/${number}/revisions/2...3`);
      expect(compared.body).toMatchObject({ same_change: false, files: [{ filename: "idea.txt" }] });
      await world.settle();
    } finally {
      await clone.remove();
      await world.close();
    }
  });

  test("of pull requests from before they were recorded are made from their events", async ({
    alice,
    bob,
    world,
  }) => {
    const { number, head } = await open(bob, demo, "feature");
    const later = await write(bob, demo, "feature", "later.txt", "later\n");
    await alice.get(`${api}/pulls/${number}`);
    await world.settle();
    const db = world.services.database;
    await db.delete(prRevisions);
    await db
      .update(events)
      .set({ payload: sql`${events.payload} - 'revision' - 'kind' - 'commits' - 'same_change'` })
      .where(eq(events.type, "pull-request.synchronized"));
    await reconcileHeads.handle(systemContext(world.services, "test"), {});
    await reconcileHeads.handle(systemContext(world.services, "test"), {});
    expect(await list(world, number)).toMatchObject([
      { number: 1, kind: "opened", head: head.sha, pushed_by: { login: "bob" } },
      { number: 2, kind: "added", head: later, commits: 1 },
    ]);
    const ctx = systemContext(world.services, "test");
    const [repo] = await db.select().from(repositories).where(eq(repositories.name, "demo"));
    const problems: string[] = [];
    for await (const problem of checkHeads(ctx, repo as never)) problems.push(problem);
    expect(problems).toEqual([]);
  });

  test("are told once, however many look at the same moment", async ({ alice, bob, world }) => {
    const { number } = await open(bob, demo, "feature");
    const heads: string[] = [];
    for (const text of ["a\n", "b\n", "c\n"]) heads.push(await write(bob, demo, "feature", "x.txt", text));
    const answers = await Promise.all(Array.from({ length: 20 }, () => alice.get(`${api}/pulls/${number}`)));
    expect(answers.map((one) => one.body.head.sha)).toEqual(answers.map(() => heads[2]));
    await world.settle();
    const numbered = (await list(world, number)).map((one: { number: number; head: string }) => [
      one.number,
      one.head,
    ]);
    expect(numbered.slice(1)).toEqual(heads.map((head, index) => [index + 2, head]));
    expect(await world.events({ type: "pull-request.synchronized" })).toHaveLength(3);
  });
});

describe("comparing revisions", () => {
  test("leaves out what the base brought in between, and pairs the commits", async () =>
    withTopic(async (world, bob, number) => {
      await bob.commit("second.txt", "second\n", "A second commit");
      await bob.git("push", "-q", "origin", "topic");
      await world.settle();
      await write(world.as("alice"), demo, "main", "noise.txt", lines(50, "noise"));
      await bob.git("fetch", "-q", "origin");
      await bob.git("rebase", "-q", "origin/main");
      await bob.commit("second.txt", "second, better\n", "Better");
      await bob.git(...force);
      await world.settle();
      const { status, body } = await world.as("carol").get(`${api}/pulls/${number}/revisions/2...3`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ same_change: false, conflicts: [], before: { number: 2 } });
      expect(body.files.map((file: { filename: string }) => file.filename)).toEqual(["second.txt"]);
      expect(body.commits).toMatchObject([
        { before: { subject: "Begin the topic" }, after: { subject: "Begin the topic" }, same: true },
        { before: { subject: "A second commit" }, same: true },
        { before: null, after: { subject: "Better" }, same: false },
      ]);
      const back = await world.as("carol").get(`${api}/pulls/${number}/revisions/3...2`);
      expect(back.body.files.map((file: { filename: string }) => file.filename)).toEqual(["second.txt"]);
      for (const wrong of ["1..2", "1...9", "x...y", "1...0"])
        expect((await world.as("carol").get(`${api}/pulls/${number}/revisions/${wrong}`)).status).toBe(404);
    }));

  test("says in which files the former change does not fit the new base", async () =>
    withTopic(async (world, bob, number) => {
      await write(world.as("alice"), demo, "main", "topic.txt", "another topic\n");
      await bob.git("fetch", "-q", "origin");
      await bob.git("reset", "-q", "--hard", "origin/main");
      await bob.commit("topic.txt", "both topics\n", "Both");
      await bob.git(...force);
      await world.settle();
      const { body } = await world.as("carol").get(`${api}/pulls/${number}/revisions/1...2`);
      expect(body).toMatchObject({ same_change: false, conflicts: ["topic.txt"], files: null });
      expect(body.commits).toHaveLength(2);
    }));
});

describe("approvals under a rule that ends them with new code", () => {
  const protect = async (world: World) => {
    const answer = await world.as("alice").post(`${api}/protection-rules`, {
      pattern: "main",
      required_reviewers: 1,
      dismiss_stale_reviews: true,
    });
    expect(answer.status).toBe(201);
  };
  const approve = (world: World, number: number, commit?: string) =>
    world.as("alice").post(`${api}/pulls/${number}/reviews`, {
      event: "APPROVE",
      ...(commit === undefined ? {} : { commit_id: commit }),
    });
  const states = async (world: World, number: number) =>
    (await world.as("carol").get(`${api}/pulls/${number}/reviews`)).body.map(
      (one: { state: string }) => one.state,
    );

  test("outlive a clean rebase and the base merged in, and end with another patch", async () =>
    withTopic(async (world, bob, number) => {
      await protect(world);
      expect((await approve(world, number)).body.state).toBe("APPROVED");
      const push = async (...args: string[]) => {
        await bob.git("fetch", "-q", "origin");
        await bob.git(...args);
        await bob.git(...force);
        await world.settle();
      };
      // The target moves by pull request only, so another one brings what the base gains.
      const gain = async (name: string) => {
        await write(world.as("alice"), demo, name, `${name}.txt`, `${name}\n`, "main");
        const other = await open(world.as("alice"), demo, name);
        await world.as("bob").post(`${api}/pulls/${other.number}/reviews`, { event: "APPROVE" });
        expect((await world.as("alice").put(`${api}/pulls/${other.number}/merge`)).status).toBe(200);
      };
      await gain("one");
      await push("rebase", "-q", "origin/main");
      expect(await states(world, number)).toEqual(["APPROVED"]);
      await gain("two");
      await push("merge", "-q", "--no-edit", "origin/main");
      expect(await states(world, number)).toEqual(["APPROVED"]);
      await push("commit", "-q", "--allow-empty", "-m", "Nothing");
      expect(await states(world, number)).toEqual(["APPROVED"]);
      // A merge of the base is a place to hide something in.
      await gain("three");
      await bob.git("fetch", "-q", "origin");
      await bob.git("merge", "-q", "--no-commit", "origin/main");
      await bob.commit("topic.txt", `${lines(20)}slipped in\n`, "Merge branch 'main'");
      await bob.git(...force);
      await world.settle();
      expect(await states(world, number)).toEqual(["DISMISSED"]);
      const timeline = (await world.as("carol").get(`${api}/issues/${number}/timeline`)).body;
      const told = timeline.find((one: { event: string }) => one.event === "review_dismissed");
      expect(told).toMatchObject({
        actor: { login: "bob" },
        dismissed_review: { dismissal_message: expect.stringMatching(/^Revision 5 was pushed: revision 1 /) },
      });
      expect((await world.as("alice").put(`${api}/pulls/${number}/merge`)).status).toBe(405);
    }));

  test("end when a rebase moves the same lines to another place", async () =>
    withTopic(async (world, bob, number) => {
      const block = "if (x) {\n  a();\n  b();\n  c();\n}\n";
      await bob.commit("twice.txt", `${block}${block}`, "Twice");
      await bob.git("push", "-q", "origin", "HEAD:refs/heads/base");
      const put = async (text: string) => {
        await bob.git("checkout", "-q", "-B", "moved", "origin/base");
        await bob.commit("twice.txt", text, "Insert");
        await bob.git("push", "-q", "--force", "origin", "moved");
        await world.settle();
      };
      const inner = "  a();\n  evil();\n  b();\n";
      const plain = "  a();\n  b();\n";
      await bob.git("fetch", "-q", "origin");
      await put(`${block.replace(plain, inner)}${block}`);
      await world
        .as("alice")
        .post(`${api}/protection-rules`, { pattern: "base", dismiss_stale_reviews: true });
      const other = await open(world.as("bob"), demo, "moved", "base");
      await world.as("alice").post(`${api}/pulls/${other.number}/reviews`, { event: "APPROVE" });
      await put(`${block}${block.replace(plain, inner)}`);
      expect(await states(world, other.number)).toEqual(["DISMISSED"]);
      expect(number).not.toBe(other.number);
    }));

  test("do not carry over to another base that lacks what was part of the former one", async () =>
    withTopic(async (world, bob, number) => {
      await protect(world);
      await bob.git("checkout", "-q", "-b", "smuggle", "origin/main");
      await bob.commit("smuggled.txt", "smuggled\n", "Never looked at");
      await bob.git("push", "-q", "origin", "smuggle");
      await bob.git("checkout", "-q", "-b", "harmless");
      await bob.commit("harmless.txt", "harmless\n", "Harmless");
      await bob.git("push", "-q", "origin", "harmless");
      const other = await open(world.as("bob"), demo, "harmless", "smuggle");
      expect((await approve(world, other.number)).body.state).toBe("APPROVED");
      const moved = await world.as("bob").patch(`${api}/pulls/${other.number}`, { base: "main" });
      expect(moved.status).toBe(200);
      expect(await states(world, other.number)).toEqual(["DISMISSED"]);
      expect(number).toBe(1);
    }));

  test("belong to the commit they were given to, and are judged for it: fifty at once with a push", async () => {
    const world = await createWorld();
    try {
      await protect(world);
      const bob = world.as("bob");
      await write(bob, demo, "race", "race.txt", "0\n", "main");
      const { number } = await open(bob, demo, "race");
      for (let round = 1; round <= 2; round += 1) {
        const seen = (await bob.get(`${api}/pulls/${number}`)).body.head.sha;
        const [, ...answers] = await Promise.all([
          write(bob, demo, "race", "race.txt", `${round}\n`),
          ...Array.from({ length: 50 }, () => approve(world, number, seen)),
        ]);
        for (const answer of answers) expect([200, 201]).toContain(answer.status);
        await world.settle();
        const reviews = (await bob.get(`${api}/pulls/${number}/reviews?per_page=100`)).body;
        const standing = reviews.filter((one: { state: string }) => one.state === "APPROVED");
        expect(standing).toEqual([]);
        expect(reviews).toHaveLength(round * 50);
        const given = new Set(reviews.slice(-50).map((one: { commit_id: string }) => one.commit_id));
        expect(given).toEqual(new Set([seen]));
        expect((await world.as("alice").put(`${api}/pulls/${number}/merge`)).status).toBe(405);
      }
      const told = await world.events({ type: "pull-request.review-dismissed" });
      expect(told).toHaveLength(100);
    } finally {
      await world.close();
    }
  });
});
