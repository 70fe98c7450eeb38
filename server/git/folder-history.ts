/** The commits that changed something in a folder, with the names they changed. */
import type { Repository } from "./object-ids.ts";
import { decodePath, encodePath, limitToPath, literalPaths } from "./paths.ts";
import type { ProcessSlots } from "./process.ts";
import { streamGit } from "./streaming.ts";
import { records } from "./trees.ts";

export interface Step {
  readonly commit: string;
  readonly parents: readonly string[];
  /** Names changed against the only parent. */
  readonly changed: ReadonlySet<string>;
}

export interface Walk {
  readonly repo: Repository;
  /** The folder; empty for the root. */
  readonly path: string;
  /** Milliseconds until the process is killed and the reader gets GitTimeout. */
  readonly deadline: number;
  /** Ends the process; the reader gets GitTimeout. */
  readonly signal?: AbortSignal;
  readonly slots?: ProcessSlots;
}

/**
 * The simplified history of a folder, newest first: of a commit, or of a range `<excluded>..<commit>`, whose oldest
 * steps have the excluded commit for a parent. Throws GitTimeout past the deadline.
 */
export async function* folderHistory(walk: Walk, range: string): AsyncGenerator<Step> {
  const { repo, path, deadline, signal, slots } = walk;
  const limited = limitToPath(path === "" ? "." : path);
  const format = "log --format=%x01%H%x20%P --parents --raw --no-abbrev --no-renames --root --no-color -z";
  const stream = streamGit(repo.dir, [...format.split(" "), range, ...limited.args], {
    env: literalPaths,
    deadline,
    ...(signal ? { signal } : {}),
    ...(slots ? { slots } : {}),
    ...(limited.input ? { input: limited.input } : {}),
  });
  const skip = path === "" ? 0 : encodePath(path).length + 1;
  let header: string[] | undefined;
  let changed = new Set<string>();
  let pathFollows = false;
  for await (const record of records(stream)) {
    if (pathFollows) {
      const end = record.indexOf(0x2f, skip);
      changed.add(decodePath(record.subarray(skip, end < 0 ? record.length : end)));
      pathFollows = false;
    } else if (record[0] === 0x01) {
      if (header) yield { commit: header[0] ?? "", parents: header.slice(1), changed };
      header = record.toString("latin1", 1).trim().split(" ");
      changed = new Set();
    } else pathFollows = record.length > 0;
  }
  if (header) yield { commit: header[0] ?? "", parents: header.slice(1), changed };
}

/** More and more steps at a time: an answer near the tip is not kept waiting, a far one costs few round trips. */
export async function* batches(all: AsyncIterable<Step>): AsyncGenerator<readonly Step[]> {
  let batch: Step[] = [];
  let size = 1;
  for await (const step of all) {
    batch.push(step);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
    size = Math.min(size * 2, 256);
  }
  if (batch.length) yield batch;
}
