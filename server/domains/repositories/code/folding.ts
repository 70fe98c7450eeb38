/** Which files of a diff people do not read line by line. */
import type { FileDiff } from "../../../git/diffs.ts";

const locks =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|Gemfile\.lock|composer\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|go\.sum|flake\.lock|mix\.lock|pubspec\.lock|Podfile\.lock|gradle\.lockfile|packages\.lock\.json)$/i;
const generated =
  /(?:\.pb\.(?:go|cc|h)|_pb2?\.(?:py|js|rb)|\.g\.dart|\.designer\.(?:cs|vb)|\.(?:generated|gen)\.[a-z]+|(?:^|\/)zz_generated\.[^/]*\.go|\.(?:js|css)\.map|\.snap)$/i;
const minified = /[.-]min\.(?:js|css|mjs)$/i;
const vendored = /(?:^|\/)(?:node_modules|vendor|third[-_]party|bower_components)\//i;
/** Lines changed in one file beyond which it is opened on demand. */
const large = 1_500;

/** Why a file is not opened at first, as a sentence, or null. */
export function foldedBecause(
  file: Pick<FileDiff, "path" | "status" | "additions" | "deletions">,
): string | null {
  if (locks.test(file.path)) return "A lock file, written by a package manager";
  if (minified.test(file.path)) return "Minified code";
  if (generated.test(file.path)) return "Generated code";
  if (vendored.test(file.path)) return "Code of somebody else, kept here as a copy";
  if (file.status === "deleted" && file.deletions > 200) return "The whole file was deleted";
  if (file.additions + file.deletions > large) return `${file.additions + file.deletions} changed lines`;
  return null;
}
