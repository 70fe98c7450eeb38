/** `git merge-tree --write-tree`: a merge without a work tree, and its answer as data. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { mergeBase } from "./ancestry.ts";
import { attributeArguments } from "./attributes.ts";
import { durable } from "./commit-objects.ts";
import { isObjectId, requireObjectIds, type Repository } from "./object-ids.ts";
import { decodePath } from "./paths.ts";
import { git, GitError } from "./process.ts";

/** One side of a conflicting path. */
export interface ConflictSide {
  readonly mode: string;
  readonly oid: string;
}

export interface Conflict {
  readonly path: string;
  /** As `git status` would name it. */
  readonly kind:
    | "both-modified"
    | "both-added"
    | "both-deleted"
    | "deleted-by-us"
    | "deleted-by-them"
    | "added-by-us"
    | "added-by-them";
  /** git's own word: `contents`, `modify/delete`, `rename/rename`, `binary`, `file/directory`, `submodule`, … */
  readonly reason: string;
  /** The path in the common ancestor, in the target and in what is merged into it. */
  readonly base: ConflictSide | null;
  readonly ours: ConflictSide | null;
  readonly theirs: ConflictSide | null;
}

export type MergedTree =
  | { readonly kind: "clean"; readonly tree: string }
  /** `tree` holds the files with conflict markers. */
  | { readonly kind: "conflict"; readonly tree: string; readonly conflicts: readonly Conflict[] };

/** The two commits share no ancestor; a forge does not merge such. */
export class UnrelatedHistories extends Error {
  override readonly name = "UnrelatedHistories";

  constructor() {
    super("the commits share no history");
  }
}

/** Said to every merge, whatever the configuration of the machine. */
export const mergeSettings = ["-c", "merge.renames=true", "-c", "merge.directoryRenames=conflict"] as const;

/**
 * Merges the commit `theirs` into the commit `ours` under the attributes of `ours` (or of `attributesOf`, a tree).
 *
 * git ends with 1 for a conflict and also for an argument it cannot read; only an answer that begins with a tree id
 * is a conflict. Throws UnrelatedHistories.
 */
export async function mergeTrees(
  repo: Repository,
  ours: string,
  theirs: string,
  options: { readonly attributesOf?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<MergedTree> {
  requireObjectIds(ours, theirs);
  const attributes = await attributeArguments(repo, options.attributesOf ?? ours);
  const args = [
    ...durable,
    ...mergeSettings,
    ...attributes,
    "merge-tree",
    "--write-tree",
    "-z",
    ours,
    theirs,
  ];
  try {
    const { exitCode, stdout, stderr } = await git(repo.dir, args, {
      exitCodes: [0, 1],
      deadline: 60_000,
      ...(options.env ? { env: options.env } : {}),
    });
    const fields = splitFields(stdout);
    const tree = fields[0]?.toString("latin1").trim() ?? "";
    if (!isObjectId(tree)) throw new GitError(args, exitCode, stderr);
    return exitCode === 0
      ? { kind: "clean", tree }
      : { kind: "conflict", tree, conflicts: readConflicts(fields.slice(1)) };
  } catch (error) {
    if (error instanceof GitError && error.exitCode === 128 && (await mergeBase(repo, ours, theirs)) === null)
      throw new UnrelatedHistories();
    throw error;
  }
}

/** Runs with an object folder that is thrown away: what git writes there is never part of the repository. */
export async function inScratch<Result>(
  repo: Repository,
  run: (env: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const scratch = await mkdtemp(path.join(tmpdir(), "wit-merge-"));
  try {
    const objects = path.join(repo.dir, "objects").replace(/["\\]/g, "\\$&");
    return await run({ GIT_OBJECT_DIRECTORY: scratch, GIT_ALTERNATE_OBJECT_DIRECTORIES: `"${objects}"` });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function splitFields(answer: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0, at);
    fields.push(answer.subarray(at, end < 0 ? answer.length : end));
    at = end < 0 ? answer.length : end + 1;
  }
  return fields;
}

function readConflicts(fields: readonly Buffer[]): Conflict[] {
  const files = new Map<string, (ConflictSide | undefined)[]>();
  let at = 0;
  for (; fields[at]?.length; at += 1) {
    const match = /^(\d{6}) ([0-9a-f]+) ([123])\t(.*)$/s.exec(fields[at]?.toString("latin1") ?? "");
    if (!match) throw new Error("merge-tree answered a conflict in an unknown form");
    const name = decodePath(Buffer.from(match[4] ?? "", "latin1"));
    const sides = files.get(name) ?? [];
    sides[Number(match[3])] = { mode: match[1] ?? "", oid: match[2] ?? "" };
    files.set(name, sides);
  }
  const reasons = readReasons(fields.slice(at + 1));
  return [...files].map(([name, [, base, ours, theirs]]) => ({
    path: name,
    kind: kindOf(base, ours, theirs),
    reason: reasons.get(name) ?? "contents",
    base: base ?? null,
    ours: ours ?? null,
    theirs: theirs ?? null,
  }));
}

/** Messages follow as: number of paths, the paths, a stable type, a text for people. The first conflict of a path counts. */
function readReasons(fields: readonly Buffer[]): Map<string, string> {
  const reasons = new Map<string, string>();
  for (let at = 0; at < fields.length;) {
    const count = Number(fields[at]?.toString("latin1"));
    const paths = fields.slice(at + 1, at + 1 + count).map((field) => decodePath(field));
    const type = fields[at + 1 + count]?.toString("latin1") ?? "";
    const reason = /^CONFLICT \((.+)\)$/.exec(type)?.[1];
    for (const name of reason ? paths : []) if (!reasons.has(name)) reasons.set(name, reason ?? "");
    at += count + 3;
  }
  return reasons;
}

function kindOf(
  base: ConflictSide | undefined,
  ours: ConflictSide | undefined,
  theirs: ConflictSide | undefined,
): Conflict["kind"] {
  if (ours && theirs) return base ? "both-modified" : "both-added";
  if (base) return ours ? "deleted-by-them" : theirs ? "deleted-by-us" : "both-deleted";
  return ours ? "added-by-us" : "added-by-them";
}
