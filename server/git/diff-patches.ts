/** The hunks of chosen files out of git's patch of all of them, within budgets. */
import { patchHeader, type ChangedFile } from "./diff-files.ts";
import { parseHunks, patchSections, type Hunk } from "./diff-text.ts";

export interface PatchOfFile {
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

/** @param chunks what git writes after its list of files; read only as far as the files and the budgets ask */
export async function readPatches(
  chunks: AsyncIterable<Buffer>,
  files: readonly ChangedFile[],
  limits: PatchLimits,
): Promise<Map<ChangedFile, PatchOfFile>> {
  const found = new Map<ChangedFile, PatchOfFile>(
    files.map((file) => [
      file,
      // What git did not come to before a budget was spent has lines, and no hunks.
      { hunks: [], encoding: "utf-8", truncated: !file.binary && file.additions + file.deletions > 0 },
    ]),
  );
  const byHeader = new Map(files.map((file) => [patchHeader(file), file]));
  const tooLarge = new Set<ChangedFile>();
  let [left, bytes] = [files.length, 0];
  for await (const section of patchSections(chunks, limits.maxFileBytes)) {
    const file = byHeader.get(section.header);
    const patch = file && found.get(file);
    if (!patch) {
      if (left === 0) break;
      continue;
    }
    // A file that became a link, or the other way round, has two parts under one header.
    if (file.status !== "type-changed" || patch.hunks.length > 0) left -= 1;
    bytes += section.bytes?.length ?? 0;
    if (bytes > limits.maxBytes) break;
    const parsed = section.bytes && parseHunks(section.bytes);
    if (!parsed || parsed.lines > limits.maxFileLines) tooLarge.add(file);
    patch.truncated = tooLarge.has(file);
    patch.hunks = patch.truncated ? [] : [...patch.hunks, ...(parsed?.hunks ?? [])];
    if (parsed?.encoding === "latin1") patch.encoding = "latin1";
  }
  return found;
}
