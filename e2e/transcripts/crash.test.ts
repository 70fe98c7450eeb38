/** The real server loses its life, or its database, while people push; nothing that it said is unsaid afterwards. */
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Sql } from "postgres";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectDriver } from "../../server/kernel/db/client.ts";
import { layoutOf } from "../../server/kernel/db/layout.ts";
import { isServerOf, readPidFile, stopServer } from "../../server/kernel/db/postmaster.ts";
import { isHealthy, startForge, wit, type ForgeProcess } from "../../tools/testing/forge-process.ts";
import { openMachine, type Machine } from "./machine.ts";

const patient = { timeout: 60_000, interval: 10 };
const bounded = 240_000;

let dataDir: string;
let forge: ForgeProcess;
let machine: Machine;
let token: string;
let database: Sql;

const start = () => startForge({ dataDir, deadlineMs: 120_000 });

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "wit-crash-"));
  forge = await start();
  machine = await openMachine("alice");
  const who = ["--username", "alice", "--email", "alice@example.test", "--password", "alice likes to crash"];
  await wit(dataDir, "admin", "user", "create", ...who);
  const scopes = "repo:read,repo:write,user:read";
  token = await wit(dataDir, "admin", "token", "create", "--user", "alice", "--scopes", scopes);
  database = connectDriver({
    url: await wit(dataDir, "db", "url"),
    poolSize: 2,
    applicationName: "wit crash test",
  });
  expect((await api("POST", "/user/repos", { name: "demo", auto_init: true })).status).toBe(201);
}, bounded);

afterEach(async () => {
  await database?.end({ timeout: 1 });
  await forge?.stop();
  // Where a test failed after a kill, the database outlived its server.
  const { cluster } = layoutOf(dataDir);
  const left = readPidFile(cluster);
  if (left && isServerOf(left.pid, cluster)) await stopServer(left.pid, cluster, 5_000);
  await machine?.remove();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
}, bounded);

