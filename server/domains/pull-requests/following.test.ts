/** What follows from other things: real `git`, references, crashes. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { describe } from "vitest";
import { createWorld, expect, test } from "../../../tools/testing/world.ts";
import { systemContext } from "../../kernel/context.ts";
import { events } from "../../kernel/schema.ts";
import { repositories } from "../repositories/schema.ts";
import { reconcileHeads } from "./jobs/reconcile.ts";
import { pullRequests } from "./schema.ts";
import { open, tip, write } from "./test-branches.ts";

const run = promisify(execFile);
const demo = "alice/demo";
const pulls = `/repos/${demo}/pulls`;

describe("what follows", () => {
  test("git push says where the pull request is, and its head can be fetched by number", async () => {
    const world = await createWorld({ listen: true });
    const dir = await mkdtemp(join(tmpdir(), "wit-pulls-"));
    try {
      const bob = world.as("bob");
      const remote = world.url.replace("://", `://bob:${bob.token}@`);
      const git = (...args: string[]) =>
        run("git", ["-c", "user.name=Bob", "-c", "user.email=bob@wit.test", ...args], {
          cwd: dir,
          env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_TERMINAL_PROMPT: "0" },
        });
      await git("clone", "-q", `${remote}/${demo}.git`, ".");
      await git("checkout", "-q", "-b", "hinted");
      await git("commit", "-q", "--allow-empty", "-m", "First");
      const first = await git("push", "origin", "hinted");
      expect(first.stderr).toContain(`${world.url}/${demo}/compare/main...hinted?expand=1`);
      const { number } = await open(bob, demo, "hinted");
      await git("commit", "-q", "--allow-empty", "-m", "Second");
      const second = await git("push", "origin", "hinted");
      expect(second.stderr).toContain(`${world.url}/${demo}/pull/${number}`);
      await bob.get(`${pulls}/${number}`);
      await git("fetch", "-q", "origin", `refs/pull/${number}/head`);
      const fetched = (await git("rev-parse", "FETCH_HEAD")).stdout;
      expect(fetched).toBe((await git("rev-parse", "hinted")).stdout);
      await expect(git("push", "origin", `hinted:refs/pull/${number}/head`)).rejects.toThrow(/refs\/pull/);
      await world.settle();
    } finally {
      await world.close();
      await rm(dir, { recursive: true, force: true });
    }
  });

  test("merging into the default branch closes what the text says, as far as the merger may", async ({
    alice,
    bob,
    world,
  }) => {
    const issue = (await alice.post(`/repos/${demo}/issues`, { title: "Rude" })).body;
    const secret = (await alice.post("/repos/alice/secret/issues", { title: "Hidden" })).body;
    const { number } = await open(bob, demo, "feature", "main", {
      body: `Fixes #${issue.number}. Closes alice/secret#${secret.number}.`,
    });
    await world.settle();
    const timeline = (await alice.get(`/repos/${demo}/issues/${issue.number}/timeline`)).body;
    expect(timeline[0]).toMatchObject({ event: "cross-referenced", source: { issue: { number } } });
    await bob.put(`${pulls}/${number}/merge`);
    await world.settle();
    expect((await alice.get(`/repos/${demo}/issues/${issue.number}`)).body.state).toBe("closed");
    expect((await alice.get(`/repos/alice/secret/issues/${secret.number}`)).body.state).toBe("open");
  });

  test("a merge whose process died after the ref moved is finished with the name of who merged", async ({
    alice,
    bob,
    world,
  }) => {
    const { number, head } = await open(bob, demo, "feature");
    const db = world.services.database;
    const merged = (await bob.put(`${pulls}/${number}/merge`)).body;
    // The row as the crash would have left it; the push's own event is still waiting to be handled.
    await db
      .update(pullRequests)
      .set({
        state: "open",
        mergedAt: null,
        closedAt: null,
        mergeSha: null,
        mergedById: null,
        closedById: null,
      })
      .where(eq(pullRequests.number, number));
    await db.update(repositories).set({ openPrsCount: 1 }).where(eq(repositories.name, "demo"));
    await world.settle();
    expect((await alice.get(`/repos/${demo}`)).body.open_issues_count).toBe(0);
    expect((await alice.get(`${pulls}/${number}`)).body).toMatchObject({
      merged: true,
      merge_commit_sha: merged.sha,
      merged_by: { login: "bob" },
      head: { sha: head.sha },
    });
  });

  test("what a push does is told of who pushed, whoever noticed it first", async ({
    alice,
    bob,
    carol,
    world,
  }) => {
    const { number } = await open(bob, demo, "feature");
    const late = await write(alice, demo, "feature", "late.txt", "late\n");
    expect((await carol.get(`${pulls}/${number}`)).body.head.sha).toBe(late);
    // As when she had looked before the push itself was told.
    await world.services.database
      .update(events)
      .set({ actorId: null })
      .where(eq(events.type, "pull-request.synchronized"));
    await world.settle();
    await alice.patch(`/repos/${demo}/git/refs/heads/main`, { sha: late });
    await world.settle();
    const told = async (of: number) =>
      (await carol.get(`/repos/${demo}/issues/${of}/timeline`)).body.filter(
        ({ event }: { event: string }) => event !== "committed",
      );
    expect(await told(number)).toMatchObject([
      { event: "head_ref_pushed", actor: { login: "alice" } },
      { event: "merged", actor: { login: "alice" } },
    ]);
    await write(bob, demo, "other-work", "other.txt", "other\n", "main");
    const other = await open(bob, demo, "other-work");
    await alice.delete(`/repos/${demo}/git/refs/heads/other-work`);
    await world.settle();
    expect(await told(other.number)).toMatchObject([
      { event: "head_ref_deleted", actor: { login: "alice" } },
      { event: "closed", actor: { login: "alice" } },
    ]);
  });

  test("what no event told is found by the reconciliation", async ({ alice, bob, world }) => {
    const { number } = await open(bob, demo, "feature");
    const late = await write(bob, demo, "feature", "late.txt", "late\n");
    await reconcileHeads.handle(systemContext(world.services, "test"), {});
    const [row] = await world.services.database
      .select()
      .from(pullRequests)
      .where(eq(pullRequests.number, number));
    expect(row).toMatchObject({ headSha: late, state: "open" });
    expect(await tip(alice, demo, "feature")).toBe(late);
  });

  test("a push to the base between the look and the merge is not overwritten", async ({ alice, bob }) => {
    const { number } = await open(bob, demo, "feature");
    const [merge, ...writes] = await Promise.all([
      bob.put(`${pulls}/${number}/merge`),
      ...["a.txt", "b.txt", "c.txt"].map((path) =>
        alice.put(`/repos/${demo}/contents/${path}`, { message: path, content: "YQ==", branch: "main" }),
      ),
    ]);
    expect([200, 409]).toContain(merge.status);
    const head = await tip(alice, demo, "main");
    const has = async (sha: string) =>
      (await alice.get(`/repos/${demo}/compare/${sha}...${head}`)).body.behind_by === 0;
    if (merge.status === 200) expect(await has(merge.body.sha)).toBe(true);
    for (const one of writes) if (one.status === 201) expect(await has(one.body.commit.sha)).toBe(true);
    expect((await alice.get(`${pulls}/${number}`)).body.merged).toBe(merge.status === 200);
  });
});
