/**
 * The embedded PostgreSQL server: a child process with a life of its own. It outlives a killed parent, and the
 * next start adopts it; it is started again when it dies; it stops cleanly when asked.
 */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { formatDatabaseUrl } from "./address.ts";
import { connectDriver } from "./client.ts";
import {
  account,
  clusterExists,
  createCluster,
  port,
  readSecret,
  renewSecret,
  settingsAreCurrent,
  writeSettings,
  type Layout,
  type Programs,
  type Purpose,
} from "./cluster.ts";
import { sqlState } from "./errors.ts";
import { chooseLauncher, commandFor, databaseEnvironment, type Launcher } from "./launcher.ts";
import { findPrograms, layoutOf, major, makeFolders } from "./layout.ts";
import {
  endOrphans,
  isServerOf,
  programOf,
  readPidFile,
  removeStalePidFile,
  stopServer,
  waitUntilReady,
} from "./postmaster.ts";

/** What a pino logger offers. */
export type DatabaseLog = Record<"info" | "warn" | "error", (details: object, message: string) => void>;

export type EmbeddedServer = {
  url: string;
  /** For instance "18.4". */
  version: string;
  /** The pid of the running server; it changes after a crash. */
  pid(): number;
  /** Whether the server was found running at the start. */
  adopted: boolean;
  onCrash(listener: () => void): void;
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  log: DatabaseLog;
  purpose?: Purpose;
  /** False forgoes user namespaces, as a kernel without them does. */
  namespaces?: boolean;
  /** How long a clean stop may take before running transactions are cut off. */
  stopDeadlineMs?: number;
};

type Running = { pid: number; ended: Promise<void> };
type Setup = { layout: Layout; programs: Programs; launcher: Launcher; purpose: Purpose };

const watchMs = 500;
const readyDeadlineMs = 10 * 60_000;
const shortestBackoffMs = 100;
const longestBackoffMs = 30_000;
const steadyAfterMs = 60_000;

function urlOf(layout: Layout): string {
  const password = readSecret(layout);
  if (password === undefined) throw new Error(`The database's password file ${layout.secretFile} is missing`);
  return formatDatabaseUrl({
    host: layout.socketDir,
    port,
    user: account,
    password,
    database: account,
    ssl: false,
  });
}

/** The URL of the embedded database in `dataDir`. Throws when none was ever started there. */
export function embeddedUrl(dataDir: string): string {
  return urlOf(layoutOf(dataDir));
}

/** Notices the end of a server that is not our child, by looking twice a second. */
function watchStranger(pid: number, cluster: string): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isServerOf(pid, cluster)) return;
      clearInterval(timer);
      resolve();
    }, watchMs);
    timer.unref();
  });
}

function launch({ layout, programs, launcher }: Setup): Running {
  const command = commandFor(launcher, programs.postgres, ["-D", layout.cluster]);
  const output = openSync(layout.startLog, "w", 0o600);
  try {
    // In a session of its own: a Ctrl-C in the terminal is for us, who stop the database last.
    const child = spawn(command.file, command.args, {
      ...command.identity,
      cwd: layout.cluster,
      env: databaseEnvironment,
      stdio: ["ignore", output, output],
      detached: true,
    });
    child.unref();
    const ended = new Promise<void>((resolve) => {
      child.once("error", () => resolve()).once("exit", () => resolve());
    });
    return { pid: child.pid ?? -1, ended };
  } finally {
    closeSync(output);
  }
}

