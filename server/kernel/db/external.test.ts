import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDatabaseUrl, withDatabase } from "./address.ts";
import { connect, isUnavailable } from "./client.ts";
import { chooseLauncher, commandFor, databaseEnvironment, type Launcher } from "./launcher.ts";
import { readPidFile, stopServer, waitUntilReady } from "./postmaster.ts";
import { startDatabase } from "./start.ts";
import { testFolder } from "./test-cluster.ts";

const log = { info() {}, warn() {}, error() {} };
const bin = process.env["WIT_TEST_PG15_BIN"] ?? "/usr/lib/postgresql/15/bin";

describe.runIf(existsSync(join(bin, "postgres")))("a PostgreSQL 15 of one's own", () => {
  let root = "";
  let cluster = "";
  let launcher: Launcher = { kind: "direct" };
  let child: ChildProcess | undefined;
  let url = "";

  async function start(): Promise<void> {
    const settings = [
      "-c",
      "listen_addresses=",
      "-c",
      `unix_socket_directories=${join(root, "run")}`,
      "-c",
      "fsync=off",
    ];
    const command = commandFor(launcher, join(bin, "postgres"), ["-D", cluster, ...settings]);
    child = spawn(command.file, command.args, {
      ...command.identity,
      env: databaseEnvironment,
      stdio: "ignore",
    });
    await waitUntilReady(cluster, child.pid ?? 0, () => child?.exitCode !== null, 30_000);
  }

  beforeAll(async () => {
    root = mkdtempSync(join(testFolder(), "wit-pg15-"));
    launcher = chooseLauncher(root, join(bin, "postgres"));
    cluster = join(root, "cluster");
    writeFileSync(join(root, "password"), "pg15 & secret\n");
    const options = `-U own -A scram-sha-256 -E UTF8 --locale=C --no-sync`.split(" ");
    const files = ["-D", cluster, "--pwfile", join(root, "password")];
    const initdb = commandFor(launcher, join(bin, "initdb"), [...files, ...options]);
    execFileSync(initdb.file, initdb.args, { ...initdb.identity, env: databaseEnvironment, stdio: "ignore" });
    const run = commandFor(launcher, "mkdir", ["-m", "700", join(root, "run")]);
    execFileSync(run.file, run.args, run.identity);
    await start();
    const address = { host: join(root, "run"), port: 5432, user: "own", password: "pg15 & secret" };
    url = formatDatabaseUrl({ ...address, database: "postgres", ssl: false });
  });

  afterAll(async () => {
    const server = readPidFile(cluster);
    if (server) await stopServer(server.pid, cluster, 2_000);
    rmSync(root, { recursive: true, force: true });
  });

  function dataFolder(): string {
    const dataDir = join(root, `data-${performance.now()}`);
    mkdirSync(dataDir);
    return dataDir;
  }

  test("is used when it is named, and is not stopped with us", async () => {
    const database = await startDatabase({ dataDir: dataFolder(), databaseUrl: url, log });
    expect(database).toMatchObject({ kind: "external", url });
    expect(database.version).toMatch(/^15\./);
    await database.stop();
    const client = connect({ url });
    expect(await client.sql`select 1 as one`).toEqual([{ one: 1 }]);
    await client.close();
  });

  test("holds the data folder as an embedded one does", async () => {
    const dataDir = dataFolder();
    const database = await startDatabase({ dataDir, databaseUrl: url, log });
    await expect(startDatabase({ dataDir, databaseUrl: url, log })).rejects.toThrow("is in use by");
    await database.stop();
  });

  test("is refused with the reason when its password, its database or its encoding is wrong", async () => {
    const dataDir = dataFolder();
    const refused = (databaseUrl: string) => expect(startDatabase({ dataDir, databaseUrl, log })).rejects;
    await refused(url.replace("secret", "guess")).toThrow("password authentication failed");
    await refused(url.replace("secret", "guess")).not.toThrow("guess");
    await refused(withDatabase(url, "missing")).toThrow('database "missing" does not exist');
    const client = connect({ url });
    await client.sql`create database latin encoding 'LATIN1' template template0`;
    await client.close();
    await refused(withDatabase(url, "latin")).toThrow("encoding UTF8 is needed");
  });

  test("may go away and come back: queries fail as unavailable, then work on the same pool", async () => {
    const client = connect({ url, poolSize: 2 });
    await client.sql`select 1`;
    await stopServer(readPidFile(cluster)?.pid ?? 0, cluster, 5_000);
    const error = await client.sql`select 1`.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isUnavailable(error)).toBe(true);
    await start();
    await expect.poll(() => client.sql`select 1 as one`.catch(() => [])).toHaveLength(1);
    await client.close();
  });
});
