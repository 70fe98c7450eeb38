/** Who wrote the lines that a change touches, by git. Knows addresses, not people. */
import { blame } from "../../../git/blame.ts";
import { ContentCache } from "../../../git/cache.ts";
import { diffTrees, type FileDiff } from "../../../git/diffs.ts";
import { MissingObject, ObjectTooLarge } from "../../../git/objects.ts";
import { UnspeakablePath } from "../../../git/paths.ts";
import { GitTimeout } from "../../../git/process.ts";
import type { GitRepository } from "../../../git/store.ts";

export interface FormerAuthors {
  /** Lines by the address of who wrote them. */
  readonly lines: ReadonlyMap<string, number>;
  readonly total: number;
  /** The files that were there before, by their path then. */
  readonly paths: readonly string[];
}

/** Milliseconds for all files together; what is not looked at by then counts for nobody. */
const deadline = 4_000;
const mostFiles = 12;
const mostPaths = 50;

const kept = new ContentCache<FormerAuthors>(4 * 1024 * 1024);

/** Blames the lines that a change takes away or stands behind, in the files with most of them. Cached by the two commits. */
export function formerAuthors(git: GitRepository, from: string, head: string): Promise<FormerAuthors> {
  return kept.load(
    `${git.dir}\0${from}\0${head}`,
    () => look(git, from, head),
    ({ lines, paths }) => 200 + lines.size * 100 + paths.join().length * 2,
  );
}

async function look(git: GitRepository, from: string, head: string): Promise<FormerAuthors> {
  const end = performance.now() + deadline;
  const lines = new Map<string, number>();
  let total = 0;
  const diff = await diffTrees(git, from, head, { maxFiles: 300, maxBytes: 1024 * 1024, deadline });
  const old = diff.files.filter((file) => file.oldOid !== null && !file.submodule);
  const read = old
    .filter((file) => !file.binary && file.hunks.length > 0)
    .toSorted((a, b) => b.additions + b.deletions - (a.additions + a.deletions))
    .slice(0, mostFiles);
  for (const file of read) {
    const left = Math.floor(end - performance.now());
    if (left < 100) break;
    const touched = touchedLines(file);
    const found = await blame(git, from, pathBefore(file), { deadline: left }).catch(passOver);
    const addresses = new Map(found?.commits.map(({ oid, author }) => [oid, author.email.toLowerCase()]));
    for (const range of found?.ranges ?? []) {
      let count = 0;
      for (let line = range.start; line < range.start + range.count; line += 1)
        if (touched.has(line)) count += 1;
      if (count === 0) continue;
      const address = addresses.get(range.oid);
      if (address === undefined) continue;
      lines.set(address, (lines.get(address) ?? 0) + count);
      total += count;
    }
  }
  return { lines, total, paths: old.slice(0, mostPaths).map(pathBefore) };
}

const pathBefore = (file: FileDiff): string => file.oldPath ?? file.path;

/** Deleted lines, and the line before an insertion: whoever wrote that knows the place. */
function touchedLines({ hunks }: FileDiff): ReadonlySet<number> {
  const touched = new Set<number>();
  for (const { lines } of hunks) {
    let before: number | null = null;
    for (const line of lines) {
      if (line.kind === "deleted" && line.old !== null) touched.add(line.old);
      if (line.kind === "added" && before !== null) touched.add(before);
      if (line.old !== null) before = line.old;
    }
  }
  return touched;
}

/** A file that cannot be blamed says nothing of anybody. */
function passOver(error: unknown): null {
  if (
    error instanceof MissingObject ||
    error instanceof ObjectTooLarge ||
    error instanceof GitTimeout ||
    error instanceof UnspeakablePath
  )
    return null;
  throw error;
}
