/** Programs that a run starts; it ends them by their process ids. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
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

const brokenOff = new AbortController();

/** Ends what `git` runs, and lets it run nothing more. */
export const breakOff = () => brokenOff.abort();

/** Runs git to its end; answers what it printed. */
export async function git(...words: readonly string[]): Promise<string> {
  const options = { env: gitEnvironment, maxBuffer: 64 * 1024 * 1024, signal: brokenOff.signal };
  const { stdout } = await execute("git", words, options);
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

/** The medians of several ways of doing one thing, in ms. They take turns, so that what else the machine does meets all alike. */
export async function medians<Way>(
  times: number,
  ways: readonly Way[],
  run: (way: Way, turn: number) => Promise<unknown>,
): Promise<number[]> {
  const took: number[][] = ways.map(() => []);
  for (let turn = 0; turn < times; turn += 1)
    for (const [index, way] of ways.entries()) {
      const began = performance.now();
      await run(way, turn);
      took[index]?.push(performance.now() - began);
    }
  return took.map((all) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN);
}

/** The median of some runs, in ms. */
export async function median(times: number, run: (turn: number) => Promise<unknown>): Promise<number> {
  const [middle = Number.NaN] = await medians(times, [run], (way, turn) => way(turn));
  return middle;
}

/** Runs git to its end and throws away what it prints, having read it. @throws Error when it fails */
export async function gitUnread(...words: readonly string[]): Promise<void> {
  const child = spawn("git", words, { env: gitEnvironment, stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.resume();
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`git ${words[0]} ended with ${code}`);
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
