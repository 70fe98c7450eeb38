/**
 * A change seen apart from where it begins: the same change on another base, which tells a rebase from new code.
 *
 * A change is what lies between its base and its head. Carried, it is merged by three ways onto the other base, as a rebase
 * of one commit would be; whoever did a clean rebase, or merged the base in, has exactly that tree.
 */
import { writeCommit, type Signature } from "./commit-objects.ts";
import { ContentCache } from "./cache.ts";
import { mergeTrees } from "./merge-tree.ts";
import { requireObjectIds, type Repository } from "./object-ids.ts";
import { objectInfo } from "./objects.ts";
import { rootTree } from "./trees.ts";

/** Ids of commits; `base` lies in the history of `head`. */
export interface Change {
  readonly base: string;
  readonly head: string;
}

export type Carried =
  /** `commit` stands on the other base and has `tree`; no reference holds it. */
  | { readonly kind: "clean"; readonly commit: string; readonly tree: string }
  | { readonly kind: "conflict"; readonly paths: readonly string[] };

const carried = new ContentCache<Carried>(2 * 1024 * 1024);
const nobody: Signature = { name: "wit", email: "", time: 0, zone: "+0000" };

/** The change on another base; cached. Throws MissingObject when a commit is gone, GitTimeout past a minute. */
export async function carryChange(repo: Repository, change: Change, onto: string): Promise<Carried> {
  requireObjectIds(change.base, change.head, onto);
  if (change.base === onto)
    return { kind: "clean", commit: change.head, tree: await rootTree(repo, change.head) };
  const key = `${repo.dir}\0${change.base}\0${change.head}\0${onto}`;
  const known = carried.get(key);
  // What no reference holds may have expired since.
  if (known?.kind === "clean" && (await objectInfo(repo, known.commit)) === null) carried.delete(key);
  return carried.load(
    key,
    () => carry(repo, change, onto),
    (found) => (found.kind === "clean" ? 300 : 200 + found.paths.join().length * 2),
  );
}

async function carry(repo: Repository, change: Change, onto: string): Promise<Carried> {
  const [before, after, there] = await Promise.all([
    rootTree(repo, change.base),
    rootTree(repo, change.head),
    rootTree(repo, onto),
  ]);
  if (before === there) return stand(repo, after, onto);
  if (before === after) return stand(repo, there, onto);
  // `merge-tree --merge-base` is younger than git 2.39: a twin of the base that has the change's own base for a parent does it.
  const twin = await write(repo, there, change.base);
  const merged = await mergeTrees(repo, twin, change.head, { attributesOf: there });
  return merged.kind === "clean"
    ? stand(repo, merged.tree, onto)
    : { kind: "conflict", paths: [...new Set(merged.conflicts.map((one) => one.path))] };
}

async function stand(repo: Repository, tree: string, onto: string): Promise<Carried> {
  return { kind: "clean", commit: await write(repo, tree, onto), tree };
}

const write = (repo: Repository, tree: string, parent: string): Promise<string> =>
  writeCommit(repo, { tree, parents: [parent], author: nobody, committer: nobody, message: "carried" });

/**
 * Whether two changes are the same one: the first, carried onto the base of the second, is the second to the byte. Stricter than equal
 * patch ids, which do not see where in a file lines went, white space, and what is inside of binary files.
 */
export async function isSameChange(repo: Repository, before: Change, after: Change): Promise<boolean> {
  if (before.head === after.head && before.base === after.base) return true;
  const found = await carryChange(repo, before, after.base);
  return found.kind === "clean" && found.tree === (await rootTree(repo, after.head));
}
