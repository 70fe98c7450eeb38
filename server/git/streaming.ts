/** Git processes whose answer is read while it comes. */
import { once } from "node:events";
import { GitError, GitTimeout, patience, shortSlots, startGit, type ProcessSlots } from "./process.ts";

export interface StreamOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until the process is killed and the reader gets GitTimeout; 30 seconds unless told. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
  /** Whose places the process takes; those of short commands unless told. */
  readonly slots?: ProcessSlots;
}

/**
 * Runs git and yields its standard output; a reader that stops early ends the process.
 *
 * Throws GitTimeout past the deadline and GitError for an exit code other than 0. The place in the queue is held
 * until the reader is done, so a reader must not start other git processes meanwhile.
 */
export async function* streamGit(
  directory: string,
  args: readonly string[],
  options: StreamOptions = {},
): AsyncGenerator<Buffer, void, void> {
  const deadline = options.deadline ?? 30_000;
  // Who has a few seconds in all has them for the wait, too.
  const release = await (options.slots ?? shortSlots).acquire(deadline < 10_000 ? deadline : patience);
  const child = startGit(directory, args, options.env ? { env: options.env } : {});
  let stderr = "";
  let stopped: string | undefined;
  let failure: Error | undefined;
  const stop = (reason: string) => {
    stopped ??= reason;
    child.kill("SIGKILL");
  };
  const timer = setTimeout(() => stop(`git ${args[0]} took longer than ${deadline} ms`), deadline);
  const onAbort = () => stop("the caller went away");
  options.signal?.addEventListener("abort", onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  child.stdin.on("error", () => undefined);
  child.on("error", (error) => {
    failure = error;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < 16_384) stderr += chunk.toString("utf8");
  });
  const closed = once(child, "close").catch(() => undefined);
  child.stdin.end(options.input ?? "");
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer;
    await closed;
    if (stopped) throw new GitTimeout(stopped);
    if (failure) throw failure;
    if (child.exitCode !== 0) throw new GitError(args, child.exitCode, stderr);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", onAbort);
    child.kill("SIGKILL");
    release();
  }
}