async function start(setup: Setup): Promise<Running> {
  const { layout, launcher, purpose } = setup;
  await endOrphans(layout.cluster);
  removeStalePidFile(layout.cluster);
  makeFolders(layout, launcher);
  if (!settingsAreCurrent(layout, purpose)) writeSettings(layout, launcher, purpose);
  const running = launch(setup);
  let hasEnded = false;
  void running.ended.then(() => (hasEnded = true));
  try {
    await waitUntilReady(layout.cluster, running.pid, () => hasEnded, readyDeadlineMs);
  } catch (error) {
    const said = readFileSync(layout.startLog, "utf8").trim().slice(-2_000);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${said}`.trim(), {
      cause: error,
    });
  }
  return running;
}

/** A server that was left running: it is kept when a new one would be the same, else stopped. */
async function adopt(
  { layout, programs, purpose }: Setup,
  stopDeadlineMs: number,
): Promise<Running | undefined> {
  const { cluster } = layout;
  const file = readPidFile(cluster);
  if (!file || !isServerOf(file.pid, cluster)) return undefined;
  const program = programOf(file.pid);
  const same =
    file.socketDir === layout.socketDir && (program === undefined || program === programs.postgres);
  if (same && file.status !== "stopping" && settingsAreCurrent(layout, purpose) && readSecret(layout)) {
    await waitUntilReady(cluster, file.pid, () => !isServerOf(file.pid, cluster), readyDeadlineMs);
    return { pid: file.pid, ended: watchStranger(file.pid, cluster) };
  }
  await stopServer(file.pid, cluster, stopDeadlineMs);
  return undefined;
}

/** The server's version as the account sees it, or undefined when the account's password does not fit. */
async function greet(url: string): Promise<string | undefined> {
  const sql = connectDriver({ url, poolSize: 1, applicationName: "wit start" });
  try {
    const [row] = await sql<{ server_version: string }[]>`show server_version`;
    return row?.server_version ?? "";
  } catch (error) {
    if (sqlState(error) === "28P01") return undefined;
    throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/**
 * Starts the server of `dataDir`, making its files at the first time, or adopts the one that already runs.
 * The caller holds the lock of the data folder (`lockDataFolder`). Throws a sentence that says what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log, purpose = "serve", stopDeadlineMs = 10_000 } = options;
  const layout = layoutOf(options.dataDir);
  const programs = findPrograms();
  const launcher = chooseLauncher(layout.folder, programs.postgres, options.namespaces);
  const setup: Setup = { layout, programs, launcher, purpose };
  const listeners: (() => void)[] = [];
  let stopping = false;

  if (!clusterExists(layout, major)) await createCluster(layout, programs, launcher, purpose);
  const found = await adopt(setup, stopDeadlineMs);
  if (found === undefined && readSecret(layout) === undefined) await renewSecret(layout, programs, launcher);
  let running = found ?? (await start(setup));
  let version = await greet(urlOf(layout));
  if (version === undefined) {
    await stopServer(running.pid, layout.cluster, stopDeadlineMs);
    await renewSecret(layout, programs, launcher);
    running = await start(setup);
    version = await greet(urlOf(layout));
  }
  if (version === undefined) throw new Error(`The database refuses the password in ${layout.secretFile}`);

  const supervise = async (): Promise<void> => {
    let backoff = shortestBackoffMs;
    for (;;) {
      const since = performance.now();
      await running.ended;
      if (stopping) return;
      log.error({ pid: running.pid }, "The database server ended unexpectedly and is started again");
      for (const listener of listeners) listener();
      if (performance.now() - since > steadyAfterMs) backoff = shortestBackoffMs;
      for (;;) {
        await pause(backoff, undefined, { ref: false });
        if (stopping) return;
        try {
          running = await start(setup);
          log.info({ pid: running.pid }, "The database server is back");
          break;
        } catch (error) {
          backoff = Math.min(backoff * 2, longestBackoffMs);
          log.error({ err: error, nextTryMs: backoff }, "The database server could not be started");
        }
      }
      backoff = Math.min(backoff * 2, longestBackoffMs);
    }
  };
  const supervision = supervise();

  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping = true;
    await stopServer(running.pid, layout.cluster, stopDeadlineMs);
    // A restart that was under way when we were asked to stop.
    const late = readPidFile(layout.cluster);
    if (late && isServerOf(late.pid, layout.cluster))
      await stopServer(late.pid, layout.cluster, stopDeadlineMs);
    void supervision;
  };
  return {
    url: urlOf(layout),
    version,
    pid: () => running.pid,
    adopted: found !== undefined,
    onCrash: (listener) => void listeners.push(listener),
    stop: () => (stopped ??= stop()),
  };
}
