/**
 * The `.gitattributes` files of a tree, as git 2.39 can be told them in a bare repository.
 *
 * There it looks at no tree: a file is given by `core.attributesFile`, with the patterns of folders written from
 * the root. Which attribute files lie below a tree depends on the tree alone, so it is kept by tree id, and after
 * the first look only what changed is read.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ContentCache } from "./cache.ts";
import type { Repository } from "./object-ids.ts";
import { readObjects } from "./objects.ts";
import { decodePath, encodePath } from "./paths.ts";
import { quoted, unquoted } from "./quoting.ts";
import { streamGit } from "./streaming.ts";
import { readTree, records, rootTree } from "./trees.ts";

interface AttributeFile {
  /** The folder from the tree looked at, empty or ending in a slash. */
  readonly folder: string;
  readonly oid: string;
}

const maxFileBytes = 256 * 1024;
const maxFiles = 256;
const maxFolders = 50_000;

const found = new ContentCache<readonly AttributeFile[]>(8 * 1024 * 1024);
const fileOf = new ContentCache<string>(2 * 1024 * 1024);
const written = new Map<string, Promise<string>>();
let folderOfFiles: string | undefined;

/** Arguments that go before the git command and make it see the attributes of a commit or tree; often none. */
export async function attributeArguments(repo: Repository, treeish: string): Promise<readonly string[]> {
  const tree = await rootTree(repo, treeish);
  const file = await fileOf.load(
    `${repo.dir}\0${tree}`,
    async () => {
      const content = await attributesOf(repo, tree);
      return content.length === 0 ? "" : keepFile(content);
    },
    () => 300,
  );
  if (file === "") return [];
  // Temporary folders are swept by others; git would silently do without the attributes.
  if (existsSync(file)) return ["-c", `core.attributesFile=${file}`];
  fileOf.delete(`${repo.dir}\0${tree}`);
  written.clear();
  folderOfFiles = undefined;
  return ["-c", `core.attributesFile=${await keepFile(await attributesOf(repo, tree))}`];
}

/**
 * What the attribute files of a commit or tree say of paths: by path, the named attributes that are specified
 * (`set`, `unset` or a value). Paths without any are left out.
 */
export async function pathAttributes(
  repo: Repository,
  treeish: string,
  paths: readonly string[],
  names: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const answers = new Map<string, Map<string, string>>();
  const before = await attributeArguments(repo, treeish);
  if (before.length === 0 || paths.length === 0) return answers;
  const input = Buffer.concat(paths.flatMap((name) => [encodePath(name), Buffer.from("\0")]));
  const args = [...before, "check-attr", "-z", "--stdin", ...names];
  const fields = records(streamGit(repo.dir, args, { input }));
  for (let next = await fields.next(); !next.done; next = await fields.next()) {
    const name = decodePath(next.value);
    const attribute = (await fields.next()).value?.toString("utf8") ?? "";
    const value = (await fields.next()).value?.toString("utf8") ?? "";
    if (value === "unspecified") continue;
    const known = answers.get(name) ?? new Map<string, string>();
    answers.set(name, known.set(attribute, value));
  }
  return answers;
}

/** All attribute files below a tree as one, outer folders first, so that inner ones win. */
async function attributesOf(repo: Repository, tree: string): Promise<Buffer> {
  const files = await attributeFiles(repo, tree);
  const answers = await readObjects(
    repo,
    files.map(({ oid }) => oid),
    { maxBytes: maxFileBytes, truncate: true },
  );
  const parts = files.map(({ folder }, index) => {
    const answer = answers[index];
    // git ignores an attribute file beyond its own limit as well; half of one would mean something else.
    if (answer?.type !== "blob" || answer.size > maxFileBytes) return "";
    return rooted(answer.data.toString("latin1"), encodePath(folder).toString("latin1"));
  });
  const all = parts.filter((part) => part !== "").join("\n");
  return Buffer.from(all + pointersApart(all), "latin1");
}

/**
 * A pointer to LFS names a content: lines of two of them make none, whatever a later line says of merging (`merge=union`). Last
 * words win, so these say that such files do not merge by lines.
 */
