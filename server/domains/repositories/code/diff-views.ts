/** A diff as pages draw it: hunks of highlighted lines, file by file, within budgets. */
import { setTimeout } from "node:timers/promises";
import { decodeText } from "../../../git/blobs.ts";
import type { ChangedFile, Diff, FileAttributes, FileDiff } from "../../../git/diffs.ts";
import { objectInfos, readObjects } from "../../../git/objects.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context } from "../../../kernel/context.ts";
import { detectLanguage } from "../../../kernel/highlight/languages.ts";
import { codeText } from "../../../kernel/highlight/lines.ts";
import { behindFiles, type Behind, type NewSide } from "./diff-contents.ts";
import type { DiffView, FileView } from "./diff-shapes.ts";
import { foldedBecause } from "./folding.ts";
import { imageType } from "./media.ts";
import { groupOf } from "./reading-order.ts";

/** Colour is worth so much reading: files of a diff, bytes of one file, bytes of all. */
const coloured = { files: 60, fileBytes: 192 * 1024, bytes: 2 * 1024 * 1024 };
/** Milliseconds that a diff waits for colours it has not yet: so many that a small one comes coloured, and a large one at once. */
const usualPatience = 100;

interface Drawing {
  /** The new side, where it is a commit: says where submodules come from. */
  readonly at?: NewSide | undefined;
  /** Files of the diff before its first. */
  readonly skipped?: number | undefined;
  /** Milliseconds to wait for colours, where nobody asks again. */
  readonly patience?: number | undefined;
}

/**
 * Lines whose colours are not there in time are plain, the answer says so, and who asks again gets them.
 * @param git where both sides can be read by id
 */
export async function diffView(
  ctx: Context,
  git: GitRepository,
  diff: Diff,
  { at, skipped = 0, patience = usualPatience }: Drawing = {},
): Promise<DiffView> {
  const [{ colours, later }, behind] = await Promise.all([
    colouredLines(ctx, git, diff, patience),
    behindFiles(ctx, git, diff.files, at),
  ]);
  const said = (file: ChangedFile) => diff.attributes.get(file.path);
  return {
    files: diff.files.map((file, index) => fileView(file, said(file), colours, behind[index] ?? nothing)),
    list: diff.files.length < diff.totalFiles ? diff.list.map((file) => listedView(file, said(file))) : null,
    skipped,
    total_files: diff.totalFiles,
    additions: diff.additions,
    deletions: diff.deletions,
    truncated: diff.truncated,
    colours_later: later,
  };
}

const signs = { context: " ", added: "+", deleted: "-" } as const;

const nothing: Behind = { sizes: null, lfs: null, submodulePage: null };

const listedView = (file: ChangedFile, said: FileAttributes | undefined) => ({
  path: file.path,
  old_path: file.oldPath,
  status: file.status,
  new_oid: file.newOid,
  additions: file.additions,
  deletions: file.deletions,
  group: groupOf(file.path, said),
});

/** Highlighted lines by the id of the content and the path it was read as. */
type Colours = ReadonlyMap<string, readonly string[]>;

const keyOf = (oid: string | null, path: string) => `${oid ?? ""} ${path}`;

function fileView(
  file: FileDiff,
  said: FileAttributes | undefined,
  colours: Colours,
  { sizes, lfs, submodulePage }: Behind,
): FileView {
  const before = colours.get(keyOf(file.oldOid, file.oldPath ?? file.path));
  const after = colours.get(keyOf(file.newOid, file.path));
  return {
    ...listedView(file, said),
    similarity: file.similarity,
    old_mode: file.oldMode,
    new_mode: file.newMode,
    old_oid: file.oldOid,
    binary: file.binary,
    undiffed: file.binary && said?.diffed === false,
    submodule: file.submodule,
    submodule_page: submodulePage,
    image: imageType(file.path) !== null,
    sizes,
    lfs,
    truncated: file.truncated,
    folded: foldedBecause(file, said),
    hunks: file.hunks.map((hunk) => {
      const ends = hunk.lines.flatMap((line, index) => (line.noNewline ? [index] : []));
      return {
        old_start: hunk.oldStart,
        old_lines: hunk.oldLines,
        new_start: hunk.newStart,
        new_lines: hunk.newLines,
        heading: hunk.heading,
        lines: hunk.lines.map((line) => {
          const colour = line.new === null ? before?.[(line.old ?? 0) - 1] : after?.[line.new - 1];
          return signs[line.kind] + (colour ?? codeText(line.text));
        }),
        ...(ends.length > 0 ? { no_newline: ends } : {}),
      };
    }),
  };
}

/** Whether the name alone says that there is nothing to colour; without it the content may tell. */
function isPlain(path: string): boolean {
  const language = detectLanguage(path, "");
  return language !== null && !language.grammar;
}

async function colouredLines(
  ctx: Context,
  git: GitRepository,
  diff: Diff,
  patience: number,
): Promise<{ readonly colours: Colours; readonly later: boolean }> {
  const isRead = (file: FileDiff) =>
    file.hunks.length > 0 &&
    !file.submodule &&
    (diff.totalFiles === 1 || foldedBecause(file, diff.attributes.get(file.path)) === null);
  const sides = diff.files
    .filter(isRead)
    .slice(0, coloured.files)
    .flatMap((file) => [
      { oid: file.oldOid, path: file.oldPath ?? file.path },
      { oid: file.newOid, path: file.path },
    ])
    .flatMap(({ oid, path }) => (oid === null || isPlain(path) ? [] : [{ oid, path }]));
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
  const found = new Map<string, readonly string[]>();
  const colouring: Promise<unknown> = Promise.all(
    chosen.map(async ({ oid, path }, index) => {
      const text = decodeText(contents[index]?.data ?? Buffer.alloc(0))?.text ?? null;
      if (text === null) return;
      const answer = await ctx.highlight.highlight(text, { id: oid, path });
      if (answer.coloured !== "none") found.set(keyOf(oid, path), answer.lines);
    }),
  );
  const late = setTimeout(patience, "late" as const, { ref: false });
  const ready = await Promise.race([colouring, late]);
  // Those that come later are for others: what was answered does not change.
  colouring.catch((error: unknown) => ctx.log.warn({ error }, "colouring a diff failed"));
  return { colours: new Map(found), later: ready === "late" };
}
