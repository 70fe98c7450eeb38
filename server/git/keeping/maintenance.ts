/**
 * Keeping a repository quick to read: few packs with a bitmap, few loose references, and a commit-graph that knows which paths
 * a commit changed. Safe beside readers and writers, and drops nothing: what no reference reaches stays readable by its id.
 */
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Repository } from "../object-ids.ts";
import { GitError, gitText } from "../process.ts";
import { care, type CareOptions } from "./care.ts";
import { packRefs } from "./loose-refs.ts";

/** Packs and loose objects that are worth rewriting packs for. */
const enough = { packs: 8, looseObjects: 400 };

/** Packs what piled up and extends the commit-graph; cheap when there is nothing to do. Throws GitError, GitTimeout. */
export async function maintain(repo: Repository, options: CareOptions = {}): Promise<void> {
  await packRefs(repo, options);
  const { packs, looseObjects } = await load(repo);
  if (packs === 0 && looseObjects === 0) return;
  if (packs > enough.packs || looseObjects > enough.looseObjects) await repack(repo, options);
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

async function load(repo: Repository): Promise<{ packs: number; looseObjects: number }> {
  const files = await readdir(path.join(repo.dir, "objects", "pack")).catch(() => []);
  const counted = await gitText(repo.dir, ["count-objects"]);
  return {
    packs: files.filter((name) => name.endsWith(".pack")).length,
    looseObjects: Number.parseInt(counted, 10) || 0,
  };
}
