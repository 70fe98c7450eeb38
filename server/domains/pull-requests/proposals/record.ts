/** The row of a new proposal, written in the transaction that settles its intent. */
import { z } from "zod";
import { commitsBetween } from "../../../git/commits.ts";
import { readRef } from "../../../git/refs.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import { gitOf, type Repository } from "../../repositories/index.ts";
import { insertPullRequest } from "../commands/insert.ts";
import { suggestedText } from "../suggested-text.ts";

/** What the intent keeps, so that whoever finishes it after a crash knows all of it. */
export const detailShape = z.object({
  pull_request_id: z.string(),
  number: z.int(),
  author_id: z.string(),
  branch: z.string(),
  topic: z.string(),
  named: z.boolean(),
  title: z.string().nullable(),
  body: z.string().nullable(),
  draft: z.boolean(),
});

export type ProposalDetail = z.infer<typeof detailShape>;

/** What the row says besides; reads git, so it is worked out before the transaction. */
export interface ProposalEnds {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string | null;
}

export async function endsOf(
  ctx: Context,
  repo: Repository,
  detail: ProposalDetail,
  head: string,
): Promise<ProposalEnds> {
  const git = gitOf(ctx, repo);
  // The target may be gone by now; then the pull request says so.
  const base = (await readRef(git, `refs/heads/${detail.branch}`))?.oid ?? head;
  const { commits } = await commitsBetween(git, base, head, { limit: 2 });
  const text = suggestedText(commits, detail.named ? detail.topic : null);
  return { head, base, title: detail.title ?? text.title, body: detail.body ?? (text.body || null) };
}

/** Writes it unless it is there. */
export async function recordProposal(
  tx: TransactionContext,
  repo: Repository,
  detail: ProposalDetail,
  ends: ProposalEnds,
): Promise<void> {
  const now = tx.clock.now();
  await insertPullRequest(
    tx,
    {
      id: detail.pull_request_id,
      repoId: repo.id,
      number: detail.number,
      title: ends.title,
      body: ends.body,
      sourceBranch: detail.topic,
      topic: detail.topic,
      targetBranch: detail.branch,
      sourceRepoId: null,
      headSha: ends.head,
      baseSha: ends.base,
      authorId: detail.author_id,
      isDraft: detail.draft,
      maintainerCanModify: false,
      createdAt: now,
      updatedAt: now,
    },
    [],
  );
}
