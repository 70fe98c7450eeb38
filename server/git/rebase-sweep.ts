/** Whether many heads can be put on top of one base, commit by commit: a few git processes for all of them, no reference, no object kept. */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { attributeArguments } from "./attributes.ts";
import { mergePairs, type SweptMerge } from "./merge-sweep.ts";
import { inScratch } from "./merge-tree.ts";
import { commitsToPick, TooManyCommits } from "./merges.ts";
import { emptyTreeId, requireObjectIds, type Repository } from "./object-ids.ts";
import { readTyped } from "./objects.ts";
import { GitError, GitTimeout, gitText } from "./process.ts";
import { rootTree } from "./trees.ts";

/**
 * What a rebase comes to: `clean` leaves the same files as a merge. `conflict`: some commit conflicts on its way. `differs`: it
 * would leave other files than a merge, e.g. because a merge within the branch settled what its commits alone do not. `nothing`:
 * the base has all of it already.
 */
export type RebaseVerdict = "clean" | "conflict" | "differs" | "nothing";

export interface RebaseLimits {
  /** Commits of one head that are applied. */
  readonly commits: number;
  /** Milliseconds in which heads are begun. */
  readonly time: number;
}

/** Listing the commits compares them with those of the base, of which there may be very many. */
const listingMs = 5000;

/**
 * By head: what `rebaseCommits` onto `base` would come to, beside the merge of the two. Null is unknown: more commits than the
 * limit, a history that git could not read, a merge that conflicts, or commits that change `.gitattributes` (each then merges
 * under rules of its own). Heads for which there was no time are left out.
 */
export async function sweepRebases(
  repo: Repository,
  base: string,
  heads: readonly string[],
  limits: RebaseLimits,
): Promise<Map<string, RebaseVerdict | null>> {
  requireObjectIds(base, ...heads);
  const list = [...new Set(heads)];
  const found = new Map<string, RebaseVerdict | null>();
  if (list.length === 0) return found;
  const [attributes, tree] = await Promise.all([attributeArguments(repo, base), rootTree(repo, base)]);
  await inScratch(repo, async (env) => {
    const merging = { attributes, env };
    const merges = await mergePairs(
      repo,
      list.map((head) => [base, head]),
      merging,
    );
    const clean = list.filter((_, index) => merges[index]?.clean);
    const ruled = await changingAttributes(repo, base, clean);
    const until = performance.now() + limits.time;
    const walks: Walk[] = [];
    for (const [index, head] of list.entries()) {
      const merge = merges[index];
      if (performance.now() > until) break;
      found.set(head, null);
      if (!merge?.clean) continue;
      const picks = await picksOf(repo, base, head, limits.commits);
      if (picks === null || picks.some(({ oid }) => ruled.has(oid))) continue;
      walks.push({ head, merge, left: picks, tree, made: 0 });
    }
    await walkAll(repo, walks, merging, (walk, verdict) => found.set(walk.head, verdict));
  });
  return found;
}

interface Walk {
  readonly head: string;
  readonly merge: SweptMerge;
  readonly left: { readonly oid: string; readonly applied: boolean }[];
  /** What stands by now. */
  tree: string;
  made: number;
}

/** All branches go one commit further at a time, those steps in one process. */
async function walkAll(
  repo: Repository,
  walks: readonly Walk[],
  merging: Parameters<typeof mergePairs>[2],
  tell: (walk: Walk, verdict: RebaseVerdict | null) => void,
): Promise<void> {
  let under = [...walks];
  while (under.length > 0) {
    const asked: { readonly walk: Walk; readonly pair: readonly [string, string] }[] = [];
    const next: Walk[] = [];
    for (const walk of under) {
      const pick = walk.left.shift();
      if (!pick) {
        tell(walk, walk.made === 0 ? "nothing" : walk.tree === walk.merge.tree ? "clean" : "differs");
        continue;
      }
      const pair = await step(repo, walk, pick, merging.env);
      if (pair) asked.push({ walk, pair });
      else next.push(walk);
    }
    const answers = await mergePairs(
      repo,
      asked.map(({ pair }) => pair),
      merging,
    );
    for (const [index, { walk }] of asked.entries()) {
      const answer = answers[index] ?? null;
      if (!answer?.clean) {
        tell(walk, answer && "conflict");
        continue;
      }
      // A commit that changes nothing any more is left out.
      if (answer.tree !== walk.tree) walk.made += 1;
      walk.tree = answer.tree;
      next.push(walk);
    }
    under = next;
  }
}

/** Takes a step that needs no merge, or answers the two commits whose merge it is. The rules are those of `rebaseCommits`. */
async function step(
  repo: Repository,
  walk: Walk,
  { oid, applied }: Walk["left"][number],
  env: Readonly<Record<string, string>>,
): Promise<readonly [string, string] | null> {
  const data = await readTyped(repo, oid, "commit");
  const [, parent] = /^tree [0-9a-f]+\nparent ([0-9a-f]+)\n/.exec(data.toString("latin1")) ?? [];
  const [theirs, before] = await Promise.all([
    rootTree(repo, oid),
    parent ? rootTree(repo, parent) : emptyTreeId(oid),
  ]);
  // One that was empty from the start stays.
  if (theirs === before) walk.made += 1;
  if (theirs === before || applied) return null;
  if (before === walk.tree) {
    walk.made += 1;
    walk.tree = theirs;
    return null;
  }
  const scratch = env["GIT_OBJECT_DIRECTORY"] ?? "";
  const common = parent ?? (await twin(scratch, before));
  const ours = await twin(scratch, walk.tree, common);
  return [ours, parent ? oid : await twin(scratch, theirs, common)];
}

/** A commit that only lasts as long as the scratch folder: written without a process. */
async function twin(scratch: string, tree: string, parent?: string): Promise<string> {
  const nobody = "wit <> 0 +0000";
  const said = `tree ${tree}\n${parent ? `parent ${parent}\n` : ""}author ${nobody}\ncommitter ${nobody}\n\ntwin\n`;
  const bytes = Buffer.from(`commit ${said.length}\0${said}`);
  const oid = createHash(tree.length === 64 ? "sha256" : "sha1")
    .update(bytes)
    .digest("hex");
  const folder = path.join(scratch, oid.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, oid.slice(2)), deflateSync(bytes));
  return oid;
}

async function picksOf(repo: Repository, base: string, head: string, most: number) {
  try {
    return await commitsToPick(repo, base, head, { most, deadline: listingMs });
  } catch (error) {
    if (error instanceof TooManyCommits || error instanceof GitTimeout || error instanceof GitError)
      return null;
    throw error;
  }
}

/** Of the commits that the base lacks, those that change attributes. */
async function changingAttributes(
  repo: Repository,
  base: string,
  heads: readonly string[],
): Promise<ReadonlySet<string>> {
  const input = [...heads, `^${base}`].join("\n") + "\n";
  const args = ["rev-list", "--full-history", "--no-merges", "--stdin", "--", ":(top,glob)**/.gitattributes"];
  const text = await gitText(repo.dir, args, { input, deadline: 60_000 });
  return new Set(text.split("\n").filter((line) => line !== ""));
}
