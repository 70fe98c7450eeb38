import { randomBytes, createHash } from "node:crypto";
import { chmod, readdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { createWorld, expect, test, type World } from "../../../tools/testing/world.ts";
import { git, gitText } from "../../git/process.ts";
import { releaseObjects } from "../../git/objects.ts";
import { inTurn } from "../../git/keeping/turn.ts";
import { systemContext } from "../../kernel/context.ts";
import { findRepository, requireAccess, type RepoWith } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { lfsContents, lfsObjects } from "../lfs/schema.ts";
import { checkRepository, maintainRepository } from "./commands/keep.ts";
import { jobs } from "./jobs.ts";
import { dueRepositories, enroll } from "./queries.ts";
import { repositoryUpkeep } from "./schema.ts";

const contextOf = (world: World) => systemContext(world.services, "test");

async function demoOf(world: World, name = "demo"): Promise<RepoWith<"admin">> {
  const ctx = contextOf(world);
  return requireAccess(ctx, await findRepository(ctx, "alice", name), "admin");
}

const folderOf = (world: World, repo: RepoWith<"read">) => world.services.git.directory(repo.diskPath);

const check = async (world: World, repo: RepoWith<"admin">, full = false) =>
  checkRepository(contextOf(world), repo, { full });

async function openPull(world: World): Promise<number> {
  const made = await world
    .as("alice")
    .post("/repos/alice/demo/pulls", { title: "Part", head: "feature", base: "main" });
  return made.body.number;
}

test("a healthy repository is ok, measured, and known to its admins alone", async ({ world }) => {
  const repo = await demoOf(world);
  await openPull(world);
  expect(await maintainRepository(contextOf(world), repo)).toBe(true);
  expect(await check(world, repo, true)).toEqual({ state: "ok", problems: [] });
  const seen = await world.as("alice").get("/repos/alice/demo/upkeep");
  expect(seen).toMatchObject({
    status: 200,
    body: { state: "ok", problems: [], damaged_since: null, lfs_bytes: 0 },
  });
  expect(seen.body.disk_bytes).toBeGreaterThan(0);
  expect(seen.body.fully_checked_at).toBe(seen.body.checked_at);
  expect((await world.as("bob").get("/repos/alice/demo/upkeep")).status).toBe(403);
  expect((await world.anonymous.get("/repos/alice/demo/upkeep")).status).toBe(401);
});

test("a missing object is damage, told once, listed for administrators, and mended once it is back", async ({
  world,
}) => {
  const repo = await demoOf(world);
  const { dir } = folderOf(world, repo);
  await maintainRepository(contextOf(world), repo);
  await gitText(dir, ["repack", "-a", "-d", "-q"]);
  const packs = join(dir, "objects", "pack");
  await rename(packs, `${packs}-away`);
  releaseObjects({ dir });
  const first = await check(world, repo);
  expect(first.state).toBe("damaged");
  await check(world, repo);
  expect(await world.events({ type: "repository.damaged" })).toMatchObject([
    { repoId: repo.id, payload: { name: "demo" } },
  ]);
  const listed = await world.as("root").get("/admin/repositories?state=damaged");
  expect(listed.body).toMatchObject([{ full_name: "alice/demo", state: "damaged" }]);
  expect(listed.body[0].problems.length).toBeGreaterThan(0);
  expect(listed.body[0].problems.join("\n")).not.toContain(world.dataDir);
  expect((await world.as("alice").get("/admin/repositories")).status).toBe(404);
  await rm(packs, { recursive: true, force: true });
  await rename(`${packs}-away`, packs);
  releaseObjects({ dir });
  expect((await check(world, repo)).state).toBe("ok");
  expect(await world.events({ type: "repository.mended" })).toHaveLength(1);
  expect((await world.as("root").get("/admin/repositories?state=damaged")).body).toEqual([]);
});

test("what rows and refs disagree about is found: HEAD, the head of a pull request, a move never settled", async ({
  world,
}) => {
  const repo = await demoOf(world);
  const number = await openPull(world);
  const { dir } = folderOf(world, repo);
  await gitText(dir, ["symbolic-ref", "HEAD", "refs/heads/feature"]);
  await gitText(dir, ["update-ref", "-d", `refs/pull/${number}/head`]);
  await world.services.database.execute(
    sql`insert into ref_update_intents (id, repo_id, updates, created_at)
      values (gen_random_uuid(), ${repo.id}, '[]', now() - interval '2 hours')`,
  );
  const { state, problems } = await check(world, repo);
  expect(state).toBe("damaged");
  expect(problems).toEqual([
    "HEAD is at feature instead of main",
    expect.stringMatching(/^the ref move [0-9a-f-]{36} was never settled$/),
    `refs/pull/${number}/head is missing`,
  ]);
});

test("a repository without its folder is damaged, and so is one whose LFS content is gone or false", async ({
  world,
}) => {
  const repo = await demoOf(world);
  const content = randomBytes(1000);
  const oid = createHash("sha256").update(content).digest("hex");
  await world.services.blobs.put(content);
  const other = createHash("sha256").update("nowhere").digest("hex");
  await world.services.database.insert(lfsContents).values([{ oid }, { oid: other }]);
  await world.services.database.insert(lfsObjects).values([
    { repoId: repo.id, oid, size: 1000 },
    { repoId: repo.id, oid: other, size: 7 },
  ]);
  expect((await check(world, repo)).problems).toEqual([`LFS object ${other} is missing`]);
  const folder = join(world.dataDir, "blobs");
  const [stored = ""] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(oid));
  await chmod(join(folder, stored), 0o600);
  await writeFile(join(folder, stored), randomBytes(1000));
  expect((await check(world, repo, true)).problems).toContain(`LFS object ${oid} has other content`);
  const seen = await world.as("alice").get("/repos/alice/demo/upkeep");
  expect(seen.body.lfs_bytes).toBe(1007);
  await world.services.git.remove(repo.diskPath);
  expect(await check(world, repo)).toEqual({
    state: "damaged",
    problems: ["the repository's folder is missing"],
  });
});

