/**
 * Trees under change, in memory: folders are read when something below them changes and written from the leaves up.
 * There is no work tree and no index, so a link in the repository leads nowhere.
 */
import { durable } from "./commit-objects.ts";
import { emptyTreeId, type Repository } from "./object-ids.ts";
import { encodePath } from "./paths.ts";
import { git } from "./process.ts";
import { readTree, type EntryKind, type TreeEntry } from "./trees.ts";

export type EditProblem =
  | "missing"
  | "exists"
  | "changed"
  | "below-a-file"
  | "is-a-folder"
  | "is-a-link"
  | "is-a-submodule";

/** A change that does not fit what is in the tree, or a path that must not be written. */
export class EditRefused extends Error {
  override readonly name = "EditRefused";
  readonly problem: EditProblem | "bad-path" | "bad-content";
  readonly path: string;

  constructor(problem: EditRefused["problem"], path: string, sentence: string) {
    super(sentence);
    this.problem = problem;
    this.path = path;
  }
}

const sentences: Readonly<Record<EditProblem, string>> = {
  missing: "There is no file at this path.",
  exists: "There is already a file at this path.",
  changed: "The file has changed since it was read.",
  "below-a-file": "A part of this path is a file, a link or a submodule and not a folder.",
  "is-a-folder": "There is a folder at this path.",
  "is-a-link": "There is a symbolic link at this path.",
  "is-a-submodule": "There is a submodule at this path.",
};

interface Folder {
  readonly entries: Map<string, TreeEntry | Folder>;
}

const isFolder = (entry: TreeEntry | Folder): entry is Folder => "entries" in entry;
const kinds: Readonly<Record<string, EntryKind>> = {
  "100644": "file",
  "100755": "executable",
  "120000": "symlink",
};

export class TreeEditor {
  readonly #repo: Repository;
  readonly #format: string;
  readonly #root: Folder;

  private constructor(repo: Repository, format: string, root: Folder) {
    this.#repo = repo;
    this.#format = format;
    this.#root = root;
  }

  /** Begins with a tree; its id also tells the object format. */
  static async open(repo: Repository, tree: string): Promise<TreeEditor> {
    return new TreeEditor(repo, tree, await openFolder(repo, tree));
  }

  /** The file or link at a path; throws EditRefused when there is none or something else. */
  async file(path: string): Promise<TreeEntry> {
    const { folder, name } = await this.#parent(path, "missing");
    const entry = folder?.entries.get(name);
    if (!entry) throw refusal("missing", path);
    if (isFolder(entry) || entry.kind === "directory") throw refusal("is-a-folder", path);
    if (entry.kind === "submodule") throw refusal("is-a-submodule", path);
    return entry;
  }

  /** Whether nothing lies at a path; a part of the path that is not a folder makes it free for nobody. */
  async free(path: string): Promise<boolean> {
    const { folder, name } = await this.#parent(path, "below-a-file");
    return !folder?.entries.has(name);
  }

  /** Puts a file or link at a path, over a file or link if need be, and makes folders on the way. */
  async put(path: string, mode: string, oid: string): Promise<void> {
    const { folder, name } = await this.#parent(path, "below-a-file", true);
    const before = folder?.entries.get(name);
    if (before && (isFolder(before) || before.kind === "directory")) throw refusal("is-a-folder", path);
    if (before && !isFolder(before) && before.kind === "submodule") throw refusal("is-a-submodule", path);
    folder?.entries.set(name, { name, mode, oid, kind: kinds[mode] ?? "file" });
  }

  async delete(path: string): Promise<void> {
    await this.file(path);
    const { folder, name } = await this.#parent(path, "missing");
    folder?.entries.delete(name);
  }

  /** Writes the trees that changed and answers the id of the root; folders that became empty are gone. */
  async write(): Promise<string> {
    const levels: { folder: Folder; into: Map<string, TreeEntry | Folder>; name: string }[][] = [];
    const collect = (folder: Folder, depth: number) => {
      for (const [name, entry] of folder.entries) {
        if (!isFolder(entry)) continue;
        (levels[depth] ??= []).push({ folder: entry, into: folder.entries, name });
        collect(entry, depth + 1);
      }
    };
    collect(this.#root, 0);
    for (const level of levels.toReversed()) {
      for (const { folder, into, name } of level) if (folder.entries.size === 0) into.delete(name);
      const full = level.filter(({ folder }) => folder.entries.size > 0);
      const ids = await writeTrees(
        this.#repo,
        full.map(({ folder }) => folder),
      );
      full.forEach(({ into, name }, index) => {
        into.set(name, { name, mode: "040000", kind: "directory", oid: ids[index] ?? "" });
      });
    }
    if (this.#root.entries.size > 0) return (await writeTrees(this.#repo, [this.#root]))[0] ?? "";
    await git(this.#repo.dir, [...durable, "mktree"]);
    return emptyTreeId(this.#format);
  }

  async #parent(
    path: string,
    otherwise: EditProblem,
    make = false,
  ): Promise<{ readonly folder: Folder | null; readonly name: string }> {
    const names = path.split("/");
    const name = names.pop() ?? "";
    let folder = this.#root;
    for (const step of names) {
      let next = folder.entries.get(step);
      if (next && !isFolder(next)) {
        if (next.kind !== "directory") throw refusal(otherwise, path);
        next = await openFolder(this.#repo, next.oid);
        folder.entries.set(step, next);
      }
      if (!next) {
        if (!make) return { folder: null, name };
        next = { entries: new Map() };
        folder.entries.set(step, next);
      }
      folder = next;
    }
    return { folder, name };
  }
}

/** The refusal of a change with its sentence. */
export function refusal(problem: EditProblem, path: string): EditRefused {
  return new EditRefused(problem, path, sentences[problem]);
}

async function openFolder(repo: Repository, tree: string): Promise<Folder> {
  return { entries: new Map((await readTree(repo, tree)).map((entry) => [entry.name, entry])) };
}

async function writeTrees(repo: Repository, folders: readonly Folder[]): Promise<string[]> {
  if (folders.length === 0) return [];
  const parts: Buffer[] = [];
  for (const { entries } of folders) {
    for (const [name, entry] of entries) {
      if (isFolder(entry)) throw new Error("a folder must be written after the folders in it");
      const type = entry.kind === "directory" ? "tree" : entry.kind === "submodule" ? "commit" : "blob";
      parts.push(Buffer.from(`${entry.mode} ${type} ${entry.oid}\t`), encodePath(name), Buffer.from("\0"));
    }
    parts.push(Buffer.from("\0"));
  }
  const args = [...durable, "mktree", "--batch", "-z"];
  const { stdout } = await git(repo.dir, args, { input: Buffer.concat(parts) });
  const ids = stdout
    .toString("latin1")
    .split(/[\0\n]/)
    .filter((id) => id !== "");
  if (ids.length !== folders.length) throw new Error("git wrote another number of trees than it was given");
  return ids;
}
