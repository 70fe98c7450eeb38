/** One run of the embedded server: begin it and wait until it is ready, or take over the one that runs already. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  port,
  readSecret,
  settingsAreCurrent,
  writeSettings,
  type Layout,
  type Programs,
  type Purpose,
} from "./cluster.ts";
import { commandFor, databaseEnvironment, type Launcher } from "./launcher.ts";
import { makeFolders } from "./layout.ts";
import {
  endOrphans,
  isServerOf,
  programOf,
  readPidFile,
  removeStaleLocks,
  stopServer,
  waitUntilReady,
} from "./postmaster.ts";

/** A server that accepts connections; `ended` resolves when it is gone, however that came. */
export type Running = { pid: number; ended: Promise<void> };

/** What a server is started with. */
export type Setup = { layout: Layout; programs: Programs; launcher: Launcher; purpose: Purpose };

const watchMs = 500;
/** Long, because a server that repairs its files after a crash is busy and not stuck. */
const readyDeadlineMs = 10 * 60_000;

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

/** The end of the newest logs: why a server that ended did so. */
function lastWords({ logDir }: Layout): string {
  const logs = readdirSync(logDir).map((name) => join(logDir, name));
  const newest = logs.toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs).slice(0, 2);
  const lines = newest.flatMap((path) => readFileSync(path, "utf8").trim().split("\n").slice(-8));
  return lines.join("\n").slice(-4_000);
}

/** Starts a server on files that no server runs on. Throws with the end of its log when it does not come up. */
export async function startServer(setup: Setup): Promise<Running> {
  const { layout, launcher, purpose } = setup;
  await endOrphans(layout.cluster);
  removeStaleLocks(layout.cluster, join(layout.socketDir, `.s.PGSQL.${port}.lock`));
  makeFolders(layout, launcher);
  if (!settingsAreCurrent(layout, purpose)) writeSettings(layout, launcher, purpose);
  const running = launch(setup);
  let hasEnded = false;
  void running.ended.then(() => (hasEnded = true));
  try {
    await waitUntilReady(layout.cluster, running.pid, () => hasEnded, readyDeadlineMs);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}. The end of its log:\n${lastWords(layout)}`, { cause: error });
  }
  return running;
}

/** Takes over a server that was left running when a new one would be the same; any other is stopped. */
export async function adoptServer(setup: Setup, stopDeadlineMs: number): Promise<Running | undefined> {
  const { layout, programs, purpose } = setup;
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
