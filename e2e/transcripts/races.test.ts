/** Two things at one moment: each title says what must be true whichever came first. */
import { sql, type SQL } from "drizzle-orm";
import { describe, vi } from "vitest";
import { people } from "../../tools/testing/people.ts";
import { racing } from "../../tools/testing/races.ts";
import { createWorld, expect, test, type World } from "../../tools/testing/world.ts";

const demo = "/repos/alice/demo";
const patient = { timeout: 30_000, interval: 10 };

/** How many transactions wait for a lock. */
async function waiting(world: World): Promise<number> {
  const [row] = await world.services.database.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`,
  );
  return row?.n ?? 0;
}

/** Does `statement` and, before it is committed, starts the acts, each once those before it wait. */
async function meanwhile<T>(world: World, statement: SQL, acts: readonly (() => Promise<T>)[]): Promise<T[]> {
  const { running } = await world.services.database.transaction(async (tx) => {
    await tx.execute(statement);
    const running: Promise<T>[] = [];
    for (const act of acts) {
      running.push(act());
      await vi.waitFor(
        async () => expect(await waiting(world)).toBeGreaterThanOrEqual(running.length),
        patient,
      );
    }
    return { running };
  });
  return Promise.all(running);
}

describe("while somebody pushes", () => {
  const zero = "0".repeat(40);
  const packet = (text: string) => (text.length + 4).toString(16).padStart(4, "0") + text;

  /** Bob deletes the branch `feature`; `act` happens when he was let in and before he has said which branch. */
  async function pushAround(world: World, act: () => Promise<unknown>): Promise<string> {
    const { database } = world.services;
    const { sha } = (await world.as("alice").get(`${demo}/git/ref/heads/feature`)).body.object;
    await database.execute(sql`update personal_access_tokens set last_used_at = null`);
    const words = `${packet(`${sha} ${zero} refs/heads/feature\0report-status side-band-64k`)}0000`;
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(Buffer.from(words.slice(0, 20)));
        await vi.waitFor(async () => {
          const [used] = await database.execute(
            sql`select 1 from personal_access_tokens t join "user" u on u.id = t.user_id where u.username = 'bob' and t.last_used_at is not null`,
          );
          expect(used).toBeDefined();
        }, patient);
        await act();
        controller.enqueue(Buffer.from(words.slice(20)));
        controller.close();
      },
    });
    const answer = await fetch(`${world.url}/alice/demo.git/git-receive-pack`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`git:${people.bob.token}`).toString("base64")}`,
        "content-type": "application/x-git-receive-pack-request",
      },
      body,
      duplex: "half",
    } as RequestInit);
    return answer.text();
  }

  const news = async (world: World) =>
    (
      await world.services.database.execute(
        sql`select count(*)::int as n from events where type = 'repository.pushed'`,
      )
    )[0]?.["n"];

  test("a suspension, a revoked token, an archive, a deletion, a loss of access and what the branch became count, and nothing moves", async () => {
    const world = await createWorld({ listen: true });
    try {
      const { database } = world.services;
      const [alice, root] = [world.as("alice"), world.as("root")];
      const before = await news(world);
      const attacks: Record<string, [() => Promise<unknown>, () => Promise<unknown>]> = {
        suspended: [
          () => root.patch("/admin/users/bob", { suspended: true }),
          () => root.patch("/admin/users/bob", { suspended: false }),
        ],
        expired: [
          () =>
            database.execute(sql`update personal_access_tokens set expires_at = now() - interval '1 second'
              where user_id = (select id from "user" where username = 'bob')`),
          () => database.execute(sql`update personal_access_tokens set expires_at = null`),
        ],
        archived: [() => alice.patch(demo, { archived: true }), () => alice.patch(demo, { archived: false })],
        "without access": [
          () => alice.delete(`${demo}/collaborators/bob`),
          () => alice.put(`${demo}/collaborators/bob`, { permission: "push" }),
        ],
        "made the default branch": [
          () => alice.patch(demo, { default_branch: "feature" }),
          () => alice.patch(demo, { default_branch: "main" }),
        ],
        "following another repository": [
          () =>
            world.write(sql`update repositories set content_source = 'mirror', source_url = 'https://a.example/b'
            where name = 'demo'`),
          () => world.write(sql`update repositories set content_source = null, source_url = null`),
        ],
        deleted: [() => alice.delete(demo), async () => undefined],
      };
      for (const [attack, [act, undo]] of Object.entries(attacks)) {
        const said = await pushAround(world, act);
        // Refused for this reference, or at the door already, where the act came first.
        expect(said, attack).toMatch(/ng refs\/heads\/feature|This repository follows/);
        await undo();
      }
      expect(await news(world)).toBe(before);
      const [left] = await database.execute(sql`select count(*)::int as n from ref_update_intents`);
      expect(left).toEqual({ n: 0 });
      await world.settle();
    } finally {
      await world.close();
    }
  });

  test("what nobody disturbs goes through", async () => {
    const world = await createWorld({ listen: true });
    try {
      expect(await pushAround(world, async () => undefined)).toContain("ok refs/heads/feature");
      await world.settle();
    } finally {
      await world.close();
    }
  });
});

