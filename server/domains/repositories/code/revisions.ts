/** From what a client calls a place in history to a commit. */
import { resolveRevision, type Revision } from "../../../git/revisions.ts";
import { readRefs } from "../../../git/ref-cache.ts";
import type { Context } from "../../../kernel/context.ts";
import { conflict, notFound } from "../../../kernel/errors.ts";
import type { Repository } from "../access.ts";
import { gitOf } from "../addresses.ts";

/**
 * The commit of a branch, a tag, or a whole or abbreviated id; of the default branch unless told.
 *
 * @throws Refusal 404 for what names no commit, 409 for the default branch of a repository without commits
 */
export async function requireRevision(
  ctx: Context,
  repo: Repository,
  name: string | undefined,
): Promise<Revision> {
  const git = gitOf(ctx, repo);
  const found = await resolveRevision(git, name ?? `refs/heads/${repo.defaultBranch}`);
  if (found) return found;
  if (await isEmpty(ctx, repo)) throw conflict("Git Repository is empty.");
  throw notFound(name === undefined ? "Not Found" : `No commit found for the ref ${name}`);
}

/** Whether nothing was ever pushed. */
export async function isEmpty(ctx: Context, repo: Repository): Promise<boolean> {
  const { refs } = await readRefs(gitOf(ctx, repo));
  for (const ref of refs.keys()) if (ref.startsWith("refs/heads/")) return false;
  return true;
}
