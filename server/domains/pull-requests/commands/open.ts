import { isAncestor, mergeBase } from "../../../git/ancestry.ts";
import { bringCommit } from "../../../git/bring.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { invalid, unprocessable } from "../../../kernel/errors.ts";
import { enforce, reaches, requireUser } from "../../../kernel/grants.ts";
import { mayTriage } from "../../issues/index.ts";
import type { Label } from "../../labels/index.ts";
import { allocateNumber, gitOf, type RepoWith, type Repository } from "../../repositories/index.ts";
import { branchTip, keepHead } from "../heads.ts";
import { mayOpenFrom } from "../policy.ts";
import { addRevisions, keepRevisions } from "../revisions/record.ts";
import { storyOf } from "../revisions/story.ts";
import type { PullRequest } from "../queries.ts";
import { insertPullRequest } from "./insert.ts";

export interface NewPullRequest {
  readonly title: string;
  readonly body: string | null;
  readonly source: { readonly repository: Repository; readonly branch: string };
  readonly targetBranch: string;
  readonly isDraft: boolean;
  readonly maintainerCanModify: boolean;
  readonly assigneeId: string | null;
  readonly milestoneId: string | null;
  readonly labels: readonly Label[];
}

/**
 * Opens a pull request. Its head becomes fetchable under `refs/pull/N/head`; were the process to die before that, whoever reads
 * it next makes it so.
 *
 * @throws Refusal 422 when a branch is missing, when there is nothing to merge, or when the same one is open already
 */
export async function openPullRequest(
  ctx: Context,
  repo: RepoWith<"read">,
  input: NewPullRequest,
): Promise<PullRequest> {
  const { source } = input;
  enforce(mayOpenFrom(ctx.actor, repo, source.repository));
  const author = requireUser(ctx.actor).user;
  const { head, base } = await endsOf(ctx, repo, input);
  const story = await storyOf(gitOf(ctx, repo), null, head, base);
  const triaged = mayTriage(ctx.actor, repo) === true;
  const { pull, revisions } = await transact(ctx, async (tx) => {
    const number = await allocateNumber(tx, repo);
    const now = tx.clock.now();
    const row = await insertPullRequest(
      tx,
      {
        repoId: repo.id,
        number,
        title: input.title,
        body: input.body,
        sourceBranch: source.branch,
        targetBranch: input.targetBranch,
        sourceRepoId: source.repository.id,
        headSha: head,
        baseSha: base,
        authorId: author.id,
        assigneeId: triaged ? input.assigneeId : null,
        milestoneId: triaged ? input.milestoneId : null,
        isDraft: input.isDraft,
        // Only who can push to the branch can let others do so.
        maintainerCanModify: input.maintainerCanModify && reaches(source.repository.access, "write"),
        createdAt: now,
        updatedAt: now,
      },
      triaged ? input.labels : [],
    );
    if (!row) throw new Error(`number ${number} is taken`);
    const first = await addRevisions(tx, row, [{ ...story, pushedById: author.id, createdAt: now }]);
    return { pull: row, revisions: first };
  });
  await keepHead(ctx, repo, pull, head);
  await keepRevisions(ctx, repo, pull, revisions);
  return pull;
}

/** The two commits, with the head's objects at hand in the target repository. */
async function endsOf(ctx: Context, repo: RepoWith<"read">, input: NewPullRequest) {
  const { source, targetBranch } = input;
  const here = gitOf(ctx, repo);
  const there = gitOf(ctx, source.repository);
  const [head, base] = await Promise.all([branchTip(there, source.branch), branchTip(here, targetBranch)]);
  if (head === null) throw invalid("PullRequest", "head", `There is no branch ${source.branch}`);
  if (base === null) throw invalid("PullRequest", "base", `There is no branch ${targetBranch}`);
  if (source.repository.id === repo.id && source.branch === targetBranch)
    throw invalid("PullRequest", "head", "Head and base are the same branch");
  if (there.dir !== here.dir) await bringCommit(there, here, head);
  if (await isAncestor(here, head, base))
    throw unprocessable(`No commits between ${targetBranch} and ${source.branch}`);
  if ((await mergeBase(here, base, head)) === null)
    throw unprocessable(`${targetBranch} and ${source.branch} have entirely different histories`);
  return { head, base };
}
