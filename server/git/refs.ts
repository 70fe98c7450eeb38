/** Reading references, and the one function by which every reference of the product moves. */
import { branchNameProblem, compareNames } from "./names.ts";
import { peel } from "./peeled-tags.ts";
import { git } from "./process.ts";
import type { Repository } from "./object-ids.ts";
import { readRefs, type CachedRef } from "./ref-cache.ts";

export { updateRefs } from "./ref-updates.ts";
export type { RefFailure, RefFailureKind } from "./ref-failures.ts";
export type { RefChange, RefResult, RefWriter } from "./ref-updates.ts";
export type { RefGuard } from "./guarded-refs.ts";

export interface Ref {
  /** The full name, `refs/heads/main`. */
  readonly name: string;
  readonly oid: string;
  /** For an annotated tag the object behind it, otherwise null. */
  readonly peeled: string | null;
}

export interface Head {
  /** The default branch (without `refs/heads/`), also when it has no commit yet; null when HEAD is detached or broken. */
  readonly branch: string | null;
  /** The commit, or null in a repository without one on its default branch. */
  readonly oid: string | null;
}

/** One reference by its full name, or null. */
export async function readRef(repository: Repository, name: string): Promise<Ref | null> {
  const found = (await readRefs(repository)).refs.get(name);
  if (!found) return null;
  const peeled = await peel(repository, [found]);
  return { name, oid: found.oid, peeled: peeled.get(name) ?? null };
}

/** All references whose full name begins with a prefix (`refs/heads/`), sorted by name. */
export async function listRefs(repository: Repository, prefix: string): Promise<Ref[]> {
  const found = refsUnder((await readRefs(repository)).sorted, prefix);
  const peeled = await peel(repository, found);
  return found.map(({ name, oid }) => ({ name, oid, peeled: peeled.get(name) ?? null }));
}

/** What HEAD, and so a fresh clone, points to. */
export async function readHead(repository: Repository): Promise<Head> {
  const { head, refs } = await readRefs(repository);
  if (head === null) return { branch: null, oid: null };
  if ("oid" in head) return { branch: null, oid: head.oid };
  const branch = head.target.startsWith("refs/heads/") ? head.target.slice("refs/heads/".length) : null;
  return { branch, oid: refs.get(head.target)?.oid ?? null };
}

/** Makes a branch the default one; it need not have a commit. Throws TypeError for a name that is none. */
export async function setHead(repository: Repository, branch: string): Promise<void> {
  const problem = branchNameProblem(branch);
  if (problem !== null) throw new TypeError(problem);
  await git(repository.dir, ["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
}

/** The part of a sorted list whose names begin with a prefix. */
export function refsUnder(sorted: readonly CachedRef[], prefix: string): readonly CachedRef[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareNames(sorted[middle]?.name ?? "", prefix) < 0) low = middle + 1;
    else high = middle;
  }
  let end = low;
  for (; end < sorted.length; end += 1) if (!sorted[end]?.name.startsWith(prefix)) break;
  return sorted.slice(low, end);
}
