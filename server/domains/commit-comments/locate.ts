/** Finding the line of a commit's file that somebody wants to speak of. */
import { readBlob } from "../../git/blobs.ts";
import { diffCommit } from "../../git/diffs.ts";
import { pathEntry } from "../../git/trees.ts";
import type { Context } from "../../kernel/context.ts";
import { invalid } from "../../kernel/errors.ts";
import { placeAt, positionOf } from "../pull-requests/index.ts";
import { gitOf, type Repository } from "../repositories/index.ts";

export interface Wanted {
  readonly path?: string | null | undefined;
  /** Of the file as the commit left it. */
  readonly line?: number | null | undefined;
  /** GitHub's way: lines below the first header of the file's patch. */
  readonly position?: number | null | undefined;
}

export interface Located {
  readonly path: string | null;
  readonly line: number | null;
  readonly position: number | null;
}

/** @throws Refusal 422 with the field that leads nowhere */
export async function locate(
  ctx: Context,
  repo: Repository,
  commit: string,
  { path, line, position }: Wanted,
): Promise<Located> {
  if (path === null || path === undefined || path === "") {
    if (line || position) throw refused("path", "Say in which file the line is");
    return { path: null, line: null, position: null };
  }
  const git = gitOf(ctx, repo);
  const { files } = await diffCommit(git, commit, { paths: [path] });
  const file = files.find((one) => one.path === path);
  if (!line && position) {
    const found = file ? placeAt(file, position) : null;
    if (!found) throw refused("position", "The change of this file has no such position");
    return { path, line: found.side === "RIGHT" ? found.line : null, position };
  }
  const entry = await pathEntry(git, commit, path);
  if (!file && (!entry || entry.kind === "directory"))
    throw refused("path", "There is no such file in the commit");
  if (!line) return { path, line: null, position: null };
  const lines = entry?.kind === "file" || entry?.kind === "executable" ? await linesOf(git, entry.oid) : 0;
  if (line > lines) throw refused("line", "The file does not have this line");
  return { path, line, position: file ? positionOf(file, { side: "RIGHT", line }) : null };
}

const linesOf = async (git: { dir: string }, oid: string) => (await readBlob(git, oid)).lines;

const refused = (field: string, message: string) => invalid("CommitComment", field, message);
