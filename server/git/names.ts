/**
 * What may be called what: references, branches, object ids and paths inside a tree. Pure functions, used before
 * a name from outside reaches git, the disk or a page.
 */
import { isObjectId } from "./object-ids.ts";

/** The hash a repository names its objects with; chosen at its birth, never changed. */
export type ObjectFormat = "sha1" | "sha256";

/** The id of 40 or 64 zeros by which the protocols say "no such object". */
export function zeroId(format: ObjectFormat): string {
  return "0".repeat(format === "sha1" ? 40 : 64);
}

// git-check-ref-format(1), rules 1 to 9, over text that is valid UTF-8.
// oxlint-disable-next-line no-control-regex
const refusedInRef = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|^\/|\/$|(?:^|\/)\.|\.lock(?:\/|$)|\.$/;

/** Exactly what `git check-ref-format <name>` accepts (at least one slash); says nothing about who may write it. */
export function isRefName(name: string): boolean {
  return name.includes("/") && name.isWellFormed() && !refusedInRef.test(name);
}

// A file system stores a component and its lock file in 255 bytes, and git builds paths in 4096.
const maxComponentBytes = 250;
const maxRefBytes = 1024;

function fitsOnDisk(ref: string): boolean {
  return (
    Buffer.byteLength(ref) <= maxRefBytes &&
    ref.split("/").every((component) => Buffer.byteLength(component) <= maxComponentBytes)
  );
}

/** Why a branch cannot have this name (without `refs/heads/`), or null when it can. */
export function branchNameProblem(name: string): string | null {
  return shortNameProblem("branch", `refs/heads/${name}`, name);
}

/** Why a tag cannot have this name (without `refs/tags/`), or null when it can. */
export function tagNameProblem(name: string): string | null {
  return shortNameProblem("tag", `refs/tags/${name}`, name);
}

function shortNameProblem(what: string, ref: string, name: string): string | null {
  if (name === "") return `A ${what} needs a name.`;
  if (!isRefName(ref)) return `This is not a name that git allows for a ${what}.`;
  if (name.startsWith("-")) return `The name of a ${what} cannot begin with "-".`;
  if (name === "HEAD") return `A ${what} cannot be called "HEAD".`;
  if (isObjectId(name)) return `A ${what} cannot be called like an object id.`;
  if (name.startsWith("refs/")) return `The name of a ${what} cannot begin with "refs/".`;
  if (misleading.test(name)) return `The name of a ${what} cannot have characters that nobody sees.`;
  if (!fitsOnDisk(ref)) return `The name of this ${what} is too long.`;
  return null;
}

/** What git allows and no reader sees: controls of terminals, line ends, and marks without width or that turn the direction. */
// oxlint-disable-next-line no-control-regex
const misleading = /[\x80-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

/** The product's own records: never advertised, never fetched, never pushed. */
export function isHiddenRef(ref: string): boolean {
  return ref === "refs/wit" || ref.startsWith("refs/wit/");
}

/** Written by the product alone. `refs/pull/N/head` is among them, but everybody may fetch it. */
export function isInternalRef(ref: string): boolean {
  return isHiddenRef(ref) || ref === "refs/pull" || ref.startsWith("refs/pull/");
}

/**
 * A name that is pushed to and never exists: `refs/for/<branch>` asks that what is pushed becomes part of the branch, and
 * `refs/drafts/<branch>` asks the same of work that is not ready (the AGit flow of git-repo).
 */
export function isProposalRef(ref: string): boolean {
  return ref.startsWith("refs/for/") || ref.startsWith("refs/drafts/");
}

/** Why nobody may push this reference (a full name), or null when rights and rules may decide. */
export function pushedRefProblem(ref: string): string | null {
  if (isInternalRef(ref)) return "This name is reserved for the server.";
  if (ref.startsWith("refs/heads/")) return branchNameProblem(ref.slice("refs/heads/".length));
  if (ref.startsWith("refs/tags/")) return tagNameProblem(ref.slice("refs/tags/".length));
  // As receive-pack: refs/<kind>/<name>, nothing shorter.
  if (!ref.startsWith("refs/") || !isRefName(ref.slice("refs/".length)))
    return "This is not a name that git allows for a reference.";
  if (
    ref
      .slice("refs/".length)
      .split("/")
      .some((component) => component.startsWith("-"))
  )
    return 'A part of a reference cannot begin with "-".';
  if (misleading.test(ref)) return "The name of a reference cannot have characters that nobody sees.";
  return fitsOnDisk(ref) ? null : "The name of this reference is too long.";
}

/** Compares two names by the bytes of their UTF-8 form, the order git sorts by. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return byteRank(left) - byteRank(right);
  }
  return a.length - b.length;
}

// A surrogate stands for a code point above every other UTF-16 unit.
function byteRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

// Code points that HFS+ leaves out when it compares names (git: utf8.c, next_hfs_char).
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/**
 * Whether some file system would open `.git` under this name: any case, the code points HFS+ ignores, the NTFS
 * short name `git~1`, trailing dots and spaces, and alternate data streams (`.git::$INDEX_ALLOCATION`).
 */
export function isDotGit(segment: string): boolean {
  const seen = segment.replace(ignoredByHfs, "").toLowerCase();
  return /^(?:\.git|git~1)[ .]*(?:$|[:\\])/.test(seen);
}

/**
 * Whether some file system would open `.gitmodules` under this name, as git's fsck tells it (path.c, is_ntfs_dotgitmodules; utf8.c,
 * is_hfs_dotgitmodules): beside what `isDotGit` knows, the short names that NTFS makes up when the first four are taken.
 */
export function isDotGitmodules(segment: string): boolean {
  const seen = segment.replace(ignoredByHfs, "").toLowerCase();
  return /^(?:\.gitmodules|gitmod~[1-4]|(?=.{8}(?:$|[ .:\\]))(?:gi7eba|gi7eb|gi7e|gi7|gi|g)?~[1-9][0-9]*)[ .]*(?:$|[:\\])/.test(
    seen,
  );
}

/**
 * Why the product does not write a file at this path, or null when it does.
 *
 * Stricter than what can be read (`segments` in paths.ts): a backslash is a separator on Windows, and whatever some file system takes for
 * `.git` would let a file of ours become configuration of theirs. Existing history that has such names stays readable.
 */
export function treePathProblem(path: string): string | null {
  if (path === "") return "A path is needed.";
  if (!path.isWellFormed()) return "The path is not valid Unicode.";
  // oxlint-disable-next-line no-control-regex
  if (/[\x00-\x1f\x7f]/.test(path)) return "A path cannot contain control characters.";
  if (path.startsWith("/") || /^[a-z]:/i.test(path))
    return "A path is relative to the root of the repository.";
  if (path.includes("\\")) return "A path cannot contain a backslash.";
  if (Buffer.byteLength(path) > 4000) return "The path is too long.";
  for (const segment of path.split("/")) {
    if (segment === "") return "A path cannot have an empty segment.";
    if (segment === "." || segment === "..") return `A path cannot contain "${segment}".`;
    if (isDotGit(segment)) return "A path cannot contain .git.";
    if (Buffer.byteLength(segment) > 255) return "A name in the path is too long.";
  }
  return null;
}
