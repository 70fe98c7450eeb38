/** What changed between two commits or trees, as data and as text. */
import { attributeArguments, pathAttributes } from "./attributes.ts";
import { ContentCache } from "./cache.ts";
import { NulReader, readChangedFiles, type ChangedFile } from "./diff-files.ts";
import { withinBudget, type PatchOfFile } from "./diff-patches.ts";
import type { Hunk } from "./diff-text.ts";
import { patchesOf } from "./kept-patches.ts";
import { readCommits } from "./commits.ts";
import { emptyTreeId, requireObjectIds, type Repository } from "./object-ids.ts";
import { hasRawBytes, literalPaths } from "./paths.ts";
import { git } from "./process.ts";
import { streamGit } from "./streaming.ts";
import { rootTree } from "./trees.ts";

export { patchText, type DiffLine, type Hunk } from "./diff-text.ts";
export type { ChangedFile, DiffStatus } from "./diff-files.ts";

export interface FileDiff extends ChangedFile {
  /** Empty for binary files, pure renames and files whose diff was left out. */
  readonly hunks: readonly Hunk[];
  /** How the lines were decoded. */
  readonly encoding: "utf-8" | "latin1";
  /** The diff of this file passes a budget and was left out; ask for it alone with larger budgets. */
  readonly truncated: boolean;
}

/** What `.gitattributes` say of a file; undefined where they say nothing. */
export interface FileAttributes {
  readonly generated?: boolean | undefined;
  readonly vendored?: boolean | undefined;
  /** False: git is told to show no lines of it (`-diff`). */
  readonly diffed?: boolean | undefined;
}

export interface Diff {
  /** At most `maxFiles` after those that were skipped, in git's order unless another was asked for. */
  readonly files: readonly FileDiff[];
  /** All files in that order, without their lines; those beyond `mostListed` (3000) are counted only. */
  readonly list: readonly ChangedFile[];
  /** By path, of the listed files; empty unless asked for. */
  readonly attributes: ReadonlyMap<string, FileAttributes>;
  /** Sums over all files, also those left out. */
  readonly totalFiles: number;
  readonly additions: number;
  readonly deletions: number;
  /** Files, or diffs of files, were left out. */
  readonly truncated: boolean;
}

export interface DiffOptions {
  /** As `git diff -w`: lines that differ only in white space are equal. */
  readonly ignoreWhitespace?: boolean;
  /** Look for copies of changed files too, not only for renames. */
  readonly copies?: boolean;
  /** Lines around a change; 3 unless told. */
  readonly context?: number;
  /** Only these files, by their path before or after. */
  readonly paths?: readonly string[];
  /** Read what the attribute files of the new side say of the files. */
  readonly attributes?: boolean;
  /** Another order than git's; the answer is kept under its name. */
  readonly order?: FileOrder;
  /** Files left out before the first. */
  readonly skip?: number;
  /** Files in the answer; 300 unless told. */
  readonly maxFiles?: number;
  /** Lines of the diff of one file; 4000 unless told. */
  readonly maxFileLines?: number;
  /** Bytes of the diff of one file; 512 KiB unless told. */
  readonly maxFileBytes?: number;
  /** Bytes of all diffs together; 6 MiB unless told. */
  readonly maxBytes?: number;
  /** Milliseconds; 20 seconds unless told. */
  readonly deadline?: number;
}

export interface FileOrder {
  readonly name: string;
  readonly sort: (
    files: readonly ChangedFile[],
    attributes: ReadonlyMap<string, FileAttributes>,
  ) => readonly ChangedFile[];
}

/** Files that a diff names. */
const mostListed = 3000;
/** Files whose attributes are looked at. */
const mostAttributed = 5000;
const noAttributes: ReadonlyMap<string, FileAttributes> = new Map();

const plainDiff =
  "diff-tree -r -p --no-color --no-ext-diff --no-textconv --submodule=short --ignore-submodules=none " +
  "--diff-algorithm=myers --find-renames --src-prefix=a/ --dst-prefix=b/";

const cached = new ContentCache<Diff>(64 * 1024 * 1024);

/** The changes from one commit or tree to another; cached. Throws MissingObject, or GitTimeout past the deadline. */
export async function diffTrees(
  repo: Repository,
  from: string,
  to: string,
  options: DiffOptions = {},
): Promise<Diff> {
  const [old, now] = await Promise.all([treeOf(repo, from), treeOf(repo, to)]);
  return cached.load(
    `${repo.dir}\0${old}\0${now}\0${JSON.stringify(options)}`,
    () => runDiff(repo, old, now, options),
    (diff) =>
      diff.files.reduce(
        (sum, file) =>
          sum +
          600 +
          file.path.length * 2 +
          file.hunks.reduce((lines, hunk) => lines + 200 + hunk.lines.length * 120, 0) +
          file.hunks.reduce(
            (text, hunk) => hunk.lines.reduce((all, line) => all + line.text.length, text),
            0,
          ),
        200 + diff.list.length * 400,
      ),
  );
}

/** The changes of a commit against its first parent, or against nothing for a root commit. */
export async function diffCommit(repo: Repository, oid: string, options: DiffOptions = {}): Promise<Diff> {
  const [commit] = await readCommits(repo, [oid]);
  return diffTrees(repo, commit?.parents[0] ?? emptyTreeId(oid), oid, options);
}

