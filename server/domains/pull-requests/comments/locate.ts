/** Finding the line that somebody wants to speak of: it must be part of what the pull request shows. */
import type { Context } from "../../../kernel/context.ts";
import { invalid } from "../../../kernel/errors.ts";
import type { Repository } from "../../repositories/index.ts";
import { changesOf, commitsOf } from "../contents.ts";
import type { PullRequest } from "../queries.ts";
import { revisionWithHead } from "../revisions/queries.ts";
import { hunkText, isShown, placeAt, type Place, type Side } from "./place.ts";

export interface Wanted {
  readonly path: string;
  readonly line?: number | undefined;
  readonly side?: Side | undefined;
  readonly startLine?: number | undefined;
  readonly startSide?: Side | undefined;
  /** GitHub's older way: lines below the first header of the file's patch. */
  readonly position?: number | undefined;
  /** The head unless told; another commit of the pull request is looked at as it was. */
  readonly commit?: string | undefined;
}

export interface Located extends Place {
  readonly commit: string;
  readonly hunk: string;
}

/** @throws Refusal 422 with the field that leads nowhere */
export async function locate(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  wanted: Wanted,
): Promise<Located> {
  const commit = await commitOf(ctx, repo, pull, wanted.commit);
  const { files } = await changesOf(ctx, repo, { baseSha: pull.baseSha, headSha: commit });
  const file = files.find((one) => one.path === wanted.path);
  if (!file) throw refused("path", "This file is not part of the pull request");
  const place = wanted.line === undefined ? placeAt(file, wanted.position ?? 0) : null;
  const line = wanted.line ?? place?.line;
  const side = place?.side ?? wanted.side ?? "RIGHT";
  if (line === undefined) throw refused("line", "Say which line is meant");
  if (wanted.startSide !== undefined && wanted.startSide !== side)
    throw refused("start_side", "A comment stands on lines of one side");
  const startLine = wanted.startLine === undefined || wanted.startLine === line ? null : wanted.startLine;
  if (startLine !== null && startLine > line)
    throw refused("start_line", "The first line comes before the last");
  const found = { path: file.path, side, line, startLine };
  if (!isShown(file, found)) throw refused("line", "The diff does not show this line");
  return { ...found, commit, hunk: hunkText(file, found) };
}

export async function commitOf(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  wanted: string | undefined,
): Promise<string> {
  if (wanted === undefined || wanted === pull.headSha) return pull.headSha;
  // A head that was pushed over a moment ago is still what somebody looked at.
  if ((await revisionWithHead(ctx, pull.id, wanted)) !== null) return wanted;
  const own = await commitsOf(ctx, repo, pull);
  if (!own.some((commit) => commit.oid === wanted))
    throw refused("commit_id", "This commit is not part of the pull request");
  return wanted;
}

const refused = (field: string, message: string) => invalid("PullRequestReviewComment", field, message);
