/** Whether a suggestion still fits: the lines it was made for must be, word for word, those of the head. */
import { readBlob, type Blob } from "../../../git/blobs.ts";
import { MissingObject } from "../../../git/objects.ts";
import type { GitRepository } from "../../../git/store.ts";
import { pathEntry } from "../../../git/trees.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { standingsOf } from "../comments/follow.ts";
import { isOnLine, type InlineComment } from "../comments/queries.ts";
import type { PullRequest } from "../queries.ts";
import { wholeLines } from "./replace.ts";

/** Where the lines of a suggestion are now. */
export interface Fit {
  readonly comment: InlineComment;
  readonly first: number;
  readonly last: number;
  readonly lines: readonly string[];
  /** The lines that go, without their ends. */
  readonly replaced: readonly string[];
}

/** For each comment where its suggestion goes, or in a sentence why it goes nowhere. */
export async function fitsOf(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  comments: readonly InlineComment[],
): Promise<Map<string, Fit | string>> {
  const git = gitOf(ctx, repo);
  const standings = await standingsOf(ctx, repo, pull, comments.filter(isOnLine));
  const fits = new Map<string, Fit | string>();
  for (const comment of comments) {
    const now = standings.get(comment.id);
    fits.set(comment.id, await fitOf(git, pull, comment, now ?? { line: null, startLine: null }));
  }
  return fits;
}

const outdated = "The lines of this suggestion were changed since it was made";

async function fitOf(
  git: GitRepository,
  pull: PullRequest,
  comment: InlineComment,
  now: { readonly line: number | null; readonly startLine: number | null },
): Promise<Fit | string> {
  if (comment.suggestion === null) return "This comment suggests nothing";
  if (comment.suggestionApplied) return "This suggestion is applied already";
  if (comment.side === "LEFT" || !isOnLine(comment))
    return "Only lines that the pull request ends with can be replaced";
  if (now.line === null) return outdated;
  const first = now.startLine ?? now.line;
  const then = comment.originalStartLine ?? comment.originalLine;
  // What follows the first and the last line says nothing of those between.
  const [before, after] = await Promise.all([
    linesAt(git, comment.originalCommitSha, comment.path),
    linesAt(git, pull.headSha, comment.path),
  ]);
  if (before === null || after === null) return outdated;
  const said = before.slice(then - 1, comment.originalLine);
  const found = after.slice(first - 1, now.line);
  if (said.length === 0 || said.length !== found.length || said.some((line, at) => line !== found[at]))
    return outdated;
  const lines = comment.suggestion === "" ? [] : comment.suggestion.replace(/\n$/, "").split("\n");
  return { comment, first, last: now.line, lines, replaced: found };
}

async function linesAt(git: GitRepository, commit: string, path: string): Promise<string[] | null> {
  try {
    const text = (await textAt(git, commit, path))?.text;
    return typeof text === "string" ? wholeLines(text).map((line) => line.replace(/\r?\n$/, "")) : null;
  } catch (error) {
    // After a forced push the commit it was made for may be gone.
    if (error instanceof MissingObject) return null;
    throw error;
  }
}

/** A file of text in UTF-8 that was read whole; null for anything else. */
export async function textAt(
  git: GitRepository,
  commit: string,
  path: string,
): Promise<(Blob & { readonly text: string }) | null> {
  const entry = await pathEntry(git, commit, path);
  if (entry?.kind !== "file" && entry?.kind !== "executable") return null;
  const blob = await readBlob(git, entry.oid);
  if (blob.text === null || blob.truncated || blob.encoding !== "utf-8" || blob.lfs !== null) return null;
  return { ...blob, text: blob.text };
}
