/** New commits from changes in memory: the contents API, edits in the browser, suggestions. */
import { writeCommit, writeObject, type Signature } from "./commit-objects.ts";
import { treePathProblem } from "./names.ts";
import { emptyTreeId, requireObjectIds, type Repository } from "./object-ids.ts";
import { MissingObject, objectInfo } from "./objects.ts";
import { submoduleFileProblem } from "./submodule-files.ts";
import { EditRefused, refusal, TreeEditor } from "./tree-edits.ts";
import { rootTree } from "./trees.ts";

export { EditRefused } from "./tree-edits.ts";

export type FileMode = "100644" | "100755" | "120000";

/** A content: bytes to be stored, or the id of a blob that is there already. */
export type Content = { readonly bytes: Uint8Array } | { readonly oid: string };

export type FileChange =
  /**
   * Creates or overwrites a file. `expected` is the blob id the writer has seen, or null when there must be no file;
   * without it the last writer wins. Without `mode` an existing file keeps its own. A link is written only when
   * `mode` says so, and never written through.
   */
  | {
      readonly kind: "put";
      readonly path: string;
      readonly content: Content;
      readonly mode?: FileMode;
      readonly expected?: string | null;
    }
  | { readonly kind: "delete"; readonly path: string; readonly expected?: string }
  /** Renames a file; nothing may be at the new path. With `content` it changes at the same time. */
  | {
      readonly kind: "move";
      readonly from: string;
      readonly path: string;
      readonly content?: Content;
      readonly expected?: string;
    }
  | { readonly kind: "mode"; readonly path: string; readonly mode: "100644" | "100755" };

export interface CommitRequest {
  /** The commit to build on; null for the first commit of a repository. */
  readonly base: string | null;
  /** More parents after the first (for a merge resolved by hand). */
  readonly mergeParents?: readonly string[];
  /** Applied in this order. */
  readonly changes: readonly FileChange[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  /** Only needed without a base: the object format. SHA-1 unless told. */
  readonly objectFormat?: "sha1" | "sha256";
}

const mostChanges = 5000;

/**
 * Writes the commit that results from applying changes to a commit, and answers its id and tree. No ref moves.
 * Throws EditRefused when a change does not fit or a path must not be written, MissingObject for an unknown base.
 */
export async function commitChanges(
  repo: Repository,
  request: CommitRequest,
): Promise<{ readonly commit: string; readonly tree: string }> {
  const { base, changes } = request;
  const parents = [...(base === null ? [] : [base]), ...(request.mergeParents ?? [])];
  requireObjectIds(...parents);
  if (changes.length > mostChanges)
    throw new EditRefused("bad-content", "", `One commit takes at most ${mostChanges} changes.`);
  const nothing = emptyTreeId("0".repeat(request.objectFormat === "sha256" ? 64 : 40));
  const editor = await TreeEditor.open(repo, base === null ? nothing : await rootTree(repo, base));
  for (const change of changes) await apply(repo, editor, change);
  const tree = await editor.write();
  const { message, author, committer } = request;
  return { tree, commit: await writeCommit(repo, { tree, parents, message, author, committer }) };
}

async function apply(repo: Repository, editor: TreeEditor, change: FileChange): Promise<void> {
  if (change.kind === "delete") {
    await expectContent(editor, change.path, change.expected);
    return editor.delete(change.path);
  }
  if (change.kind === "mode") {
    const entry = await editor.file(change.path);
    if (entry.kind === "symlink") throw refusal("is-a-link", change.path);
    return editor.put(change.path, change.mode, entry.oid);
  }
  checkPath(change.path);
  if (change.kind === "move") {
    await expectContent(editor, change.from, change.expected);
    const entry = await editor.file(change.from);
    if (change.path === change.from) throw refusal("exists", change.path);
    const oid = change.content ? await store(repo, change.path, entry.mode, change.content) : entry.oid;
    if (!change.content) await checkSpecial(repo, change.path, entry.mode, { oid });
    await editor.delete(change.from);
    if (!(await editor.free(change.path))) throw refusal("exists", change.path);
    return editor.put(change.path, entry.mode, oid);
  }
  const free = await editor.free(change.path);
  if (change.expected === null && !free) throw refusal("exists", change.path);
  if (typeof change.expected === "string") await expectContent(editor, change.path, change.expected);
  const before = free ? null : await editor.file(change.path);
  if (before?.kind === "symlink" && change.mode !== "120000") throw refusal("is-a-link", change.path);
  const mode = change.mode ?? before?.mode ?? "100644";
  return editor.put(change.path, mode, await store(repo, change.path, mode, change.content));
}

async function expectContent(editor: TreeEditor, path: string, expected: string | undefined): Promise<void> {
  if (expected !== undefined && (await editor.file(path)).oid !== expected) throw refusal("changed", path);
}

function checkPath(path: string): void {
  const problem = treePathProblem(path);
  if (problem) throw new EditRefused("bad-path", path, problem);
}

async function store(repo: Repository, path: string, mode: string, content: Content): Promise<string> {
  await checkSpecial(repo, path, mode, content);
  if ("bytes" in content) return writeObject(repo, "blob", content.bytes);
  requireObjectIds(content.oid);
  if ((await objectInfo(repo, content.oid))?.type !== "blob") throw new MissingObject(content.oid, "blob");
  return content.oid;
}

/** The rules of `git fsck` for the files that git itself reads: not as links, and no submodule that attacks who clones it. */
async function checkSpecial(repo: Repository, path: string, mode: string, content: Content): Promise<void> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (mode === "120000") {
    if (/^\.git(?:modules|attributes|ignore)$|^\.mailmap$/i.test(name))
      throw new EditRefused("bad-path", path, `${name} cannot be a symbolic link.`);
    const target = "bytes" in content ? content.bytes : new Uint8Array([1]);
    if (target.length === 0 || target.length > 4095 || target.includes(0))
      throw new EditRefused("bad-content", path, "The target of a symbolic link is a path.");
  } else if (/^\.gitmodules$/i.test(name)) {
    const problem = await submoduleFileProblem(repo, content);
    if (problem) throw new EditRefused("bad-content", path, problem);
  }
}
