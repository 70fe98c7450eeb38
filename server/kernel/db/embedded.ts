/**
 * The embedded PostgreSQL server: a child process with a life of its own. It outlives a killed parent, and the
 * next start adopts it; it is started again when it dies; it stops cleanly when asked.
 */
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
  type Layout,
  type Purpose,
} from "./cluster.ts";
import { sqlState } from "./errors.ts";
import { chooseLauncher } from "./launcher.ts";
import { findPrograms, layoutOf, major, removeShortSocketDir } from "./layout.ts";
import { stopServer } from "./postmaster.ts";
import { adoptServer, startServer, type Running, type Setup } from "./server-process.ts";

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

/** Starts or adopts the server and proves that the password in the data folder opens it, renewing it if not. */
async function ready(
  setup: Setup,
  stopDeadlineMs: number,
): Promise<Running & { adopted: boolean; version: string }> {
  const { layout, programs, launcher, purpose } = setup;
  if (!clusterExists(layout, major)) await createCluster(layout, programs, launcher, purpose);
  const found = await adoptServer(setup, stopDeadlineMs);
  if (!found && readSecret(layout) === undefined) await renewSecret(layout, programs, launcher);
  const first = found ?? (await startServer(setup));
  const version = await greet(urlOf(layout)).catch(async (error: unknown) => {
    // What nobody is told of is not left running.
    await stopServer(first.pid, layout.cluster, stopDeadlineMs);
    throw error;
  });
  if (version !== undefined) return { ...first, adopted: found !== undefined, version };
  await stopServer(first.pid, layout.cluster, stopDeadlineMs);
  await renewSecret(layout, programs, launcher);
  const second = await startServer(setup);
  const secondVersion = await greet(urlOf(layout));
  if (secondVersion === undefined)
    throw new Error(`The database refuses the password in ${layout.secretFile}`);
  return { ...second, adopted: false, version: secondVersion };
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
  const { version, adopted, ...first } = await ready(setup, stopDeadlineMs);
  const listeners: (() => void)[] = [];
  const asked = new AbortController();
  let running: Running = first;
  let backoff = shortestBackoffMs;

  /** Tries until the server is back or `stop` was called. */
  const restart = async (): Promise<void> => {
    while (!asked.signal.aborted) {
      await pause(backoff, undefined, { ref: false, signal: asked.signal }).catch(() => undefined);
      if (asked.signal.aborted) return;
      backoff = Math.min(backoff * 2, longestBackoffMs);
      try {
        running = await startServer(setup);
        log.info({ pid: running.pid }, "The database server is back");
        return;
      } catch (error) {
        log.error({ err: error, nextTryMs: backoff }, "The database server could not be started");
      }
    }
  };
  let restarting = Promise.resolve();
  const supervise = async (): Promise<void> => {
    while (!asked.signal.aborted) {
      const since = performance.now();
      await running.ended;
      if (asked.signal.aborted) return;
      log.error({ pid: running.pid }, "The database server ended unexpectedly and is started again");
      if (performance.now() - since > steadyAfterMs) backoff = shortestBackoffMs;
      restarting = restart();
      for (const listener of listeners) listener();
      await restarting;
    }
  };
  void supervise();

  const stop = async (): Promise<void> => {
    asked.abort();
    await restarting;
    await stopServer(running.pid, layout.cluster, stopDeadlineMs);
    removeShortSocketDir(layout);
  };
  let stopped: Promise<void> | undefined;
  return {
    url: urlOf(layout),
    version,
    adopted,
    pid: () => running.pid,
    onCrash: (listener) => void listeners.push(listener),
    stop: () => (stopped ??= stop()),
  };
}
