/**
 * Keeping a repository quick to read: few packs with a bitmap, and a commit-graph that knows which paths a commit changed.
 *
 * Safe beside readers and writers. Nothing is ever dropped: what no reference reaches (former heads of pull requests, the ends
 * of branches that were rewritten) stays readable by its id.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import { startLong, type LongOptions } from "./long-process.ts";
import type { Repository } from "./object-ids.ts";
import { GitError, gitText } from "./process.ts";
import { expireReflogs } from "./reflogs.ts";

export interface MaintenanceOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each step; half an hour unless told. */
  readonly deadline?: number;
}

/** Packs and loose objects that are worth rewriting packs for. */
const enough = { packs: 8, looseObjects: 400 };

/** Drops old notes about references, packs what piled up and extends the commit-graph; cheap when there is nothing to do. Throws GitError, GitTimeout. */
export async function maintain(repo: Repository, options: MaintenanceOptions = {}): Promise<void> {
  await expireReflogs(repo);
  const { packs, looseObjects } = await load(repo);
  if (packs === 0 && looseObjects === 0) return;
  if (packs > enough.packs || looseObjects > enough.looseObjects) await repack(repo, options);
  await run(
    repo,
    ["commit-graph", "write", "--reachable", "--changed-paths", "--split", "--no-progress"],
    options,
  );
}

/**
 * Rolls small packs and loose objects up into larger ones, so that each pack is at least twice the next: a push costs no more
 * than its share. git-repack(1), `--geometric`.
 */
async function repack(repo: Repository, options: MaintenanceOptions): Promise<void> {
  const packing = ["repack", "--geometric=2", "-d", "--quiet", "--write-midx"];
  try {
    await run(repo, [...packing, "--write-bitmap-index"], options);
  } catch (error) {
    // A push in between may leave the packs without some object that a bitmap needs; the next time it is there.
    if (!(error instanceof GitError)) throw error;
    await run(repo, packing, options);
  }
}

async function load(repo: Repository): Promise<{ packs: number; looseObjects: number }> {
  const files = await readdir(path.join(repo.dir, "objects", "pack")).catch(() => []);
  const counted = await gitText(repo.dir, ["count-objects"]);
  return {
    packs: files.filter((name) => name.endsWith(".pack")).length,
    looseObjects: Number.parseInt(counted, 10) || 0,
  };
}

async function run(repo: Repository, args: readonly string[], options: MaintenanceOptions): Promise<void> {
  const long: LongOptions = {
    deadline: options.deadline ?? 30 * 60_000,
    queue: 10 * 60_000,
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const process = await startLong(repo.dir, args, long);
  process.stdin.end();
  process.stdout.resume();
  const { exitCode, stderr, stopped } = await process.end;
  if (stopped) throw stopped;
  if (exitCode !== 0) throw new GitError(args, exitCode, stderr);
}
