import { readFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { describe } from "vitest";
import { actingAs, systemContext } from "../../../kernel/context.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { updateRefs, readRef, readHead } from "../../../git/refs.ts";
import { commitChanges } from "../../../git/write.ts";
import { authenticate } from "../../accounts/index.ts";
import { expect, test } from "../../../../tools/testing/world.ts";
import type { World } from "../../../../tools/testing/world.ts";
import { people } from "../../../../tools/testing/people.ts";
import { findRepository, requireAccess } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { noteIntent } from "./intents.ts";
import { moveInternalRefs, moveRefs, requireMoved } from "./move-refs.ts";
import { reconcile } from "./reconcile.ts";

/** Bob, who may write to alice/demo, with a new commit on top of its main branch. */
async function bobAtWork(world: World) {
  const actor = await authenticate(world.services, { kind: "token", token: people.bob.token });
  const ctx = actingAs(systemContext(world.services, "test"), requireUser(actor));
  const repo = requireAccess(ctx, await findRepository(ctx, "alice", "demo"), "write");
  const git = gitOf(ctx, repo);
  const old = (await readRef(git, "refs/heads/main"))?.oid ?? "";
  const me = { name: "Bob", email: "bob@example.test", time: 1_700_000_000, zone: "+0000" };
  const commitOn = async (base: string, path: string) =>
    (
      await commitChanges(git, {
        base,
        changes: [{ kind: "put", path, content: { bytes: Buffer.from(path) } }],
        message: `Add ${path}`,
        author: me,
        committer: me,
      })
    ).commit;
  const next = await commitOn(old, "new.txt");
  const move = { ref: "refs/heads/main", old, new: next };
  return { ctx, repo, git, old, next, move, commitOn, writer: { identity: me, reason: "push" } };
}

const pushes = (world: World): Promise<any[]> =>
  world.services.database.execute(
    sql`select e.payload, u.username as actor from events e left join "user" u on u.id = e.actor_id
      where type = 'repository.pushed' and payload->>'reason' <> 'history' order by e.sequence`,
  ) as unknown as Promise<any[]>;

const intents = async (world: World) =>
  Number((await world.services.database.execute(sql`select count(*) from ref_update_intents`))[0]?.["count"]);

describe("moving refs", () => {
  test("the move, its event and the caller's rows become true together, and nothing is left over", async ({
    world,
  }) => {
    const { ctx, repo, move, next } = await bobAtWork(world);
    const before = (await pushes(world)).length;
    requireMoved(
      await moveRefs(ctx, repo, [move], {
        reason: "merge",
        detail: { number: 7 },
        record: async (tx) =>
          void (await tx.db.execute(sql`update repositories set description = 'recorded'`)),
      }),
    );
    const [news, ...more] = (await pushes(world)).slice(before);
    expect(more).toEqual([]);
    expect(news).toMatchObject({
      actor: "bob",
      payload: { ref: "refs/heads/main", after: next, forced: false, reason: "merge", detail: { number: 7 } },
    });
    expect(news.payload.commits.map((one: any) => one.message)).toEqual(["Add new.txt\n"]);
    expect((await findRepository(ctx, "alice", "demo"))?.description).toBe("recorded");
    expect(await intents(world)).toBe(0);
  });

  test("an edit, a merge and a branch by the API stand in the reflog with who did it, when and why", async ({
    world,
    bob,
  }) => {
    const { git } = await bobAtWork(world);
    const content = Buffer.from("x").toString("base64");
    await bob.put("/repos/alice/demo/contents/x.txt", { message: "x", content, branch: "feature" });
    const pull = { title: "x", head: "feature", base: "main" };
    const { number } = (await bob.post("/repos/alice/demo/pulls", pull)).body;
    expect((await bob.put(`/repos/alice/demo/pulls/${number}/merge`, {})).status).toBe(200);
    const log = async (ref: string) =>
      (await readFile(path.join(git.dir, "logs", ref), "utf8")).trim().split("\n").at(-1) ?? "";
    const now = Date.now() / 1000;
    for (const [ref, why] of [
      ["refs/heads/feature", "edit"],
      ["refs/heads/main", "merge"],
    ] as const) {
      const [, name, time, reason] =
        /^\S+ \S+ (.*) <\d+\+bob@.*> (\d+) \+0000\t(.*)$/.exec(await log(ref)) ?? [];
      expect([name, reason]).toEqual(["Bob Builder", why]);
      expect(Math.abs(now - Number(time))).toBeLessThan(600);
    }
  });

  test("a ref that moved meanwhile stays, and nothing is recorded", async ({ world }) => {
    const { ctx, repo, git, move, next, commitOn, old, writer } = await bobAtWork(world);
    const other = await commitOn(old, "other.txt");
    await updateRefs(git, [{ ...move, new: other }], writer);
    const before = (await pushes(world)).length;
    let recorded = false;
    const results = await moveRefs(ctx, repo, [move], {
      reason: "push",
      record: async () => void (recorded = true),
    });
    expect(() => requireMoved(results)).toThrow(expect.objectContaining({ code: "conflict" }));
    expect([recorded, (await pushes(world)).length - before, await intents(world)]).toEqual([false, 0, 0]);
    expect((await readRef(git, "refs/heads/main"))?.oid).toBe(other);
    expect(next).not.toBe(other);
  });

  test("a rewritten branch says so, and the default branch cannot be deleted", async ({ world }) => {
    const { ctx, repo, move, commitOn, old } = await bobAtWork(world);
    await moveRefs(ctx, repo, [move], { reason: "push" });
    const sideways = await commitOn(old, "sideways.txt");
    await moveRefs(ctx, repo, [{ ref: move.ref, old: move.new, new: sideways }], { reason: "push" });
    expect((await pushes(world)).at(-1).payload).toMatchObject({ forced: true, commits_count: 1 });
    const deletion = { ref: move.ref, old: sideways, new: null };
    await expect(moveRefs(ctx, repo, [deletion], { reason: "push" })).rejects.toThrow("default branch");
  });

  test("the product's own refs are no news, and no other ref passes for one", async ({ world, carol }) => {
    const { ctx, repo, git, next } = await bobAtWork(world);
    const before = (await pushes(world)).length;
    await moveInternalRefs(ctx, repo, [{ ref: "refs/pull/1/head", old: null, new: next }], "open");
    expect((await readRef(git, "refs/pull/1/head"))?.oid).toBe(next);
    expect((await pushes(world)).length).toBe(before);
    const branch = { ref: "refs/heads/x", old: null, new: next };
    await expect(moveInternalRefs(ctx, repo, [branch], "open")).rejects.toThrow(TypeError);
    expect((await carol.get("/repos/alice/demo/branches")).body).toHaveLength(2);
  });
});

describe("a crash between the refs and the rows", () => {
  test("after git moved them, the news is told at the next start, by who did it, once", async ({ world }) => {
    const { ctx, repo, git, move, writer } = await bobAtWork(world);
    const before = (await pushes(world)).length;
    await noteIntent(ctx, repo, [move], { reason: "merge", detail: { number: 7 } });
    await updateRefs(git, [move], writer);
    const forge = systemContext(world.services, "test");
    const later = new Date(Date.now() + 1000);
    expect(await Promise.all([reconcile(forge, later), reconcile(forge, later)])).toContain(1);
    const news = (await pushes(world)).slice(before);
    expect(news).toMatchObject([
      {
        actor: "bob",
        payload: { after: move.new, reason: "merge", detail: { number: 7 }, commits_count: 1 },
      },
    ]);
    expect(await intents(world)).toBe(0);
    expect(await reconcile(forge, later)).toBe(0);
  });

  test("before git moved them, the intent is dropped without a word", async ({ world }) => {
    const { ctx, repo, move } = await bobAtWork(world);
    const before = (await pushes(world)).length;
    await noteIntent(ctx, repo, [move], { reason: "push" });
    await reconcile(systemContext(world.services, "test"), new Date(Date.now() + 1000));
    expect([(await pushes(world)).length - before, await intents(world)]).toEqual([0, 0]);
  });

  test("a later push on top does not hide the move that was cut off", async ({ world }) => {
    const { ctx, repo, git, move, next, commitOn, writer } = await bobAtWork(world);
    const before = (await pushes(world)).length;
    await noteIntent(ctx, repo, [move], { reason: "push" });
    await updateRefs(git, [move], writer);
    const later = await commitOn(next, "later.txt");
    await moveRefs(ctx, repo, [{ ref: move.ref, old: next, new: later }], { reason: "push" });
    await reconcile(systemContext(world.services, "test"), new Date(Date.now() + 1000));
    const told = (await pushes(world)).slice(before).map((one) => one.payload.after);
    expect(new Set(told)).toEqual(new Set([next, later]));
  });

  test("an intent of a request that is still running is left alone", async ({ world }) => {
    const { ctx, repo, move } = await bobAtWork(world);
    await noteIntent(ctx, repo, [move], { reason: "push" });
    expect(await reconcile(systemContext(world.services, "test"), new Date(Date.now() - 60_000))).toBe(0);
    expect(await intents(world)).toBe(1);
  });
});

describe("the first push to an empty repository", () => {
  test("makes its branch the default one", async ({ world, alice }) => {
    await alice.post("/user/repos", { name: "empty" });
    const { ctx } = await bobAtWork(world);
    const forge = systemContext(world.services, "test");
    const empty = requireAccess(forge, await findRepository(forge, "alice", "empty"), "write");
    const me = { name: "A", email: "a@example.test", time: 1_700_000_000, zone: "+0000" };
    const { commit } = await commitChanges(gitOf(ctx, empty), {
      base: null,
      changes: [{ kind: "put", path: "a", content: { bytes: Buffer.from("a") } }],
      message: "First",
      author: me,
      committer: me,
    });
    await moveRefs(forge, empty, [{ ref: "refs/heads/trunk", old: null, new: commit }], { reason: "push" });
    expect((await alice.get("/repos/alice/empty")).body.default_branch).toBe("trunk");
    expect(await readHead(gitOf(ctx, empty))).toEqual({ branch: "trunk", oid: commit });
  });
});
