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

/** What was read of one file, before the budget of all files together. */
export interface ReadPatch extends Omit<PatchOfFile, "truncated"> {
  /** Of its patch in git's words, where they were read. */
  readonly bytes: number;
  /** The lines were read, or are too many by the limits of one file; otherwise they were only counted. */
  readonly whole: boolean;
}

/**
 * Reads the patches of all files: the lines of each are counted, those of the shown ones kept while the budget lasts.
 *
 * @param chunks what git writes after its list of files
 */
export async function readPatches(
  chunks: AsyncIterable<Buffer>,
  files: readonly ChangedFile[],
  shown: ReadonlySet<ChangedFile>,
  limits: PatchLimits,
): Promise<Map<ChangedFile, ReadPatch>> {
  const found = new Map<ChangedFile, ReadPatch>(
    files.map((file) => [file, { ...unread, whole: shown.has(file) }]),
  );
  const byHeader = new Map(files.map((file) => [patchHeader(file), file]));
  const tooLarge = new Set<ChangedFile>();
  let bytes = 0;
  for await (const section of patchSections(chunks, limits.maxFileBytes)) {
    const file = byHeader.get(section.header);
    const patch = file && found.get(file);
    if (!patch) continue;
    const size = section.bytes?.length ?? 0;
    const isRead = shown.has(file) && bytes <= limits.maxBytes;
    if (isRead) bytes += size;
    const parsed = isRead && bytes <= limits.maxBytes && section.bytes ? parseHunks(section.bytes) : null;
    if (!parsed || parsed.lines > limits.maxFileLines) tooLarge.add(file);
    found.set(file, {
      // A file that became a link, or the other way round, has two parts under one header.
      additions: patch.additions + section.count.additions,
      deletions: patch.deletions + section.count.deletions,
      binary: patch.binary || section.count.binary,
      bytes: patch.bytes + size,
      hunks: tooLarge.has(file) ? [] : [...patch.hunks, ...(parsed?.hunks ?? [])],
      encoding: parsed?.encoding === "latin1" ? "latin1" : patch.encoding,
      whole: patch.whole && (parsed !== null || (isRead && section.bytes === null)),
    });
  }
  return found;
}

const unread = {
  binary: false,
  additions: 0,
  deletions: 0,
  hunks: [],
  encoding: "utf-8",
  bytes: 0,
} as const;

/** The patches as they are shown: within the budget of all together, in git's order. */
export function withinBudget(
  files: readonly ChangedFile[],
  shown: ReadonlySet<ChangedFile>,
  read: ReadonlyMap<ChangedFile, ReadPatch>,
  maxBytes: number,
): Map<ChangedFile, PatchOfFile> {
  let left = maxBytes;
  const found = new Map<ChangedFile, PatchOfFile>();
  for (const file of files) {
    const { bytes, whole, ...patch } = read.get(file) ?? { ...unread, whole: false };
    if (shown.has(file) && left >= 0) left -= bytes;
    const hunks = shown.has(file) && whole && left >= 0 ? patch.hunks : [];
    // What has lines and shows none was left out.
    const truncated = !patch.binary && patch.additions + patch.deletions > 0 && hunks.length === 0;
    found.set(file, { ...patch, hunks, truncated });
  }
  return found;
}
