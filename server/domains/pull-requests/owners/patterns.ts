/**
 * The patterns of a CODEOWNERS file: those of gitignore(5) without `!` and `[…]`. A pattern that names a folder covers all below
 * it; only one that ends in `/*` stays with the files that lie directly there.
 */

type Letter = string | { readonly any: "one" | "many" };

/** One part between slashes: letters and wildcards, or `**` for any number of folders. */
type Segment = "folders" | readonly Letter[];

export interface Pattern {
  readonly segments: readonly Segment[];
  /** It ends in a slash: what it names must be a folder. */
  readonly folderOnly: boolean;
  /** It ends in `/*`: what it names must be the file itself. */
  readonly fileOnly: boolean;
}

/** Why a pattern is none, and what might have been meant. */
export interface PatternProblem {
  readonly why: string;
  readonly suggestion: string | null;
}

/** Reads a pattern as it stands in the file, with its escapes. */
export function readPattern(text: string): Pattern | PatternProblem {
  const problem = problemOf(text);
  if (problem) return problem;
  const folderOnly = text.endsWith("/");
  const body = text.slice(text.startsWith("/") ? 1 : 0, folderOnly ? -1 : undefined);
  const parts = body.split("/");
  if (parts.some((part) => part === "")) return { why: "A part of the path is empty", suggestion: null };
  const anchored = text.startsWith("/") || parts.length > 1;
  const segments = parts.map(readSegment);
  return {
    segments: anchored || segments[0] === "folders" ? segments : ["folders", ...segments],
    folderOnly,
    fileOnly: anchored && !folderOnly && parts.at(-1) === "*",
  };
}

function problemOf(text: string): PatternProblem | null {
  if (text.startsWith("!")) return { why: "A pattern cannot be negated with !", suggestion: text.slice(1) };
  if (text.startsWith("\\#")) return { why: "A pattern cannot begin with #", suggestion: null };
  if (/(?<!\\)(?:\\\\)*[[\]]/.test(text))
    return { why: "Ranges of characters in brackets are not understood", suggestion: null };
  if (text.includes("***"))
    return { why: "At most two stars follow each other", suggestion: text.replace(/\*{3,}/g, "**") };
  if (/(?<!\\)(?:\\\\)*\\$/.test(text))
    return { why: "Nothing follows the last backslash", suggestion: null };
  return null;
}

function readSegment(text: string): Segment {
  if (text === "**") return "folders";
  const letters: Letter[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (letter === "\\") letters.push(text[(at += 1)] ?? "");
    else if (letter === "?") letters.push({ any: "one" });
    else if (letter !== "*") letters.push(letter);
    else if (text[at - 1] !== "*" || letters.length === 0) letters.push({ any: "many" });
  }
  return letters;
}

/** Whether a pattern covers a file, whose path is given in its parts. Its work is bounded by their lengths multiplied. */
export function covers({ segments, folderOnly, fileOnly }: Pattern, path: readonly string[]): boolean {
  if (!segments.includes("folders")) {
    if (segments.length > path.length || (fileOnly && segments.length < path.length)) return false;
    if (folderOnly && segments.length === path.length) return false;
    return segments.every((segment, index) => segment !== "folders" && covered(segment, path[index] ?? ""));
  }
  let reached = new Set([0]);
  for (const [index, segment] of segments.entries()) {
    const next = new Set<number>();
    if (segment === "folders") {
      const least = Math.min(...reached) + (index === segments.length - 1 ? 1 : 0);
      for (let at = least; at <= path.length; at += 1) next.add(at);
    } else
      for (const at of reached) {
        const part = path[at];
        if (part !== undefined && covered(segment, part)) next.add(at + 1);
      }
    if (next.size === 0) return false;
    reached = next;
  }
  if (fileOnly) return reached.has(path.length);
  return [...reached].some((at) => (folderOnly ? at < path.length : at <= path.length));
}

/** Two pointers; after a mismatch the last star takes one letter more. */
function covered(letters: readonly Letter[], part: string): boolean {
  let [at, letter, star, taken] = [0, 0, -1, 0];
  while (at < part.length) {
    const wanted = letters[letter];
    if (typeof wanted === "object" && wanted.any === "many") {
      [star, taken] = [letter, at];
      letter += 1;
    } else if (wanted !== undefined && (typeof wanted === "object" || wanted === part[at])) {
      at += 1;
      letter += 1;
    } else if (star >= 0) {
      taken += 1;
      [at, letter] = [taken, star + 1];
    } else return false;
  }
  return letters.slice(letter).every((one) => typeof one === "object" && one.any === "many");
}

/**
 * What a path must contain to be covered, so that few patterns are tried on each: how it begins (`/folder/name`), any part
 * (`name`), or the ending of a part (`.name`). Null where nothing of the kind can be said.
 */
export function clueOf({ segments }: Pattern): string | null {
  const open = segments.findIndex((segment) => plain(segment) === null);
  const fixed = (open < 0 ? segments : segments.slice(0, open)).map(plain);
  if (fixed.length > 0) return `/${fixed.join("/")}`;
  for (const segment of segments) {
    const name = plain(segment);
    if (name !== null) return name;
  }
  for (const segment of segments) {
    if (segment === undefined || segment === "folders" || typeof segment[0] !== "object") continue;
    const rest = plain(segment.slice(1));
    const ending = rest === null ? null : /\.[^.]+$/.exec(rest)?.[0];
    if (ending) return ending;
  }
  return null;
}

const plain = (segment: Segment | undefined): string | null =>
  segment !== undefined &&
  segment !== "folders" &&
  segment.length > 0 &&
  segment.every((letter) => typeof letter === "string")
    ? segment.join("")
    : null;
