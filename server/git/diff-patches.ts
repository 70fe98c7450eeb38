/** The hunks of chosen files out of git's patch of all of them, within budgets. */
import { patchHeader, type ChangedFile } from "./diff-files.ts";
import { parseHunks, patchSections, type Hunk } from "./diff-text.ts";

export interface PatchOfFile {
  binary: boolean;
  additions: number;
  deletions: number;
  hunks: readonly Hunk[];
  /** How the lines were decoded. */
  encoding: "utf-8" | "latin1";
  /** A budget was passed and the lines were left out. */
  truncated: boolean;
}

export interface PatchLimits {
  /** Lines, and bytes, of the diff of one file. */
  readonly maxFileLines: number;
  readonly maxFileBytes: number;
  /** Bytes of all chosen diffs together. */
  readonly maxBytes: number;
}

/**
 * Reads the patches of all files: the lines of each are counted, those of the shown ones kept within the budgets.
 *
 * @param chunks what git writes after its list of files
 */
export async function readPatches(
  chunks: AsyncIterable<Buffer>,
  files: readonly ChangedFile[],
  shown: ReadonlySet<ChangedFile>,
  limits: PatchLimits,
): Promise<Map<ChangedFile, PatchOfFile>> {
  const found = new Map<ChangedFile, PatchOfFile>(files.map((file) => [file, { ...unread }]));
  const byHeader = new Map(files.map((file) => [patchHeader(file), file]));
  const tooLarge = new Set<ChangedFile>();
  let bytes = 0;
  for await (const section of patchSections(chunks, limits.maxFileBytes)) {
    const file = byHeader.get(section.header);
    const patch = file && found.get(file);
    if (!patch) continue;
    // A file that became a link, or the other way round, has two parts under one header.
    patch.additions += section.count.additions;
    patch.deletions += section.count.deletions;
    patch.binary ||= section.count.binary;
    if (!shown.has(file) || bytes > limits.maxBytes) continue;
    bytes += section.bytes?.length ?? 0;
    const parsed = bytes > limits.maxBytes ? null : section.bytes && parseHunks(section.bytes);
    if (!parsed || parsed.lines > limits.maxFileLines) tooLarge.add(file);
    patch.hunks = tooLarge.has(file) ? [] : [...patch.hunks, ...(parsed?.hunks ?? [])];
    if (parsed?.encoding === "latin1") patch.encoding = "latin1";
  }
  // What has lines and shows none was left out.
  for (const patch of found.values())
    patch.truncated = !patch.binary && patch.additions + patch.deletions > 0 && patch.hunks.length === 0;
  return found;
}

const unread: PatchOfFile = {
  binary: false,
  additions: 0,
  deletions: 0,
  hunks: [],
  encoding: "utf-8",
  truncated: false,
};
