/**
 * Patches by the pair of contents that they compare: a branch that was rebased, or that merged its base, changes the same files in
 * the same way between other trees.
 */
import { ContentCache } from "./cache.ts";
import type { ChangedFile, NulReader } from "./diff-files.ts";
import { readPatches, type PatchLimits, type ReadPatch } from "./diff-patches.ts";
import type { Repository } from "./object-ids.ts";
import { hasRawBytes, literalPaths } from "./paths.ts";
import { streamGit } from "./streaming.ts";

/** Files that git is asked for by name at once. */
const mostAlone = 200;

/** Half the room of the diffs that are kept whole. */
const kept = new ContentCache<ReadPatch>(32 * 1024 * 1024);

const keyOf = (how: string, { path, oldPath, oldOid, newOid, oldMode, newMode }: ChangedFile): string =>
  [how, oldOid, newOid, oldMode, newMode, path, oldPath].join("\0");

/**
 * What is known of the files; of those that are shown only what was read whole.
 *
 * @param how the repository, and all besides the two contents that decides about a patch
 */
function keptPatches(
  how: string,
  files: readonly ChangedFile[],
  shown: ReadonlySet<ChangedFile>,
): Map<ChangedFile, ReadPatch> {
  const found = new Map<ChangedFile, ReadPatch>();
  for (const file of files) {
    const patch = kept.get(keyOf(how, file));
    if (patch && (patch.whole || !shown.has(file))) found.set(file, patch);
  }
  return found;
}

function keepPatches(how: string, read: ReadonlyMap<ChangedFile, ReadPatch>): void {
  for (const [file, patch] of read) {
    const key = keyOf(how, file);
    if (kept.get(key)?.whole !== true) kept.set(key, patch, key.length * 2 + sizeOf(patch));
  }
}

const sizeOf = ({ hunks }: ReadPatch): number =>
  hunks.reduce(
    (sum, hunk) => sum + 200 + hunk.lines.reduce((all, { text }) => all + 120 + text.length, 0),
    300,
  );

interface Part {
  readonly from: string;
  readonly to: string;
  readonly all: readonly ChangedFile[];
  readonly shown: ReadonlySet<ChangedFile>;
  readonly limits: PatchLimits;
  /** Milliseconds. */
  readonly deadline: number;
}

/**
 * The patches of all files. Those of contents that were compared before are known; when few are left, git is asked for these
 * alone.
 *
 * @param words how git compares, attributes first
 * @param reader git's answer to all of it, behind the list
 */
export async function patchesOf(
  repo: Repository,
  words: readonly string[],
  { from, to, all, shown, limits, deadline }: Part,
  reader: NulReader,
): Promise<Map<ChangedFile, ReadPatch>> {
  const how = [repo.dir, ...words, JSON.stringify(limits)].join("\0");
  const known = keptPatches(how, all, shown);
  const left = all.filter((file) => !known.has(file));
  // Alone a file is not seen to have moved; and a name that is no text cannot be asked for.
  const canBeAlone = left.every(({ path, oldPath }) => oldPath === null && !hasRawBytes(path));
  let read: Map<ChangedFile, ReadPatch>;
  if (left.length > Math.min(all.length / 2, mostAlone) || !canBeAlone)
    read = await readPatches(reader.rest(), all, shown, limits);
  else {
    await reader.close();
    const args = [...words, "--no-renames", from, to, "--", ...left.map(({ path }) => path)];
    read =
      left.length === 0
        ? new Map()
        : await readPatches(streamGit(repo.dir, args, { env: literalPaths, deadline }), left, shown, limits);
  }
  keepPatches(how, read);
  return new Map([...known, ...read]);
}
