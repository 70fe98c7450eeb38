/** Programs that a run starts; it ends them by their process ids. */
import { execFile, spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Nothing of the user's own configuration. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  LC_ALL: "C.UTF-8",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  GIT_AUTHOR_NAME: "Bench",
  GIT_AUTHOR_EMAIL: "bench@example.test",
  GIT_COMMITTER_NAME: "Bench",
  GIT_COMMITTER_EMAIL: "bench@example.test",
};

const execute = promisify(execFile);

/** Runs git to its end; answers what it printed. */
export async function git(...words: readonly string[]): Promise<string> {
  const { stdout } = await execute("git", words, { env: gitEnvironment, maxBuffer: 64 * 1024 * 1024 });
  return stdout.trim();
}

export interface Program {
  readonly pid: number;
  end(): Promise<void>;
}

/** Starts a program in a process group of its own, so that ending it ends what it started. */
export async function start(
  file: string,
  words: readonly string[],
  env: NodeJS.ProcessEnv = gitEnvironment,
): Promise<Program> {
  const child = spawn(file, words, { env, stdio: "ignore", detached: true });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  const pid = child.pid ?? 0;
  return {
    pid,
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        process.kill(-pid, "SIGTERM");
        await ended;
      }
    },
  };
}

/** A server that answers `GET /<bytes>` with that many bytes and does nothing else: the floor of every page. */
export function startBareServer(port: number): Promise<Program> {
  return start(process.execPath, [fileURLToPath(new URL("./bare-server.ts", import.meta.url)), String(port)]);
}

/** Where a program is, also in the folders of the administrator's programs. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  return folders.map((folder) => join(folder, name)).find(canRun);
}

export function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The median of some runs, in ms. */
export async function median(times: number, run: (turn: number) => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const began = performance.now();
    await run(turn);
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  return took[Math.floor(took.length / 2)] ?? 0;
}

/** Waits until something answers there. @throws Error after ten seconds */
export async function answering(url: string): Promise<void> {
  const end = performance.now() + 10_000;
  for (;;) {
    try {
      await (await fetch(url, { signal: AbortSignal.timeout(2_000) })).arrayBuffer();
      return;
    } catch (error) {
      if (performance.now() > end) throw new Error(`nothing answers at ${url}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Waits until a process has almost nothing left to do, for at most twenty seconds: work in the background is not what is measured. */
export async function quiet(pid: number): Promise<void> {
  const end = performance.now() + 20_000;
  let before = await processorTicks(pid);
  while (before !== undefined && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const now = await processorTicks(pid);
    // A hundred ticks are a second: less than a twentieth of one processor.
    if (now === undefined || now - before < 3) return;
    before = now;
  }
}

/** User and system time of a process and of what it has waited for: fields 14 to 17 of proc(5). Linux only. */
async function processorTicks(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields?.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}
