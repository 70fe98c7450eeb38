/** Git processes that talk while they run: clones, fetches, pushes, copies. */
import { once } from "node:events";
import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { GitTimeout, longSlots, startGit, type ProcessSlots } from "./process.ts";

export interface LongOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the process is ended; an hour unless told. */
  readonly deadline?: number;
  /** Milliseconds to wait for a free place; 30 seconds unless told. */
  readonly queue?: number;
  /** Whose places the process takes; the long ones unless told. */
  readonly slots?: ProcessSlots;
  /** Ends the process when aborted (a client that went away). */
  readonly signal?: AbortSignal;
  /** Hears standard error as it comes: how far it is. */
  readonly heard?: (text: string) => void;
  /** Lets everybody else go first: work that nobody waits for. */
  readonly low?: boolean;
  /** Asked once there is a place: a connection that may take what it says without a copy through this process, or null. */
  readonly lend?: () => Promise<Socket | null>;
}

export interface LongEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  /** Why we ended it, or null when it ended by itself. */
  readonly stopped: Error | null;
}

export interface LongProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles when the process is gone and its pipes are closed; rejects only when it could not be started. */
  readonly end: Promise<LongEnd>;
  /** Ends the process; the first reason counts. */
  stop(reason: Error): void;
}

const grace = 2_000;

/** Starts git in a place that it holds until it is gone. Throws GitTimeout when none gets free. */
export async function startLong(
  directory: string,
  args: readonly string[],
  options: LongOptions = {},
): Promise<LongProcess> {
  const { deadline = 3_600_000, queue = 30_000, slots = longSlots, signal } = options;
  const release = await slots.acquire(queue);
  if (signal?.aborted) {
    release();
    throw new GitTimeout("the caller went away");
  }
  let to: Socket | null = null;
  try {
    to = (await options.lend?.()) ?? null;
  } catch (error) {
    release();
    throw error;
  }
  const child = startGit(directory, args, {
    ...(options.env ? { env: options.env } : {}),
    ...(options.low ? { low: true } : {}),
    ...(to ? { to } : {}),
  });
  let stderr = "";
  let stopped: Error | null = null;
  let killer: NodeJS.Timeout | undefined;
  const stop = (reason: Error) => {
    if (stopped !== null) return;
    stopped = reason;
    // upload-pack takes its pack-objects along when it is asked to end, not when it is killed.
    child.kill("SIGTERM");
    killer = setTimeout(() => child.kill("SIGKILL"), grace);
  };
  const timer = setTimeout(
    () => stop(new GitTimeout(`git ${args[0]} took longer than ${deadline} ms`)),
    deadline,
  );
  const onAbort = () => stop(new GitTimeout("the caller went away"));
  signal?.addEventListener("abort", onAbort, { once: true });
  // A process that ends before reading all its input is judged by its exit code, not by the broken pipe.
  child.stdin.on("error", () => undefined);
  child.stderr.on("data", (chunk: Buffer) => {
    const text = chunk.toString("utf8");
    if (stderr.length < 16_384) stderr += text;
    options.heard?.(text);
  });
  const end = once(child, "close").then((): LongEnd => ({
    exitCode: child.exitCode,
    signal: child.signalCode,
    stderr,
    stopped,
  }));
  const clean = () => {
    clearTimeout(timer);
    clearTimeout(killer);
    signal?.removeEventListener("abort", onAbort);
    release();
  };
  end.then(clean, clean);
  return { stdin: child.stdin, stdout: child.stdout, end, stop };
}