function treeOf(repo: Repository, oid: string): Promise<string> {
  requireObjectIds(oid);
  return oid === emptyTreeId(oid) ? Promise.resolve(oid) : rootTree(repo, oid);
}

async function runDiff(repo: Repository, from: string, to: string, options: DiffOptions): Promise<Diff> {
  const {
    skip = 0,
    maxFiles = 300,
    maxFileLines = 4000,
    maxFileBytes = 512 * 1024,
    maxBytes = 6 * 1024 * 1024,
    deadline = 20_000,
  } = options;
  const before = await attributeArguments(repo, to);
  const args = [
    ...before,
    ...diffArguments(options),
    "--raw",
    // Which files differ in nothing but white space is told nowhere else.
    ...(options.ignoreWhitespace ? ["--numstat"] : []),
    "-z",
    from,
    to,
  ];
  // Names that are not UTF-8 cannot be arguments; then git compares all files and only the wanted are kept.
  const wanted = options.paths && new Set(options.paths);
  const limit = options.paths?.every((path) => !hasRawBytes(path)) ? ["--", ...options.paths] : ["--"];
  const reader = new NulReader(streamGit(repo.dir, [...args, ...limit], { env: literalPaths, deadline }));
  try {
    const all = (await readChangedFiles(reader, options.ignoreWhitespace ?? false)).filter(
      ({ path, oldPath }) => !wanted || wanted.has(path) || (oldPath !== null && wanted.has(oldPath)),
    );
    const attributes = options.attributes ? await attributesOf(repo, to, all) : noAttributes;
    const list = options.order?.sort(all, attributes) ?? all;
    const shown = list.slice(skip, skip + maxFiles);
    const limits = { maxFileLines, maxFileBytes, maxBytes };
    const part = { from, to, all, shown: new Set(shown), limits, deadline };
    const read = await patchesOf(repo, [...before, ...diffArguments(options)], part, reader);
    const found = withinBudget(all, part.shown, read, maxBytes);
    const files = shown.map((file) => ({ ...file, ...found.get(file) }) as FileDiff);
    const sum = (side: "additions" | "deletions") =>
      [...found.values()].reduce((total, patch) => total + patch[side], 0);
    return {
      files,
      list: list.slice(0, mostListed).map((file) => counted(file, found.get(file))),
      attributes,
      totalFiles: all.length,
      additions: sum("additions"),
      deletions: sum("deletions"),
      truncated: all.length > shown.length || files.some((file) => file.truncated),
    };
  } finally {
    await reader.close();
  }
}

const counted = (file: ChangedFile, patch: PatchOfFile | undefined): ChangedFile =>
  patch ? { ...file, binary: patch.binary, additions: patch.additions, deletions: patch.deletions } : file;

/** Reads attributes of all files of a list, where the tree has attribute files. */
async function attributesOf(
  repo: Repository,
  tree: string,
  files: readonly ChangedFile[],
): Promise<ReadonlyMap<string, FileAttributes>> {
  const paths = files.slice(0, mostAttributed).map(({ path }) => path);
  const said = await pathAttributes(repo, tree, paths, ["linguist-generated", "linguist-vendored", "diff"]);
  const flag = (value: string | undefined) =>
    value === undefined ? undefined : !/^(?:unset|false)$/.test(value);
  return new Map(
    [...said].map(([path, values]) => [
      path,
      {
        generated: flag(values.get("linguist-generated")),
        vendored: flag(values.get("linguist-vendored")),
        diffed: flag(values.get("diff")),
      },
    ]),
  );
}

function diffArguments(options: DiffOptions): string[] {
  const context = Math.min(Math.max(0, Math.trunc(options.context ?? 3)), 1_000_000);
  return [
    ...plainDiff.split(" "),
    ...(options.copies ? ["--find-copies"] : []),
    ...(options.ignoreWhitespace ? ["--ignore-all-space"] : []),
    `--unified=${context}`,
  ];
}

/** The whole unified diff, bytes as git writes them (`.diff`). Throws GitOutputTooLarge past `maxBytes` (32 MiB). */
export async function diffText(
  repo: Repository,
  from: string,
  to: string,
  options: Pick<DiffOptions, "ignoreWhitespace" | "context"> & { readonly maxBytes?: number } = {},
): Promise<Buffer> {
  const [old, now] = await Promise.all([treeOf(repo, from), treeOf(repo, to)]);
  const args = [...(await attributeArguments(repo, now)), ...diffArguments(options), old, now, "--"];
  return (await git(repo.dir, args, { maxBytes: options.maxBytes ?? 32 * 1024 * 1024 })).stdout;
}

/**
 * The commits of `head` that are not in `base` as mails, oldest first (`.patch`); merges are left out. With `base`
 * null only the commit `head` itself. Throws GitOutputTooLarge past `maxBytes` (32 MiB).
 */
export async function patchSeries(
  repo: Repository,
  base: string | null,
  head: string,
  options: { readonly maxBytes?: number } = {},
): Promise<Buffer> {
  requireObjectIds(head, ...(base === null ? [] : [base]));
  const range = base === null ? ["-1", head] : [`${base}..${head}`];
  const args = ["format-patch", "--stdout", "--no-signature", "--no-color", "--no-ext-diff", "--no-textconv"];
  const attributes = await attributeArguments(repo, head);
  const all = [...attributes, ...args, "--find-renames", ...range, "--"];
  return (await git(repo.dir, all, { maxBytes: options.maxBytes ?? 32 * 1024 * 1024 })).stdout;
}
