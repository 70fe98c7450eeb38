/** A running PostgreSQL server as seen from outside: is it there, is it ours, is it ready, make it stop. */
import { readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { execFileSync } from "node:child_process";

/** What `postmaster.pid` says. Its lines: src/include/utils/pidfile.h of PostgreSQL. */
export type PidFile = { pid: number; socketDir: string; status: string };

const pollMs = 4;

function readLines(path: string): string[] | undefined {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The process that a lock file of PostgreSQL names; a server in single-user mode writes its number negative. */
function lockingPid(path: string): number | undefined {
  const pid = Math.abs(Number(readLines(path)?.[0]));
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

export function readPidFile(cluster: string): PidFile | undefined {
  const path = join(cluster, "postmaster.pid");
  const pid = lockingPid(path);
  const lines = readLines(path);
  if (pid === undefined || lines === undefined) return undefined;
  return { pid, socketDir: lines[4] ?? "", status: (lines[7] ?? "").trim() };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const hasProc = process.platform === "linux";

function workingFolder(pid: number | string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/**
 * Whether process `pid` is a PostgreSQL server on `cluster` (a real path), and not a stranger who was given the
 * number of a server that is gone: a server always works inside its data directory.
 */
export function isServerOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  if (hasProc) return workingFolder(pid) === cluster;
  try {
    return execFileSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).includes("postgres");
  } catch {
    return false;
  }
}

/** The program file of a process, or undefined where it cannot be told. Deleted files end in " (deleted)". */
export function programOf(pid: number): string | undefined {
  if (!hasProc) return undefined;
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return undefined;
  }
}

/** All processes of the server on `cluster`, those included whose parent is gone. Empty where it cannot be told. */
function processesOf(cluster: string): number[] {
  if (!hasProc) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === cluster)
    .map(Number);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function goneWithin(milliseconds: number, isGone: () => boolean): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (!isGone()) {
    if (performance.now() > end) return false;
    await pause(pollMs);
  }
  return true;
}

/**
 * Stops the server: open transactions are rolled back and everything is written (a "fast" stop); after
 * `deadlineMs` without that (an "immediate" stop, repaired at the next start); then by force.
 */
export async function stopServer(pid: number, cluster: string, deadlineMs: number): Promise<void> {
  const gone = () => !isServerOf(pid, cluster);
  const steps: [NodeJS.Signals, number][] = [
    ["SIGINT", deadlineMs],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ];
  for (const [name, wait] of steps) {
    if (gone()) break;
    signal(pid, name);
    if (await goneWithin(wait, gone)) break;
  }
  await endOrphans(cluster);
}

/**
 * Waits for the processes of a server that died without stopping them, and ends those that do not end by
 * themselves: two servers on the same files would destroy them. Only under the lock of the data folder.
 */
export async function endOrphans(cluster: string): Promise<void> {
  const gone = () => processesOf(cluster).length === 0;
  for (const name of ["SIGQUIT", "SIGKILL"] as const) {
    if (await goneWithin(name === "SIGQUIT" ? 2_000 : 3_000, gone)) return;
    for (const pid of processesOf(cluster)) signal(pid, name);
  }
  if (!(await goneWithin(5_000, gone))) {
    throw new Error(`Processes ${processesOf(cluster).join(", ")} still use ${cluster} and cannot be ended.`);
  }
}

/**
 * Removes the lock files of a server that is gone when its number now belongs to a stranger, or to a remnant
 * that nobody reaped: PostgreSQL itself would take that for a running server and refuse to start.
 */
export function removeStaleLocks(cluster: string, socketLock: string): void {
  if (!hasProc) return;
  for (const path of [join(cluster, "postmaster.pid"), socketLock]) {
    const pid = lockingPid(path);
    if (pid !== undefined && isAlive(pid) && !isServerOf(pid, cluster)) rmSync(path, { force: true });
  }
}

/** Waits until the server accepts connections. Throws when it ends first or needs longer than `deadlineMs`. */
export async function waitUntilReady(
  cluster: string,
  pid: number,
  hasEnded: () => boolean,
  deadlineMs: number,
): Promise<void> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const file = readPidFile(cluster);
    if (file?.pid === pid && file.status === "ready") return;
    if (hasEnded()) throw new Error("The database server ended while it was starting");
    if (performance.now() > end)
      throw new Error(`The database server was not ready after ${deadlineMs / 1_000} s`);
    await pause(pollMs);
  }
}