function pointersApart(attributes: string): string {
  const lines = attributes.split("\n").flatMap((line) => {
    const match = /^[ \t\r]*("(?:[^"\\]|\\.)*"|[^ \t\r#"][^ \t\r]*)[ \t](.*)$/.exec(line);
    return match?.[1] === undefined ? [] : [{ of: match[1], says: match[2]?.split(/[ \t\r]+/) ?? [] }];
  });
  // A name that the repository gives to a set of attributes says the same.
  const names = new Set(["filter=lfs"]);
  for (const { of, says } of lines)
    if (of.startsWith("[attr]") && says.some((one) => names.has(one))) names.add(of.slice("[attr]".length));
  const patterns = lines
    .filter(({ of, says }) => !of.startsWith("[attr]") && says.some((one) => names.has(one)))
    .map(({ of }) => `${of} -merge`);
  return patterns.length === 0 ? "" : `\n${[...new Set(patterns)].join("\n")}\n`;
}

async function attributeFiles(repo: Repository, root: string): Promise<readonly AttributeFile[]> {
  const budget = { folders: maxFolders };
  const files = await below(repo, root, budget, 0);
  const depth = (file: AttributeFile) => file.folder.split("/").length;
  return files.slice(0, maxFiles).toSorted((a, b) => depth(a) - depth(b));
}

async function below(
  repo: Repository,
  tree: string,
  budget: { folders: number },
  depth: number,
): Promise<readonly AttributeFile[]> {
  const key = `${repo.dir}\0${tree}`;
  const known = found.get(key);
  if (known) return known;
  budget.folders -= 1;
  if (budget.folders < 0 || depth > 100) return [];
  const entries = await readTree(repo, tree);
  const files: AttributeFile[] = entries
    .filter((entry) => entry.name === ".gitattributes" && /^(?:file|executable)$/.test(entry.kind))
    .map(({ oid }) => ({ folder: "", oid }));
  for (const entry of entries) {
    if (entry.kind !== "directory") continue;
    const inner = await below(repo, entry.oid, budget, depth + 1);
    for (const file of inner) files.push({ folder: `${entry.name}/${file.folder}`, oid: file.oid });
  }
  if (budget.folders >= 0) found.set(key, files, 200 + files.length * 200);
  return files;
}

/** The lines of an attribute file in `folder`, with patterns that mean the same from the root. Latin-1 stands for bytes. */
export function rooted(content: string, folder: string): string {
  if (folder === "") return content;
  const prefix = folder.replace(/[*?[\\]/g, "\\$&");
  const lines = content.split("\n").map((line) => {
    const match = /^[ \t\r]*(?:"((?:[^"\\]|\\.)*)"|([^ \t\r]+))(.*)$/.exec(line);
    const pattern = match?.[1] === undefined ? match?.[2] : unquoted(match[1]);
    // Comments, macros (only the root may define them) and negated patterns (git refuses them).
    if (!match || !pattern || /^(?:#|\[attr\]|!)/.test(pattern)) return "";
    const inner = pattern.slice(0, -1).includes("/") ? pattern.replace(/^\//, "") : `**/${pattern}`;
    const full = prefix + inner;
    // oxlint-disable-next-line no-control-regex
    return `${/[\0-\x20"\x7f]|^[#!]/.test(full) ? quoted(full) : full}${match[3] ?? ""}`;
  });
  return lines.filter((line) => line !== "").join("\n");
}

/** Writes a content once per process, into a folder that only this user can read and that goes with the process. */
function keepFile(content: Buffer): Promise<string> {
  const name = createHash("sha256").update(content).digest("hex");
  let file = written.get(name);
  if (!file) {
    if (folderOfFiles === undefined) {
      const made = mkdtempSync(path.join(tmpdir(), "wit-attributes-"));
      folderOfFiles = made;
      process.once("exit", () => rmSync(made, { recursive: true, force: true }));
    }
    const target = path.join(folderOfFiles, name);
    file = writeFile(target, content).then(() => target);
    file.catch(() => written.delete(name));
    written.set(name, file);
  }
  return file;
}
