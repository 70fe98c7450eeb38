/**
 * Keeping a repository quick to read: few packs with a bitmap, few loose references, and a commit-graph that knows which paths
 * a commit changed. Safe beside readers and writers, and drops nothing: what no reference reaches stays readable by its id.
 */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../object-ids.ts";
import { GitError, gitText } from "../process.ts";
import { care, type CareOptions } from "./care.ts";
import { packRefs } from "./loose-refs.ts";

/**
 * What is worth rewriting packs for: many packs, many loose objects, or so many bytes that no bitmap knows (and such a share of all):
 * a clone of what a bitmap knows is a fifth of the work.
 */
const enough = { packs: 8, looseObjects: 400, unmappedBytes: 512 * 1024, unmappedShare: 0.25 };

/** Packs what piled up and extends the commit-graph; cheap when there is nothing to do. Throws GitError, GitTimeout. */
export async function maintain(repo: Repository, options: CareOptions = {}): Promise<void> {
  await packRefs(repo, options);
  const { packs, looseObjects, bytes, unmapped } = await load(repo);
  if (packs === 0 && looseObjects === 0) return;
  const slow = unmapped > Math.max(enough.unmappedBytes, bytes * enough.unmappedShare);
  if (packs > enough.packs || looseObjects > enough.looseObjects || slow) await repack(repo, options);
  await extendGraph(repo, options);
}

/**
 * Rolls small packs and loose objects up into larger ones, so that each pack is at least twice the next: a push costs no more
 * than its share, and there are never more packs than the logarithm of the objects. git-repack(1), `--geometric`.
 */
export async function repack(repo: Repository, options: CareOptions): Promise<void> {
  const packing = ["repack", "--geometric=2", "-d", "--quiet", "--write-midx"];
  try {
    await care(repo, [...packing, "--write-bitmap-index"], options);
  } catch (error) {
    // A push in between may leave the packs without some object that a bitmap needs; the next time it is there.
    if (!(error instanceof GitError)) throw error;
    await care(repo, packing, options);
  }
}

/** A chain of graphs in which git joins the small ones by itself. @param anew without those that were there */
export function extendGraph(repo: Repository, options: CareOptions, anew = false): Promise<void> {
  const split = anew ? "--split=replace" : "--split";
  return care(
    repo,
    ["commit-graph", "write", "--reachable", "--changed-paths", split, "--no-progress"],
    options,
  );
}

interface Load {
  readonly packs: number;
  readonly looseObjects: number;
  /** Of all packs. */
  readonly bytes: number;
  /** Of packs that are younger than the newest bitmap. */
  readonly unmapped: number;
}

async function load(repo: Repository): Promise<Load> {
  const folder = path.join(repo.dir, "objects", "pack");
  const names = await readdir(folder).catch(() => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(".pack") || name.endsWith(".bitmap"))
      .map(async (name) => ({ name, stat: await stat(path.join(folder, name)).catch(() => null) })),
  );
  const packs = files.filter(({ name }) => name.endsWith(".pack"));
  const mapped = Math.max(
    0,
    ...files.filter(({ name }) => name.endsWith(".bitmap")).map(({ stat: found }) => found?.mtimeMs ?? 0),
  );
  const sum = (some: typeof packs) => some.reduce((total, { stat: found }) => total + (found?.size ?? 0), 0);
  const counted = await gitText(repo.dir, ["count-objects"]);
  return {
    packs: packs.length,
    looseObjects: Number.parseInt(counted, 10) || 0,
    bytes: sum(packs),
    unmapped: sum(packs.filter(({ stat: found }) => (found?.mtimeMs ?? 0) > mapped)),
  };
}
