/**
 * Several files changed in the browser, as one commit. Nobody's work is lost: the writer says which commit they saw, and what
 * they touched must still be as it was there, whatever else has happened on the branch.
 */
import { isAncestor } from "../../../git/ancestry.ts";
import { readBlob } from "../../../git/blobs.ts";
import { branchNameProblem } from "../../../git/names.ts";
import { readObjectFormat } from "../../../git/object-format.ts";
import { objectInfo } from "../../../git/objects.ts";
import { readRef } from "../../../git/refs.ts";
import type { GitRepository } from "../../../git/store.ts";
import { pathEntry, rootTree } from "../../../git/trees.ts";
import { commitChanges, EditRefused } from "../../../git/write.ts";
import type { Context } from "../../../kernel/context.ts";
import { invalid, notFound, Refusal, unprocessable } from "../../../kernel/errors.ts";
import type { RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { moveRefs, requireMoved } from "../git/move-refs.ts";
import { actorIdentity, signatureOf } from "../identity.ts";
import { fileChanges, pathsOf, type SetChange } from "./set-changes.ts";
import { isEmpty } from "./revisions.ts";

export interface ChangeSet {
  readonly branch: string;
  /** The commit whose files the writer saw; null in a repository without commits. */
  readonly seen: string | null;
  /** A branch to be made for the commit, which leaves `branch` as it is. */
  readonly newBranch?: string | undefined;
  readonly message: string;
  readonly changes: readonly SetChange[];
}

/** Branches of a busy repository move while a commit is made; then it is made again on top. */
const mostTries = 5;

/**
 * Commits a set of changes. What others have committed meanwhile to other files stays: the commit goes on top of it.
 *
 * @returns the commit's id
 * @throws Refusal 404 for a branch that is not there, 409 with the texts when a file was changed meanwhile, 422 for a change that
 *   does not fit and for a branch that takes no commits
 */
export async function commitSet(ctx: Context, repo: RepoWith<"write">, set: ChangeSet): Promise<string> {
  const git = gitOf(ctx, repo);
  const problem = branchNameProblem(set.newBranch ?? set.branch);
  if (problem !== null)
    throw invalid("Commit", set.newBranch === undefined ? "branch" : "new_branch", problem);
  for (let tries = 1; ; tries++) {
    const { head, start } = await startOf(ctx, repo, set);
    if (set.newBranch !== undefined && (await readRef(git, `refs/heads/${set.newBranch}`)))
      throw invalid("Commit", "new_branch", "There is a branch of this name already.", "already_exists");
    const { commit, tree } = await writeSet(ctx, git, set, start);
    if (start !== null && tree === (await rootTree(git, start)))
      throw unprocessable("Nothing would change: the files hold this already");
    const move =
      set.newBranch === undefined
        ? { ref: `refs/heads/${set.branch}`, old: head, new: commit }
        : { ref: `refs/heads/${set.newBranch}`, old: null, new: commit };
    const results = await moveRefs(ctx, repo, [move], { reason: "edit" });
    const failure = results[0]?.failure;
    const overtaken = failure?.kind === "stale" || failure?.kind === "locked";
    if (overtaken && set.newBranch === undefined && tries < mostTries) continue;
    requireMoved(results);
    return commit;
  }
}

/**
 * Writes the commit that a set of changes would be. No branch leads to it, so maintenance removes it in time.
 *
 * @returns the commit, and what it builds on
 * @throws Refusal as `commitSet`
 */
export async function draftSet(
  ctx: Context,
  repo: RepoWith<"write">,
  set: ChangeSet,
): Promise<{ readonly commit: string; readonly start: string | null }> {
  const { start } = await startOf(ctx, repo, set);
  const { commit } = await writeSet(ctx, gitOf(ctx, repo), set, start);
  return { commit, start };
}

/** The tip of the branch, and the commit to build on: the tip, or for a branch of its own what the writer saw. */
async function startOf(ctx: Context, repo: RepoWith<"write">, set: ChangeSet) {
  const git = gitOf(ctx, repo);
  const ref = await readRef(git, `refs/heads/${set.branch}`);
  if (!ref) {
    if (await isEmpty(ctx, repo)) return { head: null, start: null };
    throw notFound(`There is no branch ${set.branch} any more`);
  }
  const head = ref.oid;
  if (set.seen === head) return { head, start: head };
  const known = set.seen !== null && (await objectInfo(git, set.seen))?.type === "commit";
  const seen = known ? set.seen : null;
  if (seen !== null && set.newBranch !== undefined && (await isAncestor(git, seen, head)))
    return { head, start: seen };
  await requireUntouched(git, set, seen, head);
  return { head, start: head };
}

/** @throws Refusal 409 when a path that the set names is not what it was */
async function requireUntouched(
  git: GitRepository,
  set: ChangeSet,
  seen: string | null,
  head: string,
): Promise<void> {
  const paths = [...new Set(set.changes.flatMap(pathsOf))];
  const found = await Promise.all(
    paths.map(async (path) => {
      const [before, now] = await Promise.all([
        seen === null ? null : pathEntry(git, seen, path),
        pathEntry(git, head, path),
      ]);
      const same = before?.oid === now?.oid && before?.mode === now?.mode;
      if (same || (before?.kind === "directory" && now?.kind === "directory")) return null;
      return { path, before, now };
    }),
  );
  const conflicts = await Promise.all(
    found
      .filter((one) => one !== null)
      .map(async ({ path, before, now }) => ({
        path,
        seen: await textOf(git, before),
        current: await textOf(git, now),
      })),
  );
  if (conflicts.length === 0) return;
  const names = conflicts.slice(0, 3).map(({ path }) => path);
  const more = conflicts.length > 3 ? ` and ${conflicts.length - 3} more` : "";
  const one = conflicts.length === 1;
  throw new Refusal(
    "conflict",
    `${names.join(", ")}${more} ${one ? "was" : "were"} changed by somebody else since you began. Nothing was written, and what you typed is kept`,
    { details: { head, conflicts } },
  );
}

async function textOf(git: GitRepository, entry: Awaited<ReturnType<typeof pathEntry>>) {
  if (!entry || entry.kind === "directory" || entry.kind === "submodule") return null;
  const { text, truncated } = await readBlob(git, entry.oid);
  return truncated ? null : text;
}

async function writeSet(ctx: Context, git: GitRepository, set: ChangeSet, start: string | null) {
  const self = signatureOf(ctx, actorIdentity(ctx, ctx.actor));
  const changes = (await Promise.all(set.changes.map((change) => fileChanges(git, start, change)))).flat();
  return commitChanges(git, {
    base: start,
    changes,
    message: set.message,
    author: self,
    committer: self,
    objectFormat: await readObjectFormat(git),
  }).catch((error: unknown) => {
    if (!(error instanceof EditRefused)) throw error;
    const { field } = set.changes.find(({ path }) => path === error.path) ?? set.changes[0] ?? { field: "" };
    throw invalid("Commit", `${field}.path`, error.message);
  });
}
