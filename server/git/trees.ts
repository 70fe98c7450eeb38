/** Folders of a commit. */
import { ContentCache } from "./cache.ts";
import { emptyTreeId, type Repository } from "./object-ids.ts";
import { MissingObject, objectInfos, readObject, readTyped } from "./objects.ts";
import { decodePath, segments } from "./paths.ts";
import { streamGit } from "./streaming.ts";

export type EntryKind = "file" | "executable" | "symlink" | "directory" | "submodule";

export interface TreeEntry {
  /** One name, as `paths.ts` writes names that are not UTF-8. */
  readonly name: string;
  readonly kind: EntryKind;
  /** Six octal digits, as GitHub shows it: `100644`, `100755`, `120000`, `040000`, `160000`. */
  readonly mode: string;
  readonly oid: string;
}

export interface SizedEntry extends TreeEntry {
  /** Bytes of a file or link target; null for folders and submodules. */
  readonly size: number | null;
}

export interface PathEntry extends TreeEntry {
  /** From the root, without slashes at its ends; empty for the root itself. */
  readonly path: string;
}

const maxTreeBytes = 64 * 1024 * 1024;
const trees = new ContentCache<readonly TreeEntry[]>(48 * 1024 * 1024);
const rootTrees = new ContentCache<string>(4 * 1024 * 1024);
const sizes = new ContentCache<readonly SizedEntry[]>(24 * 1024 * 1024);

const weigh = (entries: readonly TreeEntry[]) =>
  entries.reduce((sum, entry) => sum + 220 + entry.name.length, 100);

/** The entries of a tree, in git's order; cached. Throws MissingObject. */
export function readTree(repo: Repository, oid: string): Promise<readonly TreeEntry[]> {
  if (oid === emptyTreeId(oid)) return Promise.resolve([]);
  return trees.load(
    `${repo.dir}\0${oid}`,
    async () => parseTree(await readTyped(repo, oid, "tree", { maxBytes: maxTreeBytes }), oid.length / 2),
    weigh,
  );
}

/** As `readTree`, with the sizes of files; cached. A blob that is missing (a partial copy) has size null. */
export function readSizedTree(repo: Repository, oid: string): Promise<readonly SizedEntry[]> {
  return sizes.load(
    `${repo.dir}\0${oid}`,
    async () => {
      const entries = await readTree(repo, oid);
      const blobs = entries.filter(({ kind }) => kind !== "directory" && kind !== "submodule");
      const infos = await objectInfos(
        repo,
        blobs.map((blob) => blob.oid),
      );
      const byOid = new Map(infos.map((info) => [info?.oid, info?.size]));
      return entries.map((entry) => ({ ...entry, size: byOid.get(entry.oid) ?? null }));
    },
    weigh,
  );
}

/** The tree a commit (or a tag of one, or a tree itself) stands for; throws MissingObject. */
export function rootTree(repo: Repository, oid: string): Promise<string> {
  return rootTrees.load(
    `${repo.dir}\0${oid}`,
    async () => {
      let at = oid;
      for (let depth = 0; depth < 16; depth += 1) {
        const answer = await readObject(repo, at, { maxBytes: 1024, truncate: true });
        if (answer?.type === "tree") return at;
        const next =
          answer && /^(?:tree|object) ([0-9a-f]{40,64})\n/.exec(answer.data.toString("latin1"))?.[1];
        if (!next) break;
        at = next;
      }
      throw new MissingObject(oid, "commit");
    },
    () => 100,
  );
}

/** What lies at a path of a commit; null when nothing does or the path is not a clean one. */
export async function pathEntry(repo: Repository, commit: string, path: string): Promise<PathEntry | null> {
  const names = segments(path);
  if (!names) return null;
  const root = await rootTree(repo, commit);
  let entry: TreeEntry = { name: "", kind: "directory", mode: "040000", oid: root };
  for (const name of names) {
    if (entry.kind !== "directory") return null;
    const found = (await readTree(repo, entry.oid)).find((candidate) => candidate.name === name);
    if (!found) return null;
    entry = found;
  }
  return { ...entry, path };
}

/** The folder at a path of a commit with sizes; null when there is no folder. */
export async function treeAt(
  repo: Repository,
  commit: string,
  path: string,
): Promise<{ readonly oid: string; readonly entries: readonly SizedEntry[] } | null> {
  const entry = await pathEntry(repo, commit, path);
  if (entry?.kind !== "directory") return null;
  return { oid: entry.oid, entries: await readSizedTree(repo, entry.oid) };
}

/** Everything below a tree, folders included when asked, up to `limit` entries in git's order. */
export async function listTree(
  repo: Repository,
  tree: string,
  options: { readonly limit?: number; readonly folders?: boolean; readonly deadline?: number } = {},
): Promise<{
  readonly entries: readonly (SizedEntry & { readonly path: string })[];
  readonly truncated: boolean;
}> {
  const limit = options.limit ?? 100_000;
  const entries: (SizedEntry & { path: string })[] = [];
  const args = ["ls-tree", "-r", "-l", "-z", ...(options.folders ? ["-t"] : []), await rootTree(repo, tree)];
  for await (const record of records(streamGit(repo.dir, args, { deadline: options.deadline ?? 20_000 }))) {
    if (entries.length >= limit) return { entries, truncated: true };
    const tab = record.indexOf(0x09);
    const [mode = "", , oid = "", size = "-"] = record.subarray(0, tab).toString("latin1").split(/ +/);
    const path = decodePath(record.subarray(tab + 1));
    const name = path.slice(path.lastIndexOf("/") + 1);
    entries.push({ path, name, mode, kind: kindOf(mode), oid, size: size === "-" ? null : Number(size) });
  }
  return { entries, truncated: false };
}

/** Cuts a stream into the records that NUL ends. */
export async function* records(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      const part = chunk.subarray(from, end);
      yield rest.length ? Buffer.concat([...rest, part]) : part;
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length) yield Buffer.concat(rest);
}

function parseTree(data: Buffer, idBytes: number): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(0x20, at);
    const end = data.indexOf(0, space);
    if (space < 0 || end < 0) throw new Error("a tree object is malformed");
    const mode = data.toString("latin1", at, space).padStart(6, "0");
    const oid = data.toString("hex", end + 1, end + 1 + idBytes);
    entries.push({ name: decodePath(data.subarray(space + 1, end)), kind: kindOf(mode), mode, oid });
    at = end + 1 + idBytes;
  }
  return entries;
}

function kindOf(mode: string): EntryKind {
  if (mode.startsWith("04")) return "directory";
  if (mode.startsWith("12")) return "symlink";
  if (mode.startsWith("16")) return "submodule";
  return (Number.parseInt(mode, 8) & 0o111) === 0 ? "file" : "executable";
}
