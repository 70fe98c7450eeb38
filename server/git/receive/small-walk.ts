/**
 * The walk over a push that is a commit or a few on top of a branch: whether all that they name is in the push or known to be whole.
 * `rev-list` proves the same from all references (connected.c), in a process of its own.
 *
 * The old end of the branch is whole, as all that references lead to. So a tree of the push is, if each of its entries is in the
 * push, and whole in turn, or stands in the tree that it replaces. What came from elsewhere (a folder brought back from
 * history) is whole too, most likely; it takes the long way.
 */
import type { Repository } from "../object-ids.ts";
import { readObject } from "../objects.ts";
import type { PackedObject } from "./small-pack.ts";
import { treeEntries, type TreeEntry } from "./tree-entries.ts";

const mostPathBytes = 4_000;
const mostTrees = 2_000;
const mostTreeBytes = 1024 * 1024;

interface Walk {
  readonly repository: Repository;
  readonly pack: ReadonlyMap<string, PackedObject>;
  readonly maxFileBytes: number;
  /** Trees that were proved beside the one that they replace. */
  readonly proved: Set<string>;
}

/**
 * The commits between the two ends of a branch, newest first; null when it is not proved that they are whole and stand on the old
 * end alone, which says nothing about whether they do.
 */
export async function walkSmall(
  repository: Repository,
  pack: ReadonlyMap<string, PackedObject>,
  { old, new: end }: { readonly old: string; readonly new: string },
  maxFileBytes: number,
): Promise<readonly string[] | null> {
  const commits: { readonly oid: string; readonly tree: string }[] = [];
  let at = end;
  while (at !== old) {
    const object = pack.get(at);
    if (object?.type !== "commit") return null;
    const commit = headOf(object.data);
    const [parent, ...others] = commit?.parents ?? [];
    if (!commit || parent === undefined || others.length > 0) return null;
    commits.push({ oid: at, tree: commit.tree });
    at = parent;
  }
  const walk: Walk = { repository, pack, maxFileBytes, proved: new Set() };
  const before = await readObject(repository, old, { maxBytes: mostTreeBytes }).catch(() => null);
  const stood = before?.type === "commit" ? headOf(before.data) : null;
  if (!stood || commits.length === 0) return null;
  let known = stood.tree;
  for (const { tree } of commits.toReversed()) {
    if (!(await isWhole(walk, tree, known, 0))) return null;
    known = tree;
  }
  return commits.map(({ oid }) => oid);
}

/** The first lines of a commit, read as strictly as git does (commit.c, parse_commit_buffer): parents stand right behind the tree. */
function headOf(data: Buffer): { readonly tree: string; readonly parents: readonly string[] } | null {
  const text = data.toString("latin1", 0, 4_096);
  const found =
    /^tree ([0-9a-f]{40}|[0-9a-f]{64})\n((?:parent (?:[0-9a-f]{40}|[0-9a-f]{64})\n)*)author /.exec(text);
  if (!found) return null;
  const parents = (found[2] ?? "").split("\n").filter(Boolean);
  return { tree: found[1] ?? "", parents: parents.map((line) => line.slice("parent ".length)) };
}

/** @param replaced a tree that is whole; null where there was none */
async function isWhole(
  walk: Walk,
  tree: string,
  replaced: string | null,
  pathBytes: number,
): Promise<boolean> {
  if (tree === replaced) return true;
  const key = `${tree} ${replaced} ${pathBytes}`;
  if (walk.proved.has(key)) return true;
  if (walk.proved.size > mostTrees) return false;
  const object = walk.pack.get(tree);
  if (object?.type !== "tree") return false;
  const former = replaced === null ? [] : await entriesIn(walk, replaced);
  if (former === null) return false;
  const width = tree.length / 2;
  const byName = new Map(former.map((entry) => [entry.name, entry]));
  const wholeBefore = new Set(former.map(({ isTree, oid }) => `${isTree} ${oid}`));
  for (const { name, isTree, isLink, oid } of treeEntries(object.data, width)) {
    const length = pathBytes + name.length + 1;
    if (length > mostPathBytes) return false;
    if (isLink || wholeBefore.has(`${isTree} ${oid}`)) continue;
    const brought = walk.pack.get(oid);
    if (isTree) {
      const counterpart = byName.get(name);
      const beside = counterpart?.isTree ? counterpart.oid : null;
      if (brought?.type !== "tree" || !(await isWhole(walk, oid, beside, length))) return false;
    } else if (brought?.type !== "blob" || brought.data.length > walk.maxFileBytes) return false;
  }
  walk.proved.add(key);
  return true;
}

async function entriesIn({ repository, pack }: Walk, tree: string): Promise<TreeEntry[] | null> {
  const object =
    pack.get(tree) ?? (await readObject(repository, tree, { maxBytes: mostTreeBytes }).catch(() => null));
  return object?.type === "tree" ? [...treeEntries(object.data, tree.length / 2)] : null;
}
