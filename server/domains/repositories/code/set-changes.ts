/** One change of a set, from what a browser sends to what git is told. */
import { readBlob } from "../../../git/blobs.ts";
import { treePathProblem } from "../../../git/names.ts";
import type { GitRepository } from "../../../git/store.ts";
import { pathEntry } from "../../../git/trees.ts";
import type { Content, FileChange } from "../../../git/write.ts";
import { invalid } from "../../../kernel/errors.ts";
import { plainLines, withLineEndsOf } from "./line-ends.ts";

export interface SetChange {
  /** How the client calls this change: `change`, `changes.3`. */
  readonly field: string;
  readonly path: string;
  /** What the file was called; the same or absent when it keeps its name. */
  readonly previousPath?: string | undefined;
  /** Text from a form. What it replaces gives it its line ends and its byte order mark. */
  readonly text?: string | undefined;
  /** Bytes as they are. */
  readonly bytes?: Buffer | undefined;
  readonly delete?: boolean | undefined;
  /** There must be no file at the path. */
  readonly create?: boolean | undefined;
  /** As it was unless told. */
  readonly executable?: boolean | undefined;
}

/** The paths that a change concerns. */
export const pathsOf = ({ path, previousPath }: SetChange): string[] =>
  previousPath === undefined ? [path] : [path, previousPath];

/** @throws Refusal 422 for a path or a content that will not do */
export async function fileChanges(
  git: GitRepository,
  start: string | null,
  change: SetChange,
): Promise<FileChange[]> {
  const { path, field } = change;
  if (change.delete) return [{ kind: "delete", path }];
  const problem = treePathProblem(path);
  if (problem !== null) throw invalid("Commit", `${field}.path`, problem);
  const content = await contentOf(git, start, change);
  const changes: FileChange[] = [];
  if (change.previousPath !== undefined && change.previousPath !== path)
    changes.push({ kind: "move", from: change.previousPath, path, ...(content ? { content } : {}) });
  else if (content)
    changes.push({ kind: "put", path, content, ...(change.create ? { expected: null } : {}) });
  if (change.executable !== undefined)
    changes.push({ kind: "mode", path, mode: change.executable ? "100755" : "100644" });
  if (changes.length === 0) throw invalid("Commit", field, "The change says nothing about the file.");
  return changes;
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

async function contentOf(
  git: GitRepository,
  start: string | null,
  { field, path, previousPath, text, bytes, create }: SetChange,
): Promise<Content | null> {
  if (bytes !== undefined) return { bytes };
  if (text === undefined) return null;
  const before = start === null || create === true ? null : await pathEntry(git, start, previousPath ?? path);
  if (!before || before.kind === "directory" || before.kind === "submodule")
    return { bytes: Buffer.from(plainLines(text)) };
  const blob = await readBlob(git, before.oid);
  if (blob.text === null || blob.encoding !== "utf-8" || blob.truncated)
    throw invalid(
      "Commit",
      `${field}.text`,
      "The file is not text in UTF-8, or too large to be edited here.",
    );
  const written = Buffer.from(withLineEndsOf(blob.text, text));
  return { bytes: blob.bytes.subarray(0, 3).equals(mark) ? Buffer.concat([mark, written]) : written };
}