async function api(method: string, where: string, body?: object) {
  const answer = await fetch(`${forge.url}/api/v3${where}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as any };
}

const remote = () => `${forge.url.replace("://", `://alice:${token}@`)}/alice/demo.git`;

/** A clone whose commits go to a branch of its own. */
async function clone(branch: string) {
  await machine.git("", "clone", "-q", remote(), branch);
  await machine.git(branch, "checkout", "-q", "-b", branch);
}

const commit = async (branch: string) => {
  await machine.git(branch, "commit", "-q", "--allow-empty", "-m", `On ${branch}`);
  return machine.git(branch, "rev-parse", "HEAD");
};

const push = (branch: string) => machine.run(branch, "git", ["push", "-q", remote(), branch]);

/** Every branch of the server and where it is. */
async function branches(): Promise<Map<string, string>> {
  const listed = await machine.git("", "ls-remote", "--heads", remote());
  return new Map(listed.split("\n").map((line) => line.split("\t").toReversed() as [string, string]));
}

const intents = async () => Number((await database`select count(*) from ref_update_intents`)[0]?.["count"]);

/** Follows the news of each branch from its birth: they must lead, each used once, to where the branch is. */
async function expectNewsToTellTheRefs() {
  await vi.waitFor(async () => expect(await intents()).toBe(0), patient);
  const news = await database<{ ref: string; before: string; after: string }[]>`
    select payload->>'ref' as ref, payload->>'before' as before, payload->>'after' as after
    from events where type = 'repository.pushed'`;
  for (const [ref, oid] of await branches()) {
    const left = news.filter((one) => one.ref === ref);
    let at = "0".repeat(oid.length);
    while (left.length > 0) {
      const next = left.findIndex(({ before }) => before === at);
      expect(next, `of ${ref}, no news leads on from ${at}; left: ${JSON.stringify(left)}`).not.toBe(-1);
      at = left.splice(next, 1)[0]?.after ?? "";
    }
    expect(at, ref).toBe(oid);
  }
}

test(
  "a server that is killed between the move of a branch and its news tells the news at its next start, once",
  async () => {
    await clone("topic");
    const tip = await commit("topic");
    const holder = await database.reserve();
    await holder`begin`;
    // The server moves the ref, and then waits for us with the news of it.
    await holder`lock table events in exclusive mode`;
    const pushing = push("topic");
    await vi.waitFor(async () => {
      const waiting =
        await database`select 1 from pg_locks where relation = 'events'::regclass and not granted`;
      expect(waiting).not.toHaveLength(0);
    }, patient);
    await forge.kill();
    expect((await pushing).code).not.toBe(0);
    await holder`rollback`;
    holder.release();
    expect(await intents()).toBe(1);
    forge = await start();
    await expectNewsToTellTheRefs();
    expect((await branches()).get("refs/heads/topic")).toBe(tip);
    const told = await database`
      select u.username from events e join "user" u on u.id = e.actor_id
      where type = 'repository.pushed' and payload->>'after' = ${tip}`;
    expect(told).toEqual([{ username: "alice" }]);
    expect(await push("topic")).toMatchObject({ code: 0 });
  },
  bounded,
);

test(
  "a server that is killed at any moment of many pushes keeps what it confirmed, and its refs are what its news tell",
  async () => {
    const names = ["left", "right"];
    await Promise.all(names.map(clone));
    const confirmed = new Map<string, string>();
    for (let round = 0; round < 2; round += 1) {
      const killed = new AbortController();
      const first = Promise.withResolvers<void>();
      const pushers = names.map(async (name) => {
        while (!killed.signal.aborted) {
          const tip = await commit(name);
          const { code, said } = await push(name);
          if (code === 0) confirmed.set(`refs/heads/${name}`, tip);
          else if (!killed.signal.aborted) throw new Error(`a push was refused: ${said}`);
          first.resolve();
        }
      });
      await Promise.race([first.promise, ...pushers]);
      const moment = Math.random() * 300;
      await new Promise((resolve) => setTimeout(resolve, moment));
      killed.abort();
      await forge.kill();
      await Promise.all(pushers);
      forge = await start();
      await expectNewsToTellTheRefs();
      const now = await branches();
      for (const [ref, tip] of confirmed) {
        const at = now.get(ref) ?? "nowhere";
        const name = ref.slice("refs/heads/".length);
        const lost = await machine.run(name, "git", ["merge-base", "--is-ancestor", tip, at]);
        expect(lost.code, `round ${round}, killed after ${moment} ms: ${tip} is not in ${ref} at ${at}`).toBe(
          0,
        );
      }
    }
    await machine.git("", "clone", "-q", "--mirror", remote(), "mirror");
    await machine.git("mirror", "fsck", "--strict");
    for (const name of names) expect(await push(name)).toMatchObject({ code: 0 });
  },
  bounded,
);

test(
  "without its database the server answers 503, changes nothing, and is well again when the database is back",
  async () => {
    await clone("topic");
    const tip = await commit("topic");
    const before = await branches();
    const { cluster } = layoutOf(dataDir);
    const server = readPidFile(cluster);
    if (!server) throw new Error("no database server runs");
    // As if its disk were gone for a while: it cannot be started again before we let it.
    await rename(cluster, `${cluster}-away`);
    try {
      process.kill(server.pid, "SIGKILL");
      await vi.waitFor(async () => expect(await isHealthy(forge.url)).toBe(false), patient);
      const read = await api("GET", "/repos/alice/demo");
      expect(read).toMatchObject({ status: 503, body: { code: "unavailable" } });
      expect(Number(read.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await api("POST", "/repos/alice/demo/issues", { title: "Lost?" })).status).toBe(503);
      expect((await fetch(`${forge.url}/alice/demo`)).status).toBe(503);
      expect((await push("topic")).code).not.toBe(0);
    } finally {
      await rename(`${cluster}-away`, cluster);
    }
    await vi.waitFor(async () => expect(await isHealthy(forge.url)).toBe(true), patient);
    expect(await branches()).toEqual(before);
    expect((await api("GET", "/repos/alice/demo/issues")).body).toEqual([]);
    expect(await push("topic")).toMatchObject({ code: 0 });
    expect((await branches()).get("refs/heads/topic")).toBe(tip);
    await expectNewsToTellTheRefs();
    process.kill(forge.pid, 0);
  },
  bounded,
);

test(
  "a pull request that is set to merge does so at the next start, when the server is killed in the middle of its merge",
  async () => {
    await clone("topic");
    const tip = await commit("topic");
    await push("topic");
    const rule = { pattern: "main", require_status_checks: true, required_status_checks: ["ci"] };
    expect((await api("POST", "/repos/alice/demo/protection-rules", rule)).status).toBe(201);
    const opened = await api("POST", "/repos/alice/demo/pulls", { title: "T", head: "topic", base: "main" });
    expect(opened.status).toBe(201);
    const at = `/repos/alice/demo/pulls/${opened.body.number}`;
    expect((await api("PUT", `${at}/auto-merge`, {})).status).toBe(200);

    const holder = await database.reserve();
    await holder`begin`;
    // The merge takes the pull request for its last look, and waits for us with the target already locked.
    await holder`select 1 from pull_requests where number = ${opened.body.number} for share`;
    const green = { context: "ci", state: "success" };
    expect((await api("POST", `/repos/alice/demo/statuses/${tip}`, green)).status).toBe(201);
    await vi.waitFor(async () => {
      const waiting = await database`
        select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%"pull_requests"%for update%'`;
      expect(waiting).not.toHaveLength(0);
    }, patient);
    await forge.kill();
    await holder`rollback`;
    holder.release();
    const [before] = await database`select count(*)::int as n from events where type = 'pull-request.merged'`;
    expect(before).toEqual({ n: 0 });

    forge = await start();
    await vi.waitFor(async () => expect((await api("GET", at)).body.merged).toBe(true), {
      timeout: 120_000,
      interval: 200,
    });
    await expectNewsToTellTheRefs();
    const { merge_commit_sha: sha } = (await api("GET", at)).body;
    expect((await branches()).get("refs/heads/main")).toBe(sha);
    const [after] = await database`select count(*)::int as n from events where type = 'pull-request.merged'`;
    expect(after).toEqual({ n: 1 });
  },
  bounded,
);
