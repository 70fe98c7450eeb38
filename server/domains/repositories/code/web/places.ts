/** The end of an address like `feature/x/src/a.ts`: a branch, tag or commit, and a path in it. */
import { displayPath } from "../../../../git/paths.ts";
import { resolveRefAndPath, resolveRevision, type Revision } from "../../../../git/revisions.ts";
import { pathEntry, type PathEntry } from "../../../../git/trees.ts";
import type { GitRepository } from "../../../../git/store.ts";
import type { Context } from "../../../../kernel/context.ts";
import { notFound } from "../../../../kernel/errors.ts";
import type { Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";

export interface Place {
  readonly git: GitRepository;
  readonly revision: Revision;
  readonly path: string;
  readonly entry: PathEntry;
}

/**
 * @param rest empty for the root of the default branch
 * @throws Refusal 404 for what is not there
 */
export async function requirePlace(ctx: Context, repo: Repository, rest: string): Promise<Place> {
  const place = await requireSpot(ctx, repo, rest);
  const { entry } = place;
  if (!entry) throw nothingAt(place);
  return { ...place, entry };
}

/** A place at which nothing need be any more. */
export type Spot = Omit<Place, "entry"> & { readonly entry: PathEntry | null };

/** @throws Refusal 404 when the address names no branch, tag or commit */
export async function requireSpot(ctx: Context, repo: Repository, rest: string): Promise<Spot> {
  const git = gitOf(ctx, repo);
  const found = await placeIn(git, repo, rest);
  if (!found) throw notFound("There is no branch, tag or commit of this name");
  const { path, ...revision } = found;
  return { git, revision, path, entry: await pathEntry(git, revision.commit, path) };
}

/** The refusal for a path that is not there. */
export const nothingAt = ({ path, revision }: Pick<Place, "path" | "revision">): Error =>
  notFound(`There is no ${displayPath(path) || "such path"} at ${revision.name}`);

async function placeIn(git: GitRepository, repo: Repository, rest: string) {
  if (rest !== "") return resolveRefAndPath(git, rest);
  const revision = await resolveRevision(git, `refs/heads/${repo.defaultBranch}`);
  return revision && { ...revision, path: "" };
}
