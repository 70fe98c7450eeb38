/** The database files: where they lie, how they are made once, and the settings they run with. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { handOver, runProgram, type Launcher } from "./launcher.ts";

/** The programs of one PostgreSQL installation. */
export type Programs = { initdb: string; postgres: string };

export type Layout = {
  /** Everything of the database lies in here. */
  folder: string;
  /** PostgreSQL's data directory. */
  cluster: string;
  /** Where the Unix socket appears. */
  socketDir: string;
  logDir: string;
  /** What PostgreSQL says before its own log is open. */
  startLog: string;
  secretFile: string;
};

/** `test` gives up durability for speed and lets the account create databases. */
export type Purpose = "serve" | "test";

/** The files cannot be used by this version, or are not PostgreSQL's; the message says what to do. */
export class BadCluster extends Error {
  override readonly name = "BadCluster";
}

export const account = "wit";
export const port = 5432;

const durable: Readonly<Record<string, string>> = {
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_compression: "on",
  min_wal_size: "64MB",
  max_wal_size: "512MB",
  checkpoint_timeout: "15min",
};

const fleeting: Readonly<Record<string, string>> = {
  ...durable,
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  autovacuum: "off",
  checkpoint_timeout: "1h",
  // Inside the data folder, so that a killed run leaves nothing behind once that is removed.
  dynamic_shared_memory_type: "mmap",
};

/** Sized for two cores and little memory; everything else is PostgreSQL's own default. */
function settings(layout: Layout, purpose: Purpose): Record<string, string> {
  return {
    listen_addresses: "",
    port: String(port),
    unix_socket_directories: `"${layout.socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    max_connections: purpose === "test" ? "120" : "60",
    password_encryption: "scram-sha-256",
    shared_buffers: "128MB",
    effective_cache_size: "512MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    max_worker_processes: "4",
    max_parallel_workers: "2",
    max_parallel_workers_per_gather: "1",
    max_logical_replication_workers: "0",
    autovacuum_max_workers: "2",
    io_workers: "1",
    random_page_cost: "1.1",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    // One file for each day of the week, each overwritten a week later.
    logging_collector: "on",
    log_directory: layout.logDir,
    log_filename: "postgresql-%a.log",
    log_rotation_age: "1d",
    log_rotation_size: "0",
    log_truncate_on_rotation: "on",
    log_file_mode: "0600",
    log_checkpoints: "off",
    log_lock_waits: "on",
    log_min_duration_statement: "1s",
    ...(purpose === "test" ? fleeting : durable),
  };
}

function configuration(layout: Layout, purpose: Purpose): string {
  const quoted = (value: string) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
  const lines = Object.entries(settings(layout, purpose)).map(
    ([name, value]) => `${name} = ${quoted(value)}`,
  );
  return [
    "# Written anew at every start: change a setting in postgresql.auto.conf instead.",
    ...lines,
    "",
  ].join("\n");
}

function access(purpose: Purpose): string {
  return `local ${purpose === "test" ? "all" : account} ${account} scram-sha-256\n`;
}

/** The address a client connects to is at most 107 bytes on Linux and 103 elsewhere: `sockaddr_un`. */
export function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${port}`)) <= 103;
}

/** Writes a file in one step, readable by its owner alone. */
function writeWhole(launcher: Launcher, path: string, content: string): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600, flush: true });
  handOver(launcher, `${path}.new`);
  renameSync(`${path}.new`, path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The account's password, or undefined when the file is gone. */
export function readSecret(layout: Layout): string | undefined {
  return readIfThere(layout.secretFile)?.trim() || undefined;
}

/** Whether the files are there; throws `BadCluster` when something else is, or another version's. */
export function clusterExists(layout: Layout, major: string): boolean {
  const version = readIfThere(join(layout.cluster, "PG_VERSION"))?.trim();
  if (version === major) return true;
  if (version !== undefined) {
    throw new BadCluster(
      `${layout.cluster} was made by PostgreSQL ${version}, and this is ${major}. Dump it with the old version and ` +
        "load the dump, or point DATABASE_URL at a server of your own.",
    );
  }
  if (existsSync(layout.cluster) && readdirSync(layout.cluster).length > 0) {
    throw new BadCluster(`${layout.cluster} is not empty and does not hold a PostgreSQL database.`);
  }
  return false;
}

/** Whether the files already hold the settings that a start would write. */
export function settingsAreCurrent(layout: Layout, purpose: Purpose): boolean {
  const { cluster } = layout;
  return (
    readIfThere(join(cluster, "postgresql.conf")) === configuration(layout, purpose) &&
    readIfThere(join(cluster, "pg_hba.conf")) === access(purpose)
  );
}

export function writeSettings(
  layout: Layout,
  launcher: Launcher,
  purpose: Purpose,
  cluster = layout.cluster,
): void {
  writeWhole(launcher, join(cluster, "postgresql.conf"), configuration(layout, purpose));
  writeWhole(launcher, join(cluster, "pg_hba.conf"), access(purpose));
}

/** Statements for a server that nobody can connect to: the superuser has no password and no way in. */
async function runAlone(
  programs: Programs,
  launcher: Launcher,
  cluster: string,
  statements: string[],
): Promise<void> {
  const output = await runProgram(
    launcher,
    programs.postgres,
    ["--single", "-D", cluster, "-c", "logging_collector=off", "postgres"],
    { cwd: cluster, input: `${statements.join("\n")}\n` },
  );
  const failure = output.split("\n").find((line) => /\b(ERROR|FATAL|PANIC):/.test(line));
  if (failure) throw new BadCluster(`The database could not be prepared: ${failure.trim()}`);
}

/** Makes the files, with one database and one account that owns it. A crash on the way leaves nothing behind. */
export async function createCluster(
  layout: Layout,
  programs: Programs,
  launcher: Launcher,
  purpose: Purpose,
): Promise<void> {
  const fresh = `${layout.cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  handOver(launcher, fresh);
  const sync = purpose === "test" ? "--no-sync" : "--sync-method=syncfs";
  await runProgram(
    launcher,
    programs.initdb,
    // No one can connect before `pg_hba.conf` is replaced below, so `trust` is never in force.
    [
      "-D",
      fresh,
      "-U",
      "postgres",
      "-A",
      "trust",
      "-E",
      "UTF8",
      "--no-instructions",
      sync,
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
    ],
    { cwd: fresh },
  );
  writeSettings(layout, launcher, purpose, fresh);
  const secret = readSecret(layout) ?? writeSecret(layout, randomBytes(24).toString("base64url"));
  const powers = purpose === "test" ? "LOGIN CREATEDB" : "LOGIN";
  await runAlone(programs, launcher, fresh, [
    `CREATE ROLE ${account} ${powers} PASSWORD '${secret}';`,
    `CREATE DATABASE ${account} OWNER ${account};`,
  ]);
  rmSync(layout.cluster, { recursive: true, force: true });
  renameSync(fresh, layout.cluster);
}

/** Gives the account a new password after the secret was lost; the server must not be running. */
export async function renewSecret(layout: Layout, programs: Programs, launcher: Launcher): Promise<void> {
  const secret = randomBytes(24).toString("base64url");
  await runAlone(programs, launcher, layout.cluster, [`ALTER ROLE ${account} PASSWORD '${secret}';`]);
  writeSecret(layout, secret);
}

function writeSecret(layout: Layout, secret: string): string {
  writeWhole({ kind: "direct" }, layout.secretFile, `${secret}\n`);
  return secret;
}
