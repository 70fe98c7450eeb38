/** Git processes that keep repositories: long, of low priority, and judged by their end. */
import { createInterface } from "node:readline";
import { startLong, type LongEnd } from "../long-process.ts";
import type { Repository } from "../object-ids.ts";
import { GitError, ProcessSlots } from "../process.ts";

export interface CareOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each step; half an hour unless told. */
  readonly deadline?: number;
  /** At the priority of everybody: for a step that holds a lock for which writers wait. */
  readonly prompt?: boolean;
}

/** No step of keeping a repository may run longer, in milliseconds, whatever its caller says. */
export const longestStep = 3_600_000;

// Places of their own: keeping repositories takes none from who waits for a clone.
const slots = new ProcessSlots(2);

/**
 * Runs git to its end and hands over each line that it prints.
 *
 * @throws GitTimeout when the step took too long, or was given up
 */
export async function watchCare(
  repo: Repository,
  args: readonly string[],
  options: CareOptions,
  onLine: (line: string) => void = () => undefined,
): Promise<LongEnd> {
  const { signal, deadline = 30 * 60_000 } = options;
  const process = await startLong(repo.dir, args, {
    deadline: Math.min(deadline, longestStep),
    queue: 60 * 60_000,
    slots,
    low: options.prompt !== true,
    ...(signal ? { signal } : {}),
  });
  process.stdin.end();
  createInterface({ input: process.stdout }).on("line", onLine);
  const end = await process.end;
  if (end.stopped) throw end.stopped;
  return end;
}

/** As `watchCare`, for what must end well. @throws GitError, GitTimeout */
export async function care(repo: Repository, args: readonly string[], options: CareOptions): Promise<void> {
  const { exitCode, stderr } = await watchCare(repo, args, options);
  if (exitCode !== 0) throw new GitError(args, exitCode, stderr);
}
