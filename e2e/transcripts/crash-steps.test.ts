/**
 * The real server is killed after each single thing that it does for a push, a merge, a rename, a fork, a deletion and a purge,
 * and started again: what it confirmed is there, and refs and rows agree.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Sql } from "postgres";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectDriver } from "../../server/kernel/db/client.ts";
import { layoutOf } from "../../server/kernel/db/layout.ts";
import { isServerOf, readPidFile, stopServer } from "../../server/kernel/db/postmaster.ts";
import { startForge, wit, type ForgeProcess } from "../../tools/testing/forge-process.ts";
import { openMachine, type Machine } from "./machine.ts";

const patient = { timeout: 60_000, interval: 10 };
const bounded = 600_000;
const preload = new URL("../../tools/testing/die-at-step.ts", import.meta.url).href;

let root: string;
let dataDir: string;
let order: string;
let forge: ForgeProcess;
let machine: Machine;
let token: string;
let database: Sql;

const start = () =>
  startForge({
    dataDir,
    deadlineMs: 120_000,
    variables: { NODE_OPTIONS: `--import ${preload}`, WIT_DIE_AT: order },
  });

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), "wit-steps-"));
  dataDir = path.join(root, "data");
  order = path.join(root, "order");
  forge = await start();
  machine = await openMachine("alice");
  const who = ["--username", "alice", "--email", "alice@example.test", "--password", "alice likes to crash"];
  await wit(dataDir, "admin", "user", "create", ...who);
  const scopes = "repo:read,repo:write,user:read,user:write";
  token = await wit(dataDir, "admin", "token", "create", "--user", "alice", "--scopes", scopes);
  const url = await wit(dataDir, "db", "url");
  database = connectDriver({ url, poolSize: 2, applicationName: "wit crash test" });
  expect((await api("POST", "/user/repos", { name: "demo", auto_init: true }))?.status).toBe(201);
  await machine.git("", "clone", "-q", remote(), "work");
  await settled();
}, bounded);

afterEach(async () => {
  await database?.end({ timeout: 1 });
  await forge?.stop();
  const { cluster } = layoutOf(dataDir);
  const left = readPidFile(cluster);
  if (left && isServerOf(left.pid, cluster)) await stopServer(left.pid, cluster, 5_000);
  await machine?.remove();
  await rm(root, { recursive: true, force: true, maxRetries: 3 });
}, bounded);

const remote = (repo = "alice/demo") => `${forge.url.replace("://", `://alice:${token}@`)}/${repo}.git`;

/** The answer, or null when the server died before it gave one. */
async function api(method: string, where: string, body?: object) {
  try {
    const answer = await fetch(`${forge.url}/api/v3${where}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      redirect: "manual",
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(30_000),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? null : (JSON.parse(text) as any) };
  } catch {
    return null;
  }
}

const isAlive = () => {
  try {
    process.kill(forge.pid, 0);
    return !readFileSync(`/proc/${forge.pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
};

/** No jobs wait: what is counted next belongs to what is done next. */
async function settled(): Promise<void> {
  await vi.waitFor(async () => {
    const waiting = await database`
      select data, state, output from jobs.job
      where state in ('created', 'retry', 'active') and start_after <= now()`;
    expect(waiting).toEqual([]);
  }, patient);
}

const counted = (): string[] => JSON.parse(readFileSync(`${order}.steps`, "utf8"));

/** Counts from now on. A server that is dead already counts no more. */
async function arm(at: number): Promise<void> {
  armings += 1;
  writeFileSync(order, `${at} ${armings}`);
  try {
    process.kill(forge.pid, "SIGUSR2");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return;
    throw error;
  }
  const heard = () => readFileSync(`${order}.heard`, "utf8") === String(armings);
  await vi.waitFor(() => expect(!isAlive() || heard()).toBe(true), patient);
}

let armings = 0;
const never = 1_000_000;

/** Starts the server that died; the jobs that died with it do not wait for the time after which they count as lost. */
async function startAnew(): Promise<void> {
  await forge.kill();
  await database`update jobs.job set state = 'retry', start_after = now() where state = 'active'`;
  forge = await start();
}

/**
 * Does something again and again, killed after its first step, after its second and so on, until it has no further ones. After
 * each death the server is started anew and `holds` says what must be true.
 *
 * @param act what is done in a round; answers whether the server confirmed it
 * @returns what the steps were, of the last round
 */
async function dieAtEveryStep(
  act: (round: number) => Promise<boolean>,
  holds: (round: number, confirmed: boolean, last: string) => Promise<void>,
): Promise<string[]> {
  for (let round = 1; ; round += 1) {
    await settled();
    await arm(round);
    const confirmed = await act(round);
    const steps = counted();
    // The jobs that follow what was confirmed run again when they die, and are no part of this.
    if (confirmed) await arm(never);
    if (confirmed && isAlive()) {
      await holds(round, true, "the end");
      return steps;
    }
    await vi.waitFor(
      () => expect(isAlive(), `the server lives after ${steps.join("; ")}`).toBe(false),
      patient,
    );
    await startAnew();
    await holds(round, confirmed, steps.at(-1) ?? "nothing");
  }
}

const refsOf = async (repo = "alice/demo") => {
  const listed = await machine.git("", "ls-remote", remote(repo));
  return new Map(listed.split("\n").map((line) => line.split("\t").toReversed() as [string, string]));
};

/** No intent is left, and each branch is where its news say, told once each. */
async function expectNewsToTellTheRefs(): Promise<void> {
  await vi.waitFor(
    async () => expect(await database`select 1 from ref_update_intents`).toHaveLength(0),
    patient,
  );
  const news = await database<{ ref: string; before: string; after: string }[]>`
    select payload->>'ref' as ref, payload->>'before' as before, payload->>'after' as after
    from events e join repositories r on r.id = e.repo_id
    where type = 'repository.pushed' and r.name = 'demo' order by sequence`;
  const told = new Map<string, string>();
  for (const { ref, before, after } of news) {
    const at = told.get(ref) ?? "0".repeat(after.length);
    expect(before, `of ${ref}`).toBe(at);
    told.set(ref, after);
  }
  const refs = await refsOf();
  for (const [ref, oid] of refs) if (ref.startsWith("refs/heads/")) expect(told.get(ref), ref).toBe(oid);
  for (const [ref, oid] of told) if (!/^0+$/.test(oid)) expect(refs.get(ref), ref).toBe(oid);
}

/** Every repository is whole, and rows and refs agree. */
const expectAllWell = async () => {
  await settled();
  expect(await wit(dataDir, "git", "check", "--all", "--full")).not.toContain("damaged");
};

const commit = async (branch: string, from: string) => {
  await machine.git("work", "checkout", "-q", "-B", branch, from);
  await machine.write(`work/${branch}.txt`, `${branch}\n`);
  await machine.git("work", "add", ".");
  await machine.git("work", "commit", "-q", "-m", `On ${branch}`);
  return machine.git("work", "rev-parse", "HEAD");
};

const push = async (branch: string) =>
  (await machine.run("work", "git", ["push", "-q", remote(), `${branch}:${branch}`])).code === 0;

test(
  "a push that is killed at any step is there with its news or not there at all, and works when it is done again",
  async () => {
    const steps = await dieAtEveryStep(
      async (round) => {
        await commit(`push-${round}`, "origin/main");
        return push(`push-${round}`);
      },
      async (round, confirmed, last) => {
        const branch = `push-${round}`;
        const tip = await machine.git("work", "rev-parse", branch);
        await expectNewsToTellTheRefs();
        const at = (await refsOf()).get(`refs/heads/${branch}`);
        if (confirmed) expect(at, last).toBe(tip);
        else expect([undefined, tip], last).toContain(at);
        expect(await push(branch), `again after ${last}`).toBe(true);
        expect((await refsOf()).get(`refs/heads/${branch}`)).toBe(tip);
      },
    );
    // What was killed is what a push is made of.
    expect(steps).toEqual(expect.arrayContaining(["git index-pack", "git update-ref"]));
    expect(steps.filter((name) => name.startsWith("commit of")).length).toBeGreaterThanOrEqual(2);
    await expectNewsToTellTheRefs();
    await expectAllWell();
  },
  bounded,
);

test(
  "a merge that is killed at any step happened wholly or not at all, and each pull request is merged once",
  async () => {
    const numbers = new Map<number, number>();
    const merge = (number: number) => api("PUT", `/repos/alice/demo/pulls/${number}/merge`, {});
    const steps = await dieAtEveryStep(
      async (round) => {
        const branch = `merge-${round}`;
        let number = numbers.get(round);
        if (number === undefined) {
          // Opening it is no part of what is killed.
          await arm(never);
          await machine.git("work", "fetch", "-q", remote(), "main:refs/remotes/origin/main");
          await commit(branch, "origin/main");
          expect(await push(branch)).toBe(true);
          const opened = await api("POST", "/repos/alice/demo/pulls", {
            title: branch,
            head: branch,
            base: "main",
          });
          expect(opened?.status).toBe(201);
          number = Number(opened?.body.number);
          numbers.set(round, number);
          await settled();
          await arm(round);
        }
        return (await merge(number))?.status === 200;
      },
      async (round, confirmed, last) => {
        const number = numbers.get(round) ?? 0;
        await expectNewsToTellTheRefs();
        await settled();
        const head = await machine.git("work", "rev-parse", `merge-${round}`);
        const pull = (await api("GET", `/repos/alice/demo/pulls/${number}`))?.body;
        await machine.git("work", "fetch", "-q", remote(), "main:refs/remotes/origin/main");
        const { code } = await machine.run("work", "git", [
          "merge-base",
          "--is-ancestor",
          head,
          "origin/main",
        ]);
        expect(pull.merged, `after ${last}`).toBe(code === 0);
        if (confirmed) expect(pull.merged).toBe(true);
        expect(pull.state).toBe(pull.merged ? "closed" : "open");
        if (!pull.merged) expect((await merge(number))?.status, `again after ${last}`).toBe(200);
        const told = await database`
          select 1 from events where type = 'pull-request.merged' and (payload->>'number')::int = ${number}`;
        expect(told, `after ${last}`).toHaveLength(1);
      },
    );
    expect(steps).toContain("git update-ref");
    await expectNewsToTellTheRefs();
    await expectAllWell();
  },
  bounded,
);

test(
  "a rename that is killed at any step leaves one name that works, and the other one leads to it or to nothing",
  async () => {
    let name = "demo";
    const steps = await dieAtEveryStep(
      async (round) =>
        (await api("PATCH", `/repos/alice/${name}`, { name: `name-${round}` }))?.status === 200,
      async (round, confirmed, last) => {
        const [before, after] = [name, `name-${round}`];
        const [old, now] = [
          await api("GET", `/repos/alice/${before}`),
          await api("GET", `/repos/alice/${after}`),
        ];
        if (confirmed) expect(now?.status, last).toBe(200);
        if (now?.status === 200) {
          expect([301, 307], last).toContain(old?.status);
          await machine.git("", "ls-remote", remote(`alice/${before}`));
        } else {
          expect([old?.status, now?.status], last).toEqual([200, 404]);
          expect((await api("PATCH", `/repos/alice/${before}`, { name: after }))?.status).toBe(200);
        }
        name = after;
        const told = await database`
          select 1 from events where type = 'repository.renamed' and payload->>'name' = ${after}`;
        expect(told).toHaveLength(1);
        await machine.git("", "ls-remote", remote(`alice/${after}`));
      },
    );
    expect(steps.length).toBeGreaterThanOrEqual(1);
    await expectAllWell();
  },
  bounded,
);

/** All folders of repositories on disk, finished or not. */
const folders = () =>
  readdirSync(path.join(dataDir, "repositories"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes(".git"))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((folder) => !folder.slice(0, -4).includes(".git/"));

/** Has a job run now. */
const runJob = async (job: string) => {
  const lane = "long";
  await database`insert into jobs.job (name, data) values (${lane}, ${database.json({ job, data: {} })})`;
};

test(
  "a fork that is killed at any step is whole or not there, can be made again, and leaves no folder behind",
  async () => {
    const home = async (round: number) => {
      const made = await api("POST", "/user/orgs", { login: `home-${round}`, name: `Home ${round}` });
      if (made?.status !== 201)
        expect((await api("POST", "/orgs", { login: `home-${round}` }))?.status).toBe(201);
    };
    const fork = (round: number) => api("POST", "/repos/alice/demo/forks", { organization: `home-${round}` });
    const steps = await dieAtEveryStep(
      async (round) => {
        await arm(never);
        await home(round);
        await settled();
        await arm(round);
        return (await fork(round))?.status === 202;
      },
      async (round, confirmed, last) => {
        const place = `home-${round}/demo`;
        const found = await api("GET", `/repos/${place}`);
        if (confirmed) expect(found?.status, last).toBe(200);
        if (found?.status !== 200) expect((await fork(round))?.status, `again after ${last}`).toBe(202);
        expect(await refsOf(place)).toEqual(await refsOf());
        const [row] =
          await database`select forks_count from repositories where name = 'demo' and not is_fork`;
        expect(row?.["forks_count"], last).toBe(round);
      },
    );
    expect(steps).toContain("git pack-objects");
    const rows = await database<{ count: string }[]>`select count(*) from repositories`;
    const alive = Number(rows[0]?.count);
    expect(folders().length).toBeGreaterThan(alive);
    const longAgo = new Date(Date.now() - 3 * 86_400_000);
    for (const folder of folders()) {
      execFileSync("find", [
        folder,
        "-maxdepth",
        "1",
        "-name",
        "config",
        "-exec",
        "touch",
        "-d",
        longAgo.toISOString(),
        "{}",
        "+",
      ]);
      utimesSync(folder, longAgo, longAgo);
    }
    await runJob("repositories.sweep");
    await vi.waitFor(() => expect(folders()).toHaveLength(alive), patient);
    await expectAllWell();
  },
  bounded,
);

test(
  "a first push that creates its repository and is killed at any step leaves a whole repository or none",
  async () => {
    const first = async (round: number) =>
      (await machine.run("work", "git", ["push", "-q", remote(`alice/born-${round}`), "HEAD:main"])).code ===
      0;
    const steps = await dieAtEveryStep(first, async (round, confirmed, last) => {
      const found = await api("GET", `/repos/alice/born-${round}`);
      if (confirmed) expect(found?.status, last).toBe(200);
      if (found?.status !== 200) expect(await first(round), `again after ${last}`).toBe(true);
      const tip = await machine.git("work", "rev-parse", "HEAD");
      expect((await refsOf(`alice/born-${round}`)).get("refs/heads/main"), last).toBe(tip);
      const made = await database`select is_private from repositories where name = ${`born-${round}`}`;
      expect(made).toEqual([{ is_private: true }]);
    });
    expect(steps).toEqual(expect.arrayContaining(["git index-pack", "git update-ref"]));
    await expectAllWell();
  },
  bounded,
);

test(
  "a deletion that is killed at any step is done or not begun, and a purge that is killed ends the repository once",
  async () => {
    const deleted = await dieAtEveryStep(
      async (round) => {
        await arm(never);
        expect((await api("POST", "/user/repos", { name: `doomed-${round}`, auto_init: true }))?.status).toBe(
          201,
        );
        await settled();
        await arm(round);
        return (await api("DELETE", `/repos/alice/doomed-${round}`))?.status === 204;
      },
      async (round, confirmed, last) => {
        const place = `/repos/alice/doomed-${round}`;
        const found = await api("GET", place);
        if (confirmed) expect(found?.status, last).toBe(404);
        if (found?.status === 200) expect((await api("DELETE", place))?.status).toBe(204);
        expect((await api("GET", place))?.status).toBe(404);
        const told = await database`
          select 1 from events where type = 'repository.deleted' and payload->>'name' = ${`doomed-${round}`}`;
        expect(told, last).toHaveLength(1);
      },
    );
    expect(deleted.length).toBeGreaterThanOrEqual(1);
    const left = async () =>
      Number((await database`select count(*) from repositories where deleted_at is not null`)[0]?.["count"]);
    expect(await left()).toBeGreaterThanOrEqual(2);
    await database`update repositories set deleted_at = now() - interval '31 days' where deleted_at is not null`;
    for (let round = 1; round <= 6 && (await left()) > 0; round += 1) {
      await settled();
      await arm(round);
      await runJob("repositories.purge");
      await vi.waitFor(async () => expect((await left()) === 0 || !isAlive()).toBe(true), patient);
      if (isAlive()) continue;
      await startAnew();
    }
    expect(await left()).toBe(0);
    await arm(never);
    const longAgo = new Date(Date.now() - 3 * 86_400_000);
    for (const folder of folders())
      execFileSync("find", [
        folder,
        "-maxdepth",
        "1",
        "-exec",
        "touch",
        "-d",
        longAgo.toISOString(),
        "{}",
        "+",
      ]);
    await runJob("repositories.sweep");
    await vi.waitFor(() => expect(folders()).toHaveLength(1), patient);
    expect((await api("GET", "/repos/alice/demo"))?.status).toBe(200);
    await expectAllWell();
  },
  bounded,
);
