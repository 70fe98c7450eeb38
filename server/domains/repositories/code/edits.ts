/** Files written through the API and in the browser: one commit on a branch. */
import { readObjectFormat } from "../../../git/object-format.ts";
import { readRef } from "../../../git/refs.ts";
import { commitChanges, EditRefused, type FileChange } from "../../../git/write.ts";
import type { Signature } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { conflict, invalid, notFound, unprocessable } from "../../../kernel/errors.ts";
import type { RepoWith } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { moveRefs, requireMoved } from "../git/move-refs.ts";
import { actorIdentity, signatureOf } from "../identity.ts";
import { isEmpty } from "./revisions.ts";

export interface Edit {
  /** Without `refs/heads/`; the default branch unless told. */
  readonly branch?: string | undefined;
  readonly message: string;
  readonly changes: readonly FileChange[];
  readonly author?: Signature | undefined;
  readonly committer?: Signature | undefined;
}

/**
 * Commits changes on top of a branch. In a repository without commits the branch begins with it.
 *
 * @returns the new commit's id
 * @throws Refusal 404 for a branch that does not exist, 409 when the branch or a file is not what the writer has seen, 422 for
 *   a path or content that will not do
 */
export async function commitEdit(ctx: Context, repo: RepoWith<"write">, edit: Edit): Promise<string> {
  const git = gitOf(ctx, repo);
  const branch = edit.branch ?? repo.defaultBranch;
  const ref = `refs/heads/${branch}`;
  const base = await readRef(git, ref);
  if (!base && !(await isEmpty(ctx, repo))) throw notFound(`Branch ${branch} not found`);
  const self = signatureOf(ctx, actorIdentity(ctx, ctx.actor));
  const { commit } = await commitChanges(git, {
    base: base?.oid ?? null,
    changes: edit.changes,
    message: edit.message,
    author: edit.author ?? self,
    committer: edit.committer ?? edit.author ?? self,
    objectFormat: await readObjectFormat(git),
  }).catch((error: unknown) => {
    throw error instanceof EditRefused ? refusedEdit(error, edit) : error;
  });
  const move = { ref, old: base?.oid ?? null, new: commit };
  requireMoved(await moveRefs(ctx, repo, [move], { reason: "edit" }));
  return commit;
}

function refusedEdit(error: EditRefused, edit: Edit) {
  switch (error.problem) {
    case "missing":
      // Nothing to delete is nothing there; a file gone under the writer's hands is a conflict.
      return edit.changes.every(({ kind }) => kind === "delete") ? notFound() : conflict(error.message);
    case "changed":
      return conflict(error.message);
    case "exists":
      return unprocessable(`Invalid request: "sha" wasn't supplied. ${error.message}`);
    default:
      return invalid("Content", "path", error.message);
  }
}