describe("repositories", () => {
  const lockDemo = sql`select 1 from repositories r join owners o on o.id = r.owner_id where o.login = 'alice' and r.name = 'demo' for update of r`;

  test("given away while it is renamed, a repository has its new name at its new owner, and both old places lead there", async ({
    world,
    alice,
  }) => {
    const [renamed, moved] = await meanwhile(world, lockDemo, [
      () => alice.patch(demo, { name: "renamed" }),
      () => alice.post(`${demo}/transfer`, { new_owner: "acme" }),
    ]);
    expect([renamed?.status, moved?.status]).toEqual([200, 202]);
    expect((await alice.get("/repos/acme/renamed")).status).toBe(200);
    for (const former of [demo, "/repos/alice/renamed"]) {
      const answer = await alice.get(former);
      expect([answer.status, answer.body.url], former).toEqual([
        301,
        expect.stringContaining("/repos/acme/renamed"),
      ]);
    }
  });

  test("two that are renamed to one name at once: one is, the other is told, and keeps its own", async ({
    world,
    alice,
  }) => {
    await alice.post("/user/repos", { name: "other" });
    const answers = await racing(world, "events", () =>
      Promise.all([
        alice.patch(demo, { name: "wanted" }),
        alice.patch("/repos/alice/other", { name: "wanted" }),
      ]),
    ).catch(() => null);
    const statuses = answers?.map(({ status }) => status).toSorted() ?? [];
    expect(statuses).toEqual([200, 422]);
    const names = (await alice.get("/users/alice/repos")).body.map((one: any) => one.name);
    expect(names.filter((name: string) => name === "wanted")).toHaveLength(1);
  });

  test("forked while it becomes private, it leaves no copy with who may not see it any more", async ({
    world,
    alice,
    mallory,
  }) => {
    const [fork] = await meanwhile(
      world,
      sql`update repositories set is_private = true where name = 'demo' and owner_id = (select id from owners where login = 'alice')`,
      [() => mallory.post(`${demo}/forks`, {})],
    );
    expect(fork?.status).toBe(404);
    expect((await mallory.get("/repos/mallory/demo")).status).toBe(404);
    expect((await mallory.get("/users/mallory/repos")).body).toEqual([]);
    const [count] = await world.services.database.execute(
      sql`select forks_count as n from repositories where name = 'demo' and owner_id = (select id from owners where login = 'alice')`,
    );
    expect(count).toEqual({ n: 0 });
    expect((await alice.get(demo)).status).toBe(200);
  });
});

describe("what issues and pull requests hold", () => {
  test("a label or milestone that is deleted, or a label renamed, while it is given to an issue: either way nothing is half done", async ({
    world,
    alice,
    bob,
  }) => {
    const repo = sql`(select r.id from repositories r join owners o on o.id = r.owner_id where o.login = 'alice' and r.name = 'demo')`;
    const { number } = (await alice.post(`${demo}/milestones`, { title: "Soon" })).body;
    const cases: readonly [SQL, object][] = [
      [sql`update labels set name = 'fault' where name = 'bug' and repo_id = ${repo}`, { labels: ["bug"] }],
      [sql`delete from labels where name = 'question' and repo_id = ${repo}`, { labels: ["question"] }],
      [sql`delete from milestones where number = ${number} and repo_id = ${repo}`, { milestone: number }],
    ];
    for (const [statement, more] of cases) {
      const before = (await alice.get(`${demo}/issues?state=all`)).body.length;
      let answer: Awaited<ReturnType<typeof bob.post>> | undefined;
      await world.services.database.transaction(async (tx) => {
        await tx.execute(statement);
        const asking = bob.post(`${demo}/issues`, { title: "Held", ...more }).then((one) => (answer = one));
        await vi.waitFor(async () => {
          if (answer === undefined) expect(await waiting(world)).toBeGreaterThan(0);
        }, patient);
        return { asking };
      });
      await vi.waitFor(() => expect(answer).toBeDefined(), patient);
      expect([201, 409, 422], JSON.stringify([more, answer?.body])).toContain(answer?.status);
      const after = (await alice.get(`${demo}/issues?state=all`)).body.length;
      expect(after - before).toBe(answer?.status === 201 ? 1 : 0);
    }
  });

  test("a pull request closed while it is merged is merged, once, and counted so", async ({
    world,
    alice,
    bob,
  }) => {
    const pull = (await bob.post(`${demo}/pulls`, { title: "Both", head: "feature", base: "main" })).body;
    const lock = sql`select 1 from pull_requests where number = ${pull.number} for update`;
    const [merged] = await meanwhile(world, lock, [
      () => alice.put(`${demo}/pulls/${pull.number}/merge`, {}),
      () => bob.patch(`${demo}/pulls/${pull.number}`, { state: "closed" }),
    ]);
    expect(merged?.status).toBe(200);
    expect((await bob.get(`${demo}/pulls/${pull.number}`)).body).toMatchObject({
      state: "closed",
      merged: true,
    });
    expect((await bob.get(demo)).body.open_issues_count).toBe(0);
    expect(await world.events({ type: "pull-request.merged" })).toHaveLength(1);
  });

  test("of a merge and a push to its base at once one wins, and the other is told", async ({
    alice,
    bob,
  }) => {
    const pull = (await bob.post(`${demo}/pulls`, { title: "Race", head: "feature", base: "main" })).body;
    const content = Buffer.from("new\n").toString("base64");
    const [merge, push] = await Promise.all([
      alice.put(`${demo}/pulls/${pull.number}/merge`, {}),
      bob.put(`${demo}/contents/race.txt`, { message: "Race", content }),
    ]);
    expect([200, 409]).toContain(merge.status);
    expect([201, 409]).toContain(push.status);
    expect([merge.status, push.status]).not.toEqual([409, 409]);
    const isThere = async (file: string) => (await bob.get(`${demo}/contents/${file}`)).status === 200;
    expect(await isThere("race.txt")).toBe(push.status === 201);
    expect((await bob.get(`${demo}/pulls/${pull.number}`)).body.merged).toBe(merge.status === 200);
  });
});
