import type { Signature } from "../../../git/commits.ts";
import {
  TooManyCommits,
  checkMerge,
  mergeCommit,
  rebaseCommits,
  squashCommit,
  type MergeOutcome,
  type RebaseOutcome,
} from "../../../git/merges.ts";
import type { GitRepository } from "../../../git/store.ts";
import { rootTree } from "../../../git/trees.ts";
import type { Context } from "../../../kernel/context.ts";
import { Refusal } from "../../../kernel/errors.ts";
import { requireUser } from "../../../kernel/grants.ts";
import { getProfile } from "../../accounts/index.ts";
import { gitOf, identityOf, signatureOf, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import type { MergeMethod } from "../requirements.ts";
import { mergeMessage } from "./merge-message.ts";
import { methodRefusal, rebaseProblem } from "./methods.ts";

/** What a person wants the commit to say; what is left out, the repository's settings say. */
export interface MergeWords {
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/** The forge itself: whoever merges is the author of a merge commit, and the committer of nothing. */
export const forgeSignature = (ctx: Context): Signature =>
  signatureOf(ctx, { name: "wit", email: `noreply@${new URL(ctx.config.url).hostname}` });

/**
 * Writes the commit that the target will point to, and moves nothing.
 *
 * @throws Refusal 405 when the method does not lead there
 */
export async function composeMerge(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
  method: MergeMethod,
  words: MergeWords,
): Promise<string> {
  const git = gitOf(ctx, repo);
  const committer = forgeSignature(ctx);
  if (method === "rebase") {
    const tip = tipOf(pull.baseSha, await rebase(git, pull, committer));
    await requireSameFiles(git, pull, tip);
    return tip;
  }
  const refused = await methodRefusal(ctx, repo, pull, method);
  if (refused !== null) throw notMergeable(refused);
  if (method === "fast-forward") return pull.headSha;
  const usual = await mergeMessage(ctx, repo, pull, method);
  const message = [words.title ?? usual.title, words.message ?? usual.body]
    .filter((part) => part !== "")
    .join("\n\n");
  const author =
    method === "squash"
      ? identityOf(ctx, await getProfile(ctx, pull.authorId))
      : identityOf(ctx, requireUser(ctx.actor).user);
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

/** What reviewers saw is the merge: a rebase that leaves other files is not what they agreed to. @throws Refusal 405 */
async function requireSameFiles(git: GitRepository, pull: PullRequest, tip: string): Promise<void> {
  const [merged, tree] = await Promise.all([checkMerge(git, pull.baseSha, pull.headSha), rootTree(git, tip)]);
  if (merged.tree !== tree) throw notMergeable(rebaseProblem("differs", pull.targetBranch) ?? "");
}

function tipOf(base: string, outcome: MergeOutcome | RebaseOutcome): string {
  if (outcome.kind === "conflict")
    throw notMergeable(
      "at" in outcome
        ? `its commit ${outcome.at.slice(0, 10)} conflicts with the base branch when it is put on top of it`
        : "it conflicts with the base branch",
    );
  if (outcome.kind === "up-to-date" || outcome.commit === base)
    throw notMergeable("the base branch has all of it already");
  return outcome.commit;
}

/** The refusal of a merge, under the status that GitHub gives it. */
export const notMergeable = (sentence: string): Refusal =>
  new Refusal("not_allowed", `Pull Request is not mergeable: ${sentence}`);
