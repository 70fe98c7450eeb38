/**
 * The three ways a pull request lands, as new commits. Nothing here moves a ref: callers do, by compare-and-swap.
 *
 * `base` is the tip of the target, `head` the tip of what comes in; both are ids of commits.
 */
import { isAncestor, mergeBase } from "./ancestry.ts";
import { rewriteCommit, writeCommit, type Signature } from "./commit-objects.ts";
import { inScratch, mergeTrees, UnrelatedHistories, type Conflict, type MergedTree } from "./merge-tree.ts";
import { emptyTreeId, requireObjectIds, type Repository } from "./object-ids.ts";
import { readTyped } from "./objects.ts";
import { gitText } from "./process.ts";
import { rootTree } from "./trees.ts";

export { UnrelatedHistories, type Conflict, type ConflictSide, type MergedTree } from "./merge-tree.ts";

export interface MergeText {
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

export type MergeOutcome =
  | { readonly kind: "merged"; readonly commit: string; readonly tree: string }
  | { readonly kind: "conflict"; readonly conflicts: readonly Conflict[] }
  /** `base` has everything already. */
  | { readonly kind: "up-to-date" };

/**
 * Whether `head` would merge into `base`. The tree of a clean merge is named but not kept, unless `keep` is set.
 * Throws UnrelatedHistories.
 */
export function checkMerge(
  repo: Repository,
  base: string,
  head: string,
  options: { readonly keep?: boolean } = {},
): Promise<MergedTree> {
  return options.keep
    ? mergeTrees(repo, base, head)
    : inScratch(repo, (env) => mergeTrees(repo, base, head, { env }));
}

/** A merge commit with `base` as its first parent and `head` as its second. Throws UnrelatedHistories. */
export function mergeCommit(
  repo: Repository,
  base: string,
  head: string,
  text: MergeText,
): Promise<MergeOutcome> {
  return mergeAs(repo, base, head, text, [base, head]);
}

/** One commit on `base` with everything `head` brings. Throws UnrelatedHistories. */
export function squashCommit(
  repo: Repository,
  base: string,
  head: string,
  text: MergeText,
): Promise<MergeOutcome> {
  return mergeAs(repo, base, head, text, [base]);
}

async function mergeAs(
  repo: Repository,
  base: string,
  head: string,
  text: MergeText,
  parents: readonly string[],
): Promise<MergeOutcome> {
  if (await isAncestor(repo, head, base)) return { kind: "up-to-date" };
  const merged = await mergeTrees(repo, base, head);
  if (merged.kind === "conflict") return { kind: "conflict", conflicts: merged.conflicts };
  const commit = await writeCommit(repo, { ...text, tree: merged.tree, parents });
  return { kind: "merged", commit, tree: merged.tree };
}

/**
 * One commit on `onto` with what changed between the trees of two commits: forward it picks a change of any size (a merge too,
 * seen from one of its parents), backward it takes one back. Up to date when nothing of it is left to do.
 */
export async function changeCommit(
  repo: Repository,
  onto: string,
  change: { readonly from: string; readonly to: string },
  text: MergeText,
): Promise<MergeOutcome> {
  requireObjectIds(onto, change.from, change.to);
  const [tip, before, tree] = await Promise.all(
    [onto, change.from, change.to].map((oid) => rootTree(repo, oid)),
  );
  if (tip === undefined || before === undefined || tree === undefined) throw new Error("three trees");
  const merged = await applyTo(
    repo,
    { commit: onto, tree: tip },
    { oid: "", parent: undefined, tree, before },
  );
  if (merged.kind === "conflict") return { kind: "conflict", conflicts: merged.conflicts };
  if (merged.tree === tip) return { kind: "up-to-date" };
  const commit = await writeCommit(repo, { ...text, tree: merged.tree, parents: [onto] });
  return { kind: "merged", commit, tree: merged.tree };
}

export type RebaseOutcome =
  | {
      readonly kind: "rebased";
      /** The new tip; `onto` itself when nothing was left to apply. */
      readonly commit: string;
      /** Old and new ids in order; equal where a commit already stood in its place. */
      readonly commits: readonly { readonly from: string; readonly to: string }[];
      /** Commits whose change the target has already. */
      readonly dropped: readonly string[];
    }
  | { readonly kind: "conflict"; readonly at: string; readonly conflicts: readonly Conflict[] };

/** A branch with more commits of its own than one rebase may apply. */
export class TooManyCommits extends Error {
  override readonly name = "TooManyCommits";
}

const mostCommits = 1000;

/**
 * Applies the commits of `head` that `onto` lacks, one by one, as `git rebase` does: merges are left out, and so is
 * what `onto` has under another id or what changes nothing any more; a commit that was empty from the start stays.
 *
 * Authors, their dates and the messages are kept; `committer` signs all new commits. Commits that already stand on
 * `onto` are kept as they are unless `rewrite` is set. Throws UnrelatedHistories and TooManyCommits.
 */
export async function rebaseCommits(
  repo: Repository,
  onto: string,
  head: string,
  options: { readonly committer: Signature; readonly rewrite?: boolean },
): Promise<RebaseOutcome> {
  if ((await mergeBase(repo, onto, head)) === null) throw new UnrelatedHistories();
  const commits: { from: string; to: string }[] = [];
  const dropped: string[] = [];
  let tip: Tip = { commit: onto, tree: await rootTree(repo, onto) };
  for (const { oid: from, applied } of await commitsToPick(repo, onto, head)) {
    const result = await pickCommit(repo, tip, from, { ...options, applied });
    if (result.kind === "conflict") return { kind: "conflict", at: from, conflicts: result.conflicts };
    if (result.kind === "empty") dropped.push(from);
    else {
      tip = result.tip;
      commits.push({ from, to: tip.commit });
    }
  }
  return { kind: "rebased", commit: tip.commit, commits, dropped };
}

interface Tip {
  readonly commit: string;
  readonly tree: string;
}

type Pick =
  | { readonly kind: "picked"; readonly tip: Tip }
  | { readonly kind: "empty" }
  | { readonly kind: "conflict"; readonly conflicts: readonly Conflict[] };

async function pickCommit(
  repo: Repository,
  tip: Tip,
  oid: string,
  options: { readonly committer: Signature; readonly rewrite?: boolean; readonly applied: boolean },
): Promise<Pick> {
  const data = await readTyped(repo, oid, "commit");
  const [, parent] = /^tree [0-9a-f]+\nparent ([0-9a-f]+)\n/.exec(data.toString("latin1")) ?? [];
  const [theirs, before] = await Promise.all([
    rootTree(repo, oid),
    parent ? rootTree(repo, parent) : emptyTreeId(oid),
  ]);
  // Two empty commits look alike, but neither has the other's change.
  if (options.applied && theirs !== before) return { kind: "empty" };
  if (parent === tip.commit && !options.rewrite)
    return { kind: "picked", tip: { commit: oid, tree: theirs } };
  const merged = await applyTo(repo, tip, { oid, parent, tree: theirs, before });
  if (merged.kind === "conflict") return merged;
  if (merged.tree === tip.tree && theirs !== before) return { kind: "empty" };
  const { committer } = options;
  const commit = await rewriteCommit(repo, data, { tree: merged.tree, parents: [tip.commit], committer });
  return { kind: "picked", tip: { commit, tree: merged.tree } };
}

/**
 * Merges the change of one commit into a tip. `--merge-base` is younger than git 2.39, so the tip is given a twin
 * with the same tree whose parent is the parent of the commit: that parent is then the merge base. A root commit
 * and its counterpart get an empty commit as their common parent.
 */
async function applyTo(
  repo: Repository,
  tip: Tip,
  change: { oid: string; parent: string | undefined; tree: string; before: string },
): Promise<MergedTree> {
  if (change.before === tip.tree) return { kind: "clean", tree: change.tree };
  if (change.tree === change.before) return { kind: "clean", tree: tip.tree };
  const twin = (tree: string, ...parents: string[]) =>
    writeCommit(repo, { tree, parents, author: nobody, committer: nobody, message: "twin" });
  const parent = change.parent ?? (await twin(change.before));
  const ours = await twin(tip.tree, parent);
  const theirs = change.parent ? change.oid : await twin(change.tree, parent);
  return mergeTrees(repo, ours, theirs, { attributesOf: tip.tree });
}

const nobody: Signature = { name: "wit", email: "", time: 0, zone: "+0000" };

/**
 * The commits that a rebase of `head` applies to `onto`, in order; `applied` are those whose change `onto` has under another id.
 * Throws TooManyCommits.
 */
export async function commitsToPick(
  repo: Repository,
  onto: string,
  head: string,
  { most = mostCommits, deadline = 60_000 } = {},
): Promise<{ readonly oid: string; readonly applied: boolean }[]> {
  requireObjectIds(onto, head);
  const args = ["rev-list", "--reverse", "--topo-order", "--no-merges", "--cherry-mark", "--right-only"];
  const text = await gitText(repo.dir, [...args, `${onto}...${head}`, "--"], { deadline });
  const lines = text.split("\n").filter((line) => line !== "");
  if (lines.length > most) throw new TooManyCommits(`${lines.length} commits, more than ${most}`);
  // `=` marks a change that the other side has under another id, `+` one that it lacks.
  return lines.map((line) => ({ oid: line.slice(1), applied: line.startsWith("=") }));
}
