import type { Signature } from "../../../git/commits.ts";
import {
  TooManyCommits,
  mergeCommit,
  rebaseCommits,
  squashCommit,
  type MergeOutcome,
  type RebaseOutcome,
} from "../../../git/merges.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context } from "../../../kernel/context.ts";
import { Refusal, conflict } from "../../../kernel/errors.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { getProfile } from "../../accounts/index.ts";
import {
  gitOf,
  identityOf,
  moveRefs,
  requireMoved,
  signatureOf,
  type RepoWith,
} from "../../repositories/index.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { judge, type MergeMethod } from "../requirements.ts";
import { markMerged } from "./mark-merged.ts";
import { mergeMessage, type MergeText } from "./merge-message.ts";

export interface MergeRequest {
  /** The repository's first allowed one unless told. */
  readonly method?: MergeMethod | undefined;
  /** The head that the person has seen; another one is refused. */
  readonly expectedHead?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/**
 * Merges. The target moves by compare-and-swap from the base that was checked, and the row is marked in the transaction that
 * records the move: of two merges at once, or a merge and a push, one wins and the other is told.
 *
 * @throws Refusal 405 with the first requirement that is not met, 409 when head or base moved meanwhile
 */
export async function mergePullRequest(
  ctx: Context,
  repo: RepoWith<"write">,
  seen: PullRequest,
  request: MergeRequest,
): Promise<{ readonly pull: PullRequest; readonly sha: string }> {
  const me = requireUser(ctx.actor).user;
  const pull = await catchUp(ctx, repo, seen);
  if (request.expectedHead !== undefined && request.expectedHead !== pull.headSha)
    throw conflict("Head branch was modified. Review and try the merge again.");
  const { requirements, methods } = await judge(ctx, repo, pull);
  const unmet = requirements.find((one) => !one.met);
  if (unmet) throw new Refusal("not_allowed", `Pull Request is not mergeable: ${unmet.sentence}`);
  const method = request.method ?? methods[0] ?? "merge";
  if (!methods.includes(method))
    throw new Refusal("not_allowed", `This repository does not allow the method ${method}`);

  const sha = await compose(ctx, repo, pull, method, request);
  let merged: PullRequest | null = null;
  const target = `refs/heads/${pull.targetBranch}`;
  const results = await moveRefs(ctx, repo, [{ ref: target, old: pull.baseSha, new: sha }], {
    reason: "merge",
    merged: true,
    detail: { pull_request_id: pull.id, number: pull.number, method },
    record: async (tx) => {
      merged = await markMerged(tx, pull, { sha, method, byId: me.id });
    },
  });
  if (results.some(({ failure }) => failure?.kind === "stale" || failure?.kind === "locked"))
    throw conflict("Base branch was modified. Review and try the merge again.");
  requireMoved(results);
  if (repo.deleteBranchOnMerge) await deleteSource(ctx, repo, pull);
  return { pull: merged ?? pull, sha };
}

/** Writes the commit that the target will point to. */
async function compose(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  method: MergeMethod,
  request: MergeRequest,
): Promise<string> {
  const git = gitOf(ctx, repo);
  const me = requireUser(ctx.actor).user;
  const committer: Signature = signatureOf(ctx, {
    name: "wit",
    email: `noreply@${new URL(ctx.config.url).hostname}`,
  });
  if (method === "rebase") return tipOf(pull.baseSha, await rebase(git, pull, committer));
  const text: MergeText = await mergeMessage(ctx, repo, pull, method);
  const message = [request.title ?? text.title, request.message ?? text.body]
    .filter((part) => part !== "")
    .join("\n\n");
  const author = method === "squash" ? await authorOf(ctx, pull) : identityOf(ctx, me);
  const signed = { message: `${message}\n`, author: signatureOf(ctx, author), committer };
  return tipOf(
    pull.baseSha,
    method === "squash"
      ? await squashCommit(git, pull.baseSha, pull.headSha, signed)
      : await mergeCommit(git, pull.baseSha, pull.headSha, signed),
  );
}

function rebase(git: GitRepository, pull: PullRequest, committer: Signature): Promise<RebaseOutcome> {
  return rebaseCommits(git, pull.baseSha, pull.headSha, { committer }).catch((error: unknown) => {
    if (error instanceof TooManyCommits)
      throw new Refusal("not_allowed", "Pull Request is not mergeable: it has too many commits to rebase", {
        cause: error,
      });
    throw error;
  });
}

const authorOf = async (ctx: Context, pull: PullRequest) =>
  identityOf(ctx, await getProfile(ctx, pull.authorId));

function tipOf(base: string, outcome: MergeOutcome | RebaseOutcome): string {
  if (outcome.kind === "conflict")
    throw new Refusal("not_allowed", "Pull Request is not mergeable: it conflicts with the base branch");
  if (outcome.kind === "up-to-date" || outcome.commit === base)
    throw new Refusal("not_allowed", "Pull Request is not mergeable: the base branch has all of it already");
  return outcome.commit;
}

/** The merge stands also when the branch cannot be deleted: it moved on, is protected, or somebody deleted it first. */
async function deleteSource(ctx: Context, repo: RepoWith<"write">, pull: PullRequest): Promise<void> {
  if (pull.sourceRepoId !== repo.id || pull.sourceBranch === repo.defaultBranch) return;
  const branch = { ref: `refs/heads/${pull.sourceBranch}`, old: pull.headSha, new: null };
  await moveRefs(ctx, repo, [branch], { reason: "merge" }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}
