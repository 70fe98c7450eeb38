/**
 * The only place that starts a git process.
 *
 * Every call runs with a scrubbed environment (no system or user configuration, no prompt, no pager, no hooks),
 * a deadline and a place in one bounded queue, so that no caller can start more processes than the machine bears.
 */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { constants, setPriority } from "node:os";
import type { GitProcess } from "./launching/git-process.ts";
import { gitEnvironment } from "./environment.ts";
import { Launcher } from "./launching/launcher.ts";

/** A git process that failed. `stderr` is for the log, never for a client as it is. */
export class GitError extends Error {
  readonly args: readonly string[];
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(args: readonly string[], exitCode: number | null, stderr: string) {
    super(`git ${args[0] ?? ""} ended with ${exitCode ?? "a signal"}: ${stderr.trim().slice(0, 500)}`);
    this.name = "GitError";
    this.args = args;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

/** The caller waited longer than allowed for a free place, or the process outlived its deadline. */
export class GitTimeout extends Error {
  override readonly name = "GitTimeout";
}

/** The answer was larger than `maxBytes`. */
export class GitOutputTooLarge extends Error {
  override readonly name = "GitOutputTooLarge";
}

/** First come, first served places for processes. */
export class ProcessSlots {
  readonly #limit: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves to a function that gives the place back (safe to call twice); rejects with GitTimeout after `timeout` ms. */
  async acquire(timeout: number): Promise<() => void> {
    if (this.#running >= this.#limit) {
      await new Promise<void>((resolve, reject) => {
        const enter = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(() => {
          this.#waiting.splice(this.#waiting.indexOf(enter), 1);
          reject(new GitTimeout(`no free place for a git process within ${timeout} ms`));
        }, timeout);
        this.#waiting.push(enter);
      });
    } else {
      this.#running += 1;
    }
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    };
  }
}

/** How long a page waits for a free place: a crowd is served late rather than refused. What a command may take counts apart. */
export const patience = 60_000;

/** Short commands (a few milliseconds of work). */
export const shortSlots = new ProcessSlots(16);
/** Clones, fetches, pushes, archives, repacks. */
export const longSlots = new ProcessSlots(8);

export interface GitOptions {
  /** Written to standard input, which is closed after it. */
  readonly input?: string | Uint8Array;
  /** Added to the scrubbed environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the process is killed; 30 seconds unless told. */
  readonly deadline?: number;
  /** Bytes of standard output accepted before the process is killed; 64 MiB unless told. */
  readonly maxBytes?: number;
  /** Exit codes that are an answer and not a failure; only 0 unless told. */
  readonly exitCodes?: readonly number[];
  /** Ends the process when aborted (a client that went away). */
  readonly signal?: AbortSignal;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs git in a bare repository to its end.
 *
 * Arguments are passed as they are, without a shell; callers put `--end-of-options` (or `--`) before anything
 * that came from outside. Throws GitError, GitTimeout or GitOutputTooLarge.
 */
export async function git(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const release = await shortSlots.acquire(patience);
  try {
    return await runToEnd(directory, args, options);
  } finally {
    release();
  }
}

/** As `git`, answering standard output as text. */
export async function gitText(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  return (await git(directory, args, options)).stdout.toString("utf8");
}

function runToEnd(directory: string, args: readonly string[], options: GitOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const input = options.input !== undefined && options.input.length > 0;
    const child = startGit(directory, args, { input, ...(options.env ? { env: options.env } : {}) });
    const maxBytes = options.maxBytes ?? 64 * 1024 * 1024;
    const stdout: Buffer[] = [];
    let size = 0;
    let stderr = "";
    let failure: Error | undefined;
    const stop = (reason: Error) => {
      failure ??= reason;
      child.kill("SIGKILL");
    };
    const deadline = options.deadline ?? 30_000;
    const timer = setTimeout(
      () => stop(new GitTimeout(`git ${args[0]} took longer than ${deadline} ms`)),
      deadline,
    );
    const onAbort = () => stop(new GitTimeout("the caller went away"));
    options.signal?.addEventListener("abort", onAbort, { once: true });
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) stop(new GitOutputTooLarge(`git ${args[0]} answered more than ${maxBytes} bytes`));
      else stdout.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      if (stderr.length < 16_384) stderr += chunk.toString("utf8");
    });
    // A process that ends before reading all its input is judged by its exit code, not by the broken pipe.
    child.stdin.on("error", () => undefined);
    child.on("error", stop);
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", onAbort);
      if (failure) reject(failure);
      else if (exitCode !== null && (options.exitCodes ?? [0]).includes(exitCode))
        resolve({ exitCode, stdout: Buffer.concat(stdout), stderr });
      else reject(new GitError(args, exitCode, stderr));
    });
    child.stdin.end(options.input ?? "");
  });
}

const launcher = new Launcher(gitEnvironment());

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Without it the standard input is empty. */
  readonly input?: boolean;
  /** Runs only while nobody else wants the processor. */
  readonly low?: boolean;
  /** A connection that takes its standard output directly, without a copy through this process. */
  readonly to?: Socket;
}

/** Starts git with open pipes; the caller takes a slot, reads, writes and ends it. */
export function startGit(
  directory: string,
  args: readonly string[],
  { env, input = true, low = false, to }: StartOptions = {},
): GitProcess {
  const launched = low
    ? null
    : launcher.launch({
        cwd: directory,
        args,
        input,
        env: { GIT_DIR: directory, ...env },
        ...(to ? { to } : {}),
      });
  if (launched) return launched;
  // While there is no launcher its output takes the longer way.
  const child = spawn("git", [...args], {
    cwd: directory,
    env: gitEnvironment({ GIT_DIR: directory, ...env }),
    stdio: ["pipe", "pipe", "pipe"],
  });
  // What it starts itself inherits this.
  if (low && child.pid !== undefined) lower(child.pid);
  return child;
}

function lower(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It ended already, or the system does not let us: then it runs like any other.
  }
}
