import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connect } from "./client.ts";
import { layoutOf } from "./layout.ts";
import { isServerOf, readPidFile, stopServer } from "./postmaster.ts";
import { openDatabase, startDatabase } from "./start.ts";
import { testFolder } from "./test-cluster.ts";
import { startEmbedded } from "./embedded.ts";

const log = { info() {}, warn() {}, error() {} };
const asRoot = process.geteuid?.() === 0;
const folders: string[] = [];
const children: ChildProcess[] = [];

function freshFolder(...below: string[]): string {
  const root = mkdtempSync(join(testFolder(), "wit-db-"));
  folders.push(root);
  const dataDir = join(root, ...below);
  mkdirSync(dataDir, { recursive: true });
  return dataDir;
}

let prepared = "";

/** A data folder whose database was started once and stopped, which is quicker than making one. */
function usedFolder(): string {
  const dataDir = freshFolder();
  execFileSync("cp", ["-a", `${prepared}/.`, dataDir]);
  return dataDir;
}

beforeAll(async () => {
  prepared = mkdtempSync(join(testFolder(), "wit-db-prepared-"));
  await (await startDatabase({ dataDir: prepared, log })).stop();
});

afterAll(() => rmSync(prepared, { recursive: true, force: true }));

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const root of folders.splice(0)) {
    for (const dataDir of [root, join(root, "data")]) {
      if (!existsSync(join(dataDir, "postgres"))) continue;
      const { cluster } = layoutOf(dataDir);
      const server = readPidFile(cluster);
      if (server) await stopServer(server.pid, cluster, 2_000);
    }
    rmSync(root, { recursive: true, force: true });
  }
});

/** Starts a database in a process of its own, which then waits; answers the database's URL and pid. */
async function inAnotherProcess(dataDir: string): Promise<{ child: ChildProcess; url: string; pid: number }> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)};
    import { lockDataFolder } from ${JSON.stringify(new URL("./data-lock.ts", import.meta.url).href)};
    const log = { info() {}, warn() {}, error() {} };
    const dataDir = process.argv[1];
    lockDataFolder(dataDir);
    const server = await startEmbedded({ dataDir, log });
    console.log(JSON.stringify({ url: server.url, pid: server.pid() }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, ...(JSON.parse(line) as { url: string; pid: number }) };
  }
  throw new Error("The other process ended before its database was ready");
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once("exit", resolve));
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = connect({ url, poolSize: 1 });
  try {
    return [...(await client.sql.unsafe<Record<string, unknown>[]>(statement))];
  } finally {
    await client.close();
  }
}

