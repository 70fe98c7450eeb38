/** Which files of a diff people do not read line by line. */
import type { FileAttributes, FileDiff } from "../../../git/diffs.ts";

const locks =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|Gemfile\.lock|composer\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|go\.sum|flake\.lock|mix\.lock|pubspec\.lock|Podfile\.lock|gradle\.lockfile|packages\.lock\.json)$/i;
const generated =
  /(?:\.pb\.(?:go|cc|h)|_pb2?\.(?:py|js|rb)|\.g\.dart|\.designer\.(?:cs|vb)|\.(?:generated|gen)\.[a-z]+|(?:^|\/)zz_generated\.[^/]*\.go|\.(?:js|css)\.map|\.snap)$/i;
const minified = /[.-]min\.(?:js|css|mjs)$/i;
const vendored = /(?:^|\/)(?:node_modules|vendor|third[-_]party|bower_components)\//i;
/** Lines changed in one file beyond which it is opened on demand. */
const large = 1_500;

/** Who else wrote a file, as a sentence; null when people wrote it here. What `.gitattributes` say wins over what its name says. */
export function writtenBy(path: string, said: FileAttributes | undefined): string | null {
  if (said?.generated) return "Generated code, as .gitattributes says";
  if (said?.vendored) return "Code of somebody else, as .gitattributes says";
  if (said?.generated === undefined) {
    if (locks.test(path)) return "A lock file, written by a package manager";
    if (minified.test(path)) return "Minified code";
    if (generated.test(path)) return "Generated code, by its name";
  }
  if (said?.vendored === undefined && vendored.test(path))
    return "Code of somebody else, kept here as a copy";
  return null;
}

/** Why a file is not opened at first, as a sentence, or null. */
export function foldedBecause(
  file: Pick<FileDiff, "path" | "status" | "additions" | "deletions">,
  said?: FileAttributes,
): string | null {
  const by = writtenBy(file.path, said);
  if (by !== null) return by;
  if (file.status === "deleted" && file.deletions > 200) return "The whole file was deleted";
  if (file.additions + file.deletions > large) return `${file.additions + file.deletions} changed lines`;
  return null;
}
