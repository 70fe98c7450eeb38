/** Finding what somebody wants to speak of: a line, lines or a file of the pull request's head, changed or not. */
import { readBlob } from "../../../git/blobs.ts";
import type { FileDiff } from "../../../git/diffs.ts";
import { pathEntry } from "../../../git/trees.ts";
import type { Context } from "../../../kernel/context.ts";
import { invalid } from "../../../kernel/errors.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { changesOf, commitsOf, forkPoint } from "../contents.ts";
import type { PullRequest } from "../queries.ts";
import { revisionWithHead } from "../revisions/queries.ts";
import { hunkText, isShown, placeAt, surroundings, type Place, type Side } from "./place.ts";

export interface Wanted {
  readonly path: string;
  readonly line?: number | undefined;
  readonly side?: Side | undefined;
  readonly startLine?: number | undefined;
  readonly startSide?: Side | undefined;
  /** GitHub's older way: lines below the first header of the file's patch. */
  readonly position?: number | undefined;
  /** `file` speaks of the whole file; nothing else is asked then but the path. */
  readonly subject?: "line" | "file" | undefined;
  /** The head unless told; another commit of the pull request is looked at as it was. */
  readonly commit?: string | undefined;
}

export interface Located extends Omit<Place, "line"> {
  /** Null for the file as a whole. */
  readonly line: number | null;
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
  if (wanted.subject === "file") return onFile(ctx, repo, pull, { ...wanted, commit }, file);
  const place = wanted.line === undefined && file ? placeAt(file, wanted.position ?? 0) : null;
  if (wanted.line === undefined && wanted.position !== undefined && !place)
    throw refused(
      "position",
      file ? "The diff of the file has no such position" : "The file is not changed: say its line instead",
    );
  const line = wanted.line ?? place?.line;
  const side = place?.side ?? wanted.side ?? "RIGHT";
  if (line === undefined) throw refused("line", "Say which line is meant");
  if (wanted.startSide !== undefined && wanted.startSide !== side)
    throw refused("start_side", "A comment stands on lines of one side");
  const startLine = wanted.startLine === undefined || wanted.startLine === line ? null : wanted.startLine;
  if (startLine !== null && startLine > line)
    throw refused("start_line", "The first line comes before the last");
  const found = { path: wanted.path, side, line, startLine };
  if (file && isShown(file, found)) return { ...found, commit, hunk: hunkText(file, found) };
  const lines = await linesOn(ctx, repo, pull, { path: file?.path ?? wanted.path, side, commit }, file);
  if (line > lines.length) throw refused("line", "The file does not have this line");
  return { ...found, commit, hunk: surroundings(file, found, lines) };
}

/** The lines of a file on one side of the diff up to a commit. */
async function linesOn(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  { path, side, commit }: { readonly path: string; readonly side: Side; readonly commit: string },
  file: FileDiff | undefined,
): Promise<readonly string[]> {
  const at =
    side === "RIGHT" ? commit : await forkPoint(ctx, repo, { baseSha: pull.baseSha, headSha: commit });
  const there = side === "LEFT" ? (file?.oldPath ?? path) : path;
  const git = gitOf(ctx, repo);
  const entry = await pathEntry(git, at, there);
  if (entry?.kind !== "file" && entry?.kind !== "executable") {
    if (file) throw refused("line", "The file is not there on this side");
    throw refused("path", "There is no such file in the pull request");
  }
  const { text, truncated, lines } = await readBlob(git, entry.oid);
  if (text === null || truncated) throw refused("path", "The file is not text, or too large to be read here");
  return text.split("\n", lines);
}

async function onFile(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  { path, side = "RIGHT", commit }: Wanted & { readonly commit: string },
  file: FileDiff | undefined,
): Promise<Located> {
  const whole = { path, side, line: null, startLine: null, commit, hunk: "" };
  if (file) return whole;
  const at =
    side === "RIGHT" ? commit : await forkPoint(ctx, repo, { baseSha: pull.baseSha, headSha: commit });
  const entry = await pathEntry(gitOf(ctx, repo), at, path);
  if (!entry || entry.kind === "directory")
    throw refused("path", "There is no such file in the pull request");
  return whole;
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
