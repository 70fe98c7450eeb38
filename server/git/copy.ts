/** The bytes of a fork, and of what begins with the files of another repository. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { startLong } from "./long-process.ts";
import { GitError, ProcessSlots } from "./process.ts";
import type { Repository } from "./object-ids.ts";
import { formatPackedRefs } from "./ref-files.ts";
import { listRefs, readHead, setHead } from "./refs.ts";

/**
 * Copies branches, tags, the default branch and everything they reach into an empty repository that nobody sees yet.
 *
 * The objects go through one pack: files are not linked, because a shared file is shared damage, and not copied
 * whole, because they may hold what only hidden references or nobody reaches.
 */
export async function copyHistory(from: Repository, to: Repository, signal?: AbortSignal): Promise<void> {
  const head = await readHead(from);
  const refs = [...(await listRefs(from, "refs/heads/")), ...(await listRefs(from, "refs/tags/"))];
  if (head.branch !== null) await setHead(to, head.branch);
  if (refs.length === 0) return;
  await copyObjects(from, to, new Set(refs.map(({ oid }) => oid)), signal);
  await writeFile(path.join(to.dir, "packed-refs"), formatPackedRefs(refs), { flag: "wx", flush: true });
}

/** Copies trees with all they hold, and nothing of the history before, into an empty repository that nobody sees yet. */
export async function copyTrees(
  from: Repository,
  to: Repository,
  trees: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  await copyObjects(from, to, new Set(trees), signal);
}

// Copies would wait for each other forever if both halves of a copy took the same places.
const indexing = new ProcessSlots(16);

async function copyObjects(
  from: Repository,
  to: Repository,
  tips: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = signal ? { signal } : {};
  const packing = ["pack-objects", "--revs", "--stdout", "--quiet", "--delta-base-offset"];
  const unpacking = ["index-pack", "--stdin"];
  const pack = await startLong(from.dir, packing, options);
  const index = await startLong(to.dir, unpacking, { ...options, slots: indexing }).catch((error: Error) => {
    pack.stop(error);
    throw error;
  });
  index.stdout.resume();
  pack.stdin.end([...tips, ""].join("\n"));
  // A broken pipe shows in the exit code of the one that broke it.
  await pipeline(pack.stdout, index.stdin).catch((error: Error) => {
    pack.stop(error);
    index.stop(error);
  });
  const [packed, indexed] = await Promise.all([pack.end, index.end]);
  if (packed.exitCode !== 0) throw new GitError(packing, packed.exitCode, packed.stderr);
  if (indexed.exitCode !== 0) throw new GitError(unpacking, indexed.exitCode, indexed.stderr);
}