test("what was written before a stop is there after the next start, and the server is gone in between", async () => {
  const dataDir = freshFolder();
  const first = await startDatabase({ dataDir, log });
  expect(first.kind).toBe("embedded");
  await ask(first.url, "create table kept as select 42 as answer");
  const { cluster } = layoutOf(dataDir);
  const pid = readPidFile(cluster)?.pid ?? 0;
  expect(isServerOf(pid, cluster)).toBe(true);
  await first.stop();
  expect(isServerOf(pid, cluster)).toBe(false);
  const second = await startDatabase({ dataDir, log });
  expect(await ask(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await second.stop();
});

test("the password is asked for, is readable by its owner alone, and the account is no superuser", async () => {
  const dataDir = freshFolder();
  const database = await startDatabase({ dataDir, log });
  const { secretFile, socketDir, cluster } = layoutOf(dataDir);
  expect(statSync(secretFile).mode & 0o777).toBe(0o600);
  expect(statSync(socketDir).mode & 0o777).toBe(0o700);
  expect(statSync(cluster).mode & 0o777).toBe(0o700);
  const wrong = database.url.replace(/wit:[^@]*@/, "wit:guess@");
  await expect(ask(wrong, "select 1")).rejects.toThrow("password authentication failed");
  await expect(ask(wrong.replace("/wit:", "/postgres:"), "select 1")).rejects.toThrow("pg_hba.conf");
  expect(await ask(database.url, "select rolsuper, rolcreatedb from pg_roles where rolname = 'wit'")).toEqual(
    [{ rolsuper: false, rolcreatedb: false }],
  );
  expect(await ask(database.url, "show listen_addresses")).toEqual([{ listen_addresses: "" }]);
  await database.stop();
});

test("a server whose parent was killed is adopted by the next start, with everything it held", async () => {
  const dataDir = usedFolder();
  const other = await inAnotherProcess(dataDir);
  await ask(other.url, "create table kept as select 42 as answer");
  other.child.kill("SIGKILL");
  await ended(other.child);
  const next = await startEmbedded({ dataDir, log });
  expect(next.adopted).toBe(true);
  expect(next.pid()).toBe(other.pid);
  expect(await ask(next.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await next.stop();
  expect(isServerOf(other.pid, layoutOf(dataDir).cluster)).toBe(false);
});

test("an adopted server that dies is noticed and started again", async () => {
  const dataDir = usedFolder();
  const other = await inAnotherProcess(dataDir);
  other.child.kill("SIGKILL");
  await ended(other.child);
  const next = await startEmbedded({ dataDir, log });
  const crashed = new Promise<void>((resolve) => next.onCrash(resolve));
  process.kill(next.pid(), "SIGQUIT");
  await crashed;
  await expect
    .poll(() => ask(next.url, "select 1 as one").catch(() => []), { timeout: 10_000 })
    .toHaveLength(1);
  await next.stop();
});

test("files of a server that was killed together with its parent are recovered", async () => {
  const dataDir = usedFolder();
  const other = await inAnotherProcess(dataDir);
  await ask(other.url, "create table kept as select 42 as answer");
  other.child.kill("SIGKILL");
  process.kill(other.pid, "SIGKILL");
  await ended(other.child);
  const next = await startEmbedded({ dataDir, log });
  expect(next.adopted).toBe(false);
  expect(await ask(next.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await next.stop();
});

test("a pid file that now names a stranger neither stops the start nor harms the stranger", async () => {
  const dataDir = usedFolder();
  const first = await startDatabase({ dataDir, log });
  const { cluster } = layoutOf(dataDir);
  const pidFile = readFileSync(join(cluster, "postmaster.pid"), "utf8");
  await first.stop();
  const stranger = spawn("sleep", ["60"], { stdio: "ignore" });
  children.push(stranger);
  writeFileSync(join(cluster, "postmaster.pid"), pidFile.replace(/^\d+/, String(stranger.pid)), {
    mode: 0o600,
  });
  const second = await startDatabase({ dataDir, log });
  expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.stop();
  expect(stranger.exitCode).toBe(null);
  expect(stranger.signalCode).toBe(null);
});

test("a server that dies is started again, and an open pool works again without being reopened", async () => {
  const dataDir = usedFolder();
  const server = await startEmbedded({ dataDir, log });
  const client = connect({ url: server.url });
  await client.sql`create table kept as select 42 as answer`;
  const crashed = new Promise<void>((resolve) => server.onCrash(resolve));
  const before = server.pid();
  process.kill(before, "SIGKILL");
  await crashed;
  await expect
    .poll(() => client.sql<{ answer: number }[]>`select answer from kept`.catch(() => []), {
      timeout: 10_000,
    })
    .toEqual([{ answer: 42 }]);
  expect(server.pid()).not.toBe(before);
  await client.close(0);
  await server.stop();
});

test("a stop that comes while the server is being started again leaves none running", async () => {
  const dataDir = usedFolder();
  const server = await startEmbedded({ dataDir, log });
  const crashed = new Promise<void>((resolve) => server.onCrash(resolve));
  process.kill(server.pid(), "SIGKILL");
  await crashed;
  await server.stop();
  const { cluster } = layoutOf(dataDir);
  expect(readPidFile(cluster) && isServerOf(readPidFile(cluster)?.pid ?? 0, cluster)).toBeFalsy();
});

test("a second process on the same data folder is refused with the first one's number", async () => {
  const dataDir = usedFolder();
  const other = await inAnotherProcess(dataDir);
  await expect(startDatabase({ dataDir, log })).rejects.toThrow(`is in use by process ${other.child.pid}`);
});

test("of five starts at once on one folder exactly one gets it", async () => {
  const dataDir = usedFolder();
  const starts = await Promise.allSettled(Array.from({ length: 5 }, () => startDatabase({ dataDir, log })));
  const won = starts.filter((start) => start.status === "fulfilled");
  expect(won).toHaveLength(1);
  for (const start of starts) {
    if (start.status === "rejected") expect(String(start.reason)).toContain("is in use by");
  }
  await Promise.all(won.map((start) => start.value.stop()));
});

test("the command line uses the database of a running server and leaves it running", async () => {
  const dataDir = usedFolder();
  const other = await inAnotherProcess(dataDir);
  const attached = await openDatabase({ dataDir, log });
  expect(attached.url).toBe(other.url);
  await attached.stop();
  expect(await ask(other.url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a lost password file is replaced, and the data stays", async () => {
  const dataDir = usedFolder();
  const first = await startDatabase({ dataDir, log });
  await ask(first.url, "create table kept as select 42 as answer");
  await first.stop();
  rmSync(layoutOf(dataDir).secretFile);
  const second = await startDatabase({ dataDir, log });
  expect(second.url).not.toBe(first.url);
  expect(await ask(second.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await second.stop();
  writeFileSync(layoutOf(dataDir).secretFile, "something else\n");
  const third = await startDatabase({ dataDir, log });
  expect(await ask(third.url, "select answer from kept")).toEqual([{ answer: 42 }]);
  await third.stop();
});

test("a first start that was cut off in the middle is done again", async () => {
  const dataDir = freshFolder();
  mkdirSync(join(dataDir, "postgres", "cluster.new", "base"), { recursive: true });
  writeFileSync(join(dataDir, "postgres", "cluster.new", "PG_VERSION"), "18\n");
  const database = await startDatabase({ dataDir, log });
  expect(await ask(database.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await database.stop();
});

test("files of another version, or of something else, are refused and left alone", async () => {
  const dataDir = freshFolder();
  const { cluster } = layoutOf(dataDir);
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, "letter.txt"), "dear reader");
  await expect(startDatabase({ dataDir, log })).rejects.toThrow("does not hold a PostgreSQL database");
  writeFileSync(join(cluster, "PG_VERSION"), "14\n");
  await expect(startDatabase({ dataDir, log })).rejects.toThrow("was made by PostgreSQL 14");
  expect(readFileSync(join(cluster, "letter.txt"), "utf8")).toBe("dear reader");
});

test("a data folder that is a file is refused with its name", async () => {
  const file = join(freshFolder(), "data");
  writeFileSync(file, "");
  await expect(startDatabase({ dataDir: file, log })).rejects.toThrow(
    `The data folder ${file} cannot be used`,
  );
});

test.each([
  ["with a space and a quote in its name", 'it\'s a "folder", of mine'],
  ["whose path is too long for a socket", "x".repeat(120)],
])("the server runs in a folder %s", async (_title, name) => {
  const dataDir = freshFolder(name, "data");
  const database = await startDatabase({ dataDir, log });
  expect(await ask(database.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await database.stop();
});

test.runIf(asRoot)("root can keep the database in a folder that only root can read", async () => {
  const dataDir = freshFolder("closed", "data");
  chmodSync(join(dataDir, ".."), 0o700);
  const database = await startDatabase({ dataDir, log });
  expect(await ask(database.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await database.stop();
});

test.runIf(asRoot)("without user namespaces root's database runs under an unprivileged account", async () => {
  const dataDir = freshFolder("data");
  chmodSync(join(dataDir, ".."), 0o755);
  const server = await startEmbedded({ dataDir, log, namespaces: false });
  expect(await ask(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
  const status = readFileSync(`/proc/${server.pid()}/status`, "utf8");
  expect(status).toMatch(/^Uid:\s+[1-9]/m);
  expect(status).toMatch(/^Groups:\s*$/m);
  await server.stop();
  const again = await startEmbedded({ dataDir, log });
  expect(readFileSync(`/proc/${again.pid()}/status`, "utf8")).toMatch(/^Uid:\s+[1-9]/m);
  await again.stop();
});

test.runIf(asRoot)("where no account can reach the folder, the refusal says what to do", async () => {
  const dataDir = freshFolder("closed", "data");
  chmodSync(join(dataDir, ".."), 0o700);
  await expect(startEmbedded({ dataDir, log, namespaces: false })).rejects.toThrow(
    "Start as an ordinary user",
  );
});
