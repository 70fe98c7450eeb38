/** The bytes of a fork, and of what begins with the files of another repository. */
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { startLong } from "./long-process.ts";
import { GitError } from "./process.ts";
import type { Repository } from "./object-ids.ts";
import { quotedPath } from "./quoting.ts";
import { formatPackedRefs } from "./ref-files.ts";
import { linkWholePacks, unmark } from "./shared-packs.ts";
import { listRefs, readHead, setHead } from "./refs.ts";

/**
 * Copies branches, tags, the default branch and everything they reach into an empty repository that nobody sees yet.
 *
 * They are packed anew, which proves each of them, since what the source has may hold what only hidden references or nobody reaches.
 * Packs that turn out to hold nothing else are then linked instead of kept twice (docs/decisions/020).
 */
export async function copyHistory(from: Repository, to: Repository, signal?: AbortSignal): Promise<void> {
  const head = await readHead(from);
  const refs = [...(await listRefs(from, "refs/heads/")), ...(await listRefs(from, "refs/tags/"))];
  if (head.branch !== null) await setHead(to, head.branch);
  if (refs.length === 0) return;
  const tips = new Set(refs.map(({ oid }) => oid));
  await copyObjects(from, to, tips, signal);
  await shareObjects(from, to, tips, signal);
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

/**
 * One process packs what is reached and writes the index with it: it knows the names of all objects already, so nothing is unpacked
 * and named again, which takes most of the time of a clone. What it takes over is compared with its checksums.
 */
async function copyObjects(
  from: Repository,
  to: Repository,
  tips: ReadonlySet<string>,
  signal: AbortSignal | undefined,
  ...more: readonly string[]
): Promise<void> {
  const packing = [
    "pack-objects",
    "--revs",
    "--quiet",
    "--delta-base-offset",
    "--use-bitmap-index",
    ...more,
    path.join("objects", "pack", "pack"),
  ];
  const pack = await startLong(to.dir, packing, {
    env: { GIT_ALTERNATE_OBJECT_DIRECTORIES: quotedPath(path.join(from.dir, "objects")) },
    ...(signal ? { signal } : {}),
  });
  pack.stdout.resume();
  // A broken pipe shows in the exit code of who broke it.
  await pipeline([`${[...tips].join("\n")}\n`], pack.stdin).catch(() => undefined);
  const { exitCode, stderr, stopped } = await pack.end;
  if (stopped) throw stopped;
  if (exitCode !== 0) throw new GitError(packing, exitCode, stderr);
}

/** Puts links in the place of what has just been copied, as far as whole packs of the source are the same. */
async function shareObjects(
  from: Repository,
  to: Repository,
  tips: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const packs = path.join(to.dir, "objects", "pack");
  const copied = await readdir(packs);
  const linked = await linkWholePacks(from, to);
  if (linked.length === 0) return;
  // Neither what is linked nor, when nothing is left, a pack of nothing.
  await copyObjects(from, to, tips, signal, "--honor-pack-keep", "--non-empty");
  const isLinked = (file: string) => linked.some((name) => file.startsWith(`${name}.`));
  for (const file of copied) if (!isLinked(file)) await rm(path.join(packs, file));
  await unmark(to, linked);
}
