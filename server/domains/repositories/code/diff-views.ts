/** A diff as pages draw it: hunks of highlighted lines, file by file, within budgets. */
import { z } from "zod";
import { decodeText } from "../../../git/blobs.ts";
import type { Diff, FileDiff } from "../../../git/diffs.ts";
import { objectInfos, readObjects } from "../../../git/objects.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context } from "../../../kernel/context.ts";
import { escapeText } from "../../../kernel/highlight/lines.ts";
import { foldedBecause } from "./folding.ts";

export const diffLineShape = z.object({
  kind: z.enum(["context", "added", "deleted"]),
  old: z.int().nullable(),
  new: z.int().nullable(),
  html: z.string().describe("Text and spans with classes"),
  no_newline: z.literal(true).optional(),
});

export const diffFileShape = z
  .object({
    path: z.string(),
    old_path: z.string().nullable().describe("Before a rename, or of what was copied"),
    status: z.enum(["added", "deleted", "modified", "renamed", "copied", "type-changed"]),
    similarity: z.int().nullable().describe("Percent, of renamed and copied files"),
    old_mode: z.string().nullable(),
    new_mode: z.string().nullable(),
    old_oid: z.string().nullable(),
    new_oid: z.string().nullable(),
    additions: z.int(),
    deletions: z.int(),
    binary: z.boolean(),
    submodule: z.boolean(),
    truncated: z.boolean().describe("Too large to be shown among others: ask for it alone"),
    folded: z.string().nullable().describe("Why the file is not opened at first, as a sentence"),
    hunks: z.array(
      z.object({
        old_start: z.int(),
        old_lines: z.int(),
        new_start: z.int(),
        new_lines: z.int(),
        heading: z.string(),
        lines: z.array(diffLineShape),
      }),
    ),
  })
  .meta({ id: "WebDiffFile" });

export const diffShape = z
  .object({
    files: z.array(diffFileShape),
    total_files: z.int(),
    additions: z.int(),
    deletions: z.int(),
    truncated: z.boolean().describe("Files, or diffs of files, were left out"),
  })
  .meta({ id: "WebDiff" });

export type DiffView = z.input<typeof diffShape>;

/** Colour is worth so much reading: files of a diff, bytes of one file, bytes of all. */
const coloured = { files: 60, fileBytes: 192 * 1024, bytes: 2 * 1024 * 1024 };

/** @param git where both sides can be read by id */
export async function diffView(ctx: Context, git: GitRepository, diff: Diff): Promise<DiffView> {
  const colours = await colouredLines(ctx, git, diff.files);
  return {
    files: diff.files.map((file) => fileView(file, colours)),
    total_files: diff.totalFiles,
    additions: diff.additions,
    deletions: diff.deletions,
    truncated: diff.truncated,
  };
}

/** Highlighted lines by the id of the content and the path it was read as. */
type Colours = ReadonlyMap<string, readonly string[]>;

const keyOf = (oid: string | null, path: string) => `${oid ?? ""} ${path}`;

function fileView(file: FileDiff, colours: Colours): z.input<typeof diffFileShape> {
  const before = colours.get(keyOf(file.oldOid, file.oldPath ?? file.path));
  const after = colours.get(keyOf(file.newOid, file.path));
  return {
    path: file.path,
    old_path: file.oldPath,
    status: file.status,
    similarity: file.similarity,
    old_mode: file.oldMode,
    new_mode: file.newMode,
    old_oid: file.oldOid,
    new_oid: file.newOid,
    additions: file.additions,
    deletions: file.deletions,
    binary: file.binary,
    submodule: file.submodule,
    truncated: file.truncated,
    folded: foldedBecause(file),
    hunks: file.hunks.map((hunk) => ({
      old_start: hunk.oldStart,
      old_lines: hunk.oldLines,
      new_start: hunk.newStart,
      new_lines: hunk.newLines,
      heading: hunk.heading,
      lines: hunk.lines.map((line) => {
        const colour = line.new === null ? before?.[(line.old ?? 0) - 1] : after?.[line.new - 1];
        return {
          kind: line.kind,
          old: line.old,
          new: line.new,
          html: colour ?? escapeText(line.text),
          ...(line.noNewline ? { no_newline: true as const } : {}),
        };
      }),
    })),
  };
}

async function colouredLines(ctx: Context, git: GitRepository, files: readonly FileDiff[]): Promise<Colours> {
  const sides = files
    .filter((file) => file.hunks.length > 0 && !file.submodule && foldedBecause(file) === null)
    .slice(0, coloured.files)
    .flatMap((file) => [
      { oid: file.oldOid, path: file.oldPath ?? file.path },
      { oid: file.newOid, path: file.path },
    ])
    .flatMap(({ oid, path }) => (oid === null ? [] : [{ oid, path }]));
  const infos = await objectInfos(
    git,
    sides.map(({ oid }) => oid),
  );
  let bytes = 0;
  const chosen = sides.filter((_, index) => {
    const size = infos[index]?.size ?? Number.POSITIVE_INFINITY;
    if (size > coloured.fileBytes || bytes + size > coloured.bytes) return false;
    bytes += size;
    return true;
  });
  const contents = await readObjects(
    git,
    chosen.map(({ oid }) => oid),
  );
  const found = await Promise.all(
    chosen.map(async ({ oid, path }, index) => {
      const text = decodeText(contents[index]?.data ?? Buffer.alloc(0))?.text ?? null;
      if (text === null) return null;
      const answer = await ctx.highlight.highlight(text, { id: oid, path, deadline: 1_000 });
      return answer.coloured === "none" ? null : ([keyOf(oid, path), answer.lines] as const);
    }),
  );
  return new Map(found.filter((one) => one !== null));
}