test("a round takes the repositories in turn, the one longest unseen first, and each once a week", async ({
  world,
}) => {
  const ctx = contextOf(world);
  await enroll(ctx);
  const all = await dueRepositories(ctx);
  expect(all).toHaveLength(2);
  const [round] = jobs;
  await round?.handle(ctx, {});
  expect(await dueRepositories(ctx)).toEqual([]);
  const rows = await ctx.db.select().from(repositoryUpkeep);
  expect(rows.map(({ state }) => state)).toEqual(["ok", "ok"]);
  const set = (repoId: string, days: number) =>
    ctx.database
      .update(repositoryUpkeep)
      .set({ checkedAt: new Date(Date.now() - days * 86_400_000) })
      .where(eq(repositoryUpkeep.repoId, repoId));
  await set(all[0] ?? "", 8);
  await set(all[1] ?? "", 9);
  expect(await dueRepositories(ctx)).toEqual([all[1], all[0]]);
  await ctx.database
    .update(repositories)
    .set({ deletedAt: new Date() })
    .where(eq(repositories.id, all[1] ?? ""));
  expect(await dueRepositories(ctx)).toEqual([all[0]]);
});

test("an administrator has any repository checked, also a private one; nobody else can", async ({
  world,
}) => {
  const asked = await world.as("root").post("/admin/repositories/alice/secret/checks", { full: true });
  expect(asked.status).toBe(204);
  await world.settle();
  const listed = await world.as("root").get("/admin/repositories?q=alice/sec");
  expect(listed.body).toMatchObject([{ full_name: "alice/secret", private: true, state: "ok" }]);
  expect(listed.body[0].fully_checked_at).not.toBeNull();
  expect((await world.as("root").post("/admin/repositories/alice/nothing/checks", {})).status).toBe(404);
  expect((await world.as("alice").post("/admin/repositories/alice/secret/checks", {})).status).toBe(404);
});

test("of two who keep a repository one waits for another day, and a dead one holds nobody up", async () => {
  const world = await createWorld();
  try {
    const repo = await demoOf(world);
    const git = folderOf(world, repo);
    const outer = await inTurn(git, () => maintainRepository(contextOf(world), repo));
    expect(outer).toEqual({ done: false });
    const lock = join(git.dir, "keeping.lock");
    await writeFile(lock, "");
    const then = new Date(Date.now() - 11 * 60_000);
    await utimes(lock, then, then);
    expect(await maintainRepository(contextOf(world), repo)).toBe(true);
    expect(await readdir(git.dir)).not.toContain("keeping.lock");
  } finally {
    await world.close();
  }
});

test("a check that cannot be done says so and claims no damage", async ({ world }) => {
  const repo = await demoOf(world);
  const ctx = contextOf(world);
  // As if its disk were gone: a file where the folder was.
  await rm(join(world.dataDir, "blobs"), { recursive: true, force: true });
  await writeFile(join(world.dataDir, "blobs"), "");
  const oid = "0".repeat(64);
  await ctx.database.insert(lfsContents).values({ oid });
  await ctx.database.insert(lfsObjects).values({ repoId: repo.id, oid, size: 7 });
  expect(await checkRepository(ctx, repo, { full: false })).toMatchObject({
    state: "failed",
    problems: [expect.stringContaining("ENOTDIR")],
  });
  expect(await world.events({ type: "repository.damaged" })).toEqual([]);
  expect((await git(folderOf(world, repo).dir, ["fsck"])).exitCode).toBe(0);
});
