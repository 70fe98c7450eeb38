/**
 * Inline comments follow their lines: each is stored where it was written, and where it stands now is worked out from git, so
 * no push can leave it pointing at another line. Where the line was changed or is gone, it is outdated.
 */
import { mergeBase } from "../../../git/ancestry.ts";
import { diffTrees, type Diff, type FileDiff } from "../../../git/diffs.ts";
import { MissingObject } from "../../../git/objects.ts";
import { pathEntry } from "../../../git/trees.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { changesOf } from "../contents.ts";
import type { PullRequest } from "../queries.ts";
import { carried, isShown, positionOf, type Side } from "./place.ts";
import type { LineComment } from "./queries.ts";

export interface Standing {
  /** Null when it is outdated. */
  readonly line: number | null;
  readonly startLine: number | null;
  /** Null where the diff does not show the line. */
  readonly position: number | null;
  /** Where it stood when it was written, counted as GitHub counts. */
  readonly originalPosition: number;
  /** The newest commit at which it stands on a line. */
  readonly commit: string;
}

/** Where comments of one pull request stand now, by comment id. */
export async function standingsOf(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  comments: readonly LineComment[],
): Promise<Map<string, Standing>> {
  if (comments.length === 0) return new Map();
  const git = gitOf(ctx, repo);
  const now = await diffOrNull(changesOf(ctx, repo, pull));
  const found = new Map<string, Standing>();
  for (const [commit, group] of Map.groupBy(comments, (comment) => comment.originalCommitSha)) {
    const paths = [...new Set(group.map((comment) => comment.path))];
    const then =
      commit === pull.headSha
        ? now
        : await diffOrNull(changesOf(ctx, repo, { baseSha: pull.baseSha, headSha: commit }));
    const moves = {
      RIGHT: await movesOf(git, commit, pull.headSha, paths),
      LEFT: await leftMoves(git, pull, commit, group, paths),
    };
    const kept = await keptPaths(git, pull, group, now);
    for (const comment of group)
      found.set(comment.id, {
        ...standing(comment, pull, now, moves, kept),
        originalPosition: originalPosition(comment, then),
      });
  }
  return found;
}

type Moves = Readonly<Record<Side, ReadonlyMap<string, FileDiff> | null>>;

/** Of a commit that is gone, the part of the diff that was kept with the comment still counts. */
function originalPosition(comment: LineComment, then: Diff | null): number {
  const file = then?.files.find((one) => one.path === comment.path);
  const place = { side: comment.side, line: comment.originalLine };
  return (file ? positionOf(file, place) : null) ?? (comment.diffHunk ?? "").split("\n").length - 1;
}

function standing(
  comment: LineComment,
  pull: PullRequest,
  now: Diff | null,
  moves: Moves,
  kept: ReadonlySet<string>,
): Omit<Standing, "originalPosition"> {
  const { path, side, originalLine, originalStartLine } = comment;
  const outdated = { line: null, startLine: null, position: null, commit: comment.originalCommitSha };
  const files = moves[side];
  const file = now?.files.find((one) => one.path === path);
  if (!files) return outdated;
  const follow = (line: number | null) =>
    line === null ? null : carried(files.get(path)?.hunks ?? [], line);
  const line = follow(originalLine);
  const startLine = follow(originalStartLine);
  if (line === null || (originalStartLine !== null && startLine === null)) return outdated;
  if (!file || !isShown(file, { side, line, startLine }))
    return kept.has(keptName(comment)) ? { line, startLine, position: null, commit: pull.headSha } : outdated;
  return { line, startLine, position: positionOf(file, { side, line }), commit: pull.headSha };
}

async function movesOf(git: GitRepository, from: string, to: string, paths: readonly string[]) {
  if (from === to) return new Map<string, FileDiff>();
  const diff = await diffOrNull(diffTrees(git, from, to, { context: 0, paths, maxFiles: 3000 }));
  // A file whose change is too large to be followed counts as rewritten.
  if (!diff || diff.files.some((file) => file.truncated)) return null;
  return new Map(diff.files.map((file) => [file.path, file]));
}

const keptName = ({ side, path }: Pick<LineComment, "side" | "path">) => `${side} ${path}`;

/** Which of the files that the diff does not have, or does not show whole, are there on the side of their comments. */
async function keptPaths(
  git: GitRepository,
  pull: PullRequest,
  group: readonly LineComment[],
  now: Diff | null,
): Promise<Set<string>> {
  const kept = new Set<string>();
  if (now === null) return kept;
  for (const [name, [comment]] of Map.groupBy(group, keptName)) {
    if (!comment) continue;
    const { side, path } = comment;
    const commit = side === "RIGHT" ? pull.headSha : await mergeBase(git, pull.baseSha, pull.headSha);
    if (commit !== null && (await pathEntry(git, commit, path))?.kind !== undefined) kept.add(name);
  }
  return kept;
}

/** The left side is what the branch left: it changes when the base was merged into it. */
async function leftMoves(
  git: GitRepository,
  pull: PullRequest,
  commit: string,
  group: readonly LineComment[],
  paths: readonly string[],
) {
  if (!group.some((comment) => comment.side === "LEFT")) return null;
  try {
    const [before, after] = await Promise.all([
      mergeBase(git, pull.baseSha, commit),
      mergeBase(git, pull.baseSha, pull.headSha),
    ]);
    return before && after ? await movesOf(git, before, after, paths) : null;
  } catch {
    return null;
  }
}

/** After a forced push the former commits may be gone for good. */
async function diffOrNull(diff: Promise<Diff>): Promise<Diff | null> {
  try {
    return await diff;
  } catch (error) {
    if (error instanceof MissingObject) return null;
    throw error;
  }
}
