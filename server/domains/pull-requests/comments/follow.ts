/**
 * Inline comments follow their lines: each is stored where it was written, and where it stands now is worked out from git over the
 * revisions since, so no push can leave it pointing at another line. A range of which lines were changed or are gone stands on the
 * rest; when nothing is left of it, it is outdated.
 */
import type { Diff, FileDiff } from "../../../git/diffs.ts";
import { MissingObject } from "../../../git/objects.ts";
import { GitError } from "../../../git/process.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { changesOf } from "../contents.ts";
import type { PullRequest } from "../queries.ts";
import { revisionsOf } from "../revisions/queries.ts";
import { wayTo, type Way } from "../revisions/way.ts";
import { isShown, positionOf } from "./place.ts";
import type { LineComment } from "./queries.ts";
import { Trails } from "./trails.ts";

export interface Standing {
  /** The name of its file now; of an outdated one as it was. */
  readonly path: string;
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
  const [now, revisions] = await Promise.all([orNull(changesOf(ctx, repo, pull)), revisionsOf(ctx, pull)]);
  const trails = new Trails(
    git,
    comments.map((comment) => comment.path),
  );
  const found = new Map<string, Standing>();
  for (const [commit, group] of Map.groupBy(comments, (comment) => comment.originalCommitSha)) {
    const then =
      commit === pull.headSha
        ? now
        : await orNull(changesOf(ctx, repo, { baseSha: pull.baseSha, headSha: commit }));
    const way = await wayTo(git, pull, revisions, commit);
    for (const comment of group) {
      const file = then?.files.find((one) => one.path === comment.path);
      const ends = await endsOf(trails, way, comment, file);
      found.set(comment.id, {
        ...standing(comment, pull, now, ends),
        originalPosition: originalPosition(comment, file),
      });
    }
  }
  return found;
}

interface Ends {
  readonly path: string;
  readonly line: number;
  /** Null for a single line. */
  readonly startLine: number | null;
}

/** From the first to the last line that is left of a comment's on its side; null when none is. The left side is what the branch left. */
async function endsOf(
  trails: Trails,
  way: Way,
  comment: LineComment,
  then: FileDiff | undefined,
): Promise<Ends | null> {
  const commits = comment.side === "RIGHT" ? way.heads : way.begins;
  if (!commits) return null;
  const path = comment.side === "LEFT" ? (then?.oldPath ?? comment.path) : comment.path;
  const from = comment.originalStartLine ?? comment.originalLine;
  const spot = await orNull(trails.follow(commits, { path, from, to: comment.originalLine }));
  const [first, last] = [spot?.spans[0], spot?.spans.at(-1)];
  if (!spot || !first || !last) return null;
  return { path: spot.path, line: last.to, startLine: first.from === last.to ? null : first.from };
}

/** Of a commit that is gone, the part of the diff that was kept with the comment still counts. */
function originalPosition(comment: LineComment, then: FileDiff | undefined): number {
  const place = { side: comment.side, line: comment.originalLine };
  return (then ? positionOf(then, place) : null) ?? (comment.diffHunk ?? "").split("\n").length - 1;
}

function standing(
  comment: LineComment,
  pull: PullRequest,
  now: Diff | null,
  ends: Ends | null,
): Omit<Standing, "originalPosition"> {
  const { path, side } = comment;
  const outdated = { path, line: null, startLine: null, position: null, commit: comment.originalCommitSha };
  if (!ends) return outdated;
  const nameOf = (file: FileDiff) => (side === "RIGHT" ? file.path : (file.oldPath ?? file.path));
  const file = now?.files.find((one) => nameOf(one) === ends.path);
  const { line, startLine } = ends;
  if (now === null) return outdated;
  // The diff need not show it: the line was followed into the file as it is now.
  const isInDiff = file !== undefined && isShown(file, { side, line, startLine });
  const position = file && isInDiff ? positionOf(file, { side, line }) : null;
  return { path: file?.path ?? ends.path, line, startLine, position, commit: pull.headSha };
}

/** After a forced push the former commits may be gone for good. */
async function orNull<Value>(asked: Promise<Value>): Promise<Value | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MissingObject || error instanceof GitError) return null;
    throw error;
  }
}
