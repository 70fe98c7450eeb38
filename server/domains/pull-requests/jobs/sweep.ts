/**
 * After a push to a branch: whether the pull requests that go there can still be merged, asked of git in one process, and then
 * whether they can be rebased too. What it says stands in their rows when somebody looks.
 */
import { and, asc, eq, gt, sql } from "drizzle-orm";
import { ancestorsAmong } from "../../../git/ancestry.ts";
import { sweepMerges } from "../../../git/merge-sweep.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import type { JobType } from "../../../kernel/jobs/index.ts";
import { findRepositoryById, gitOf } from "../../repositories/index.ts";
import { branchTip } from "../heads.ts";
import { noteRebases } from "../requirements/rebases.ts";
import { pullRequests } from "../schema.ts";

const batch = 500;

export const sweepMergeability: JobType = {
  name: "pull-requests.sweep",
  lane: "long",
  handle: async (ctx, data) => {
    const repo = await findRepositoryById(ctx, String(data["repoId"]));
    const branch = String(data["branch"]);
    const base = repo && (await branchTip(gitOf(ctx, repo), branch));
    if (!repo || base === null) return;
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      const rows = await ctx.db
        .select({
          id: pullRequests.id,
          head: pullRequests.headSha,
          checkedHead: pullRequests.mergeCheckedHeadSha,
          checkedBase: pullRequests.mergeCheckedBaseSha,
          isMergeable: pullRequests.isMergeable,
          verdict: pullRequests.rebaseVerdict,
        })
        .from(pullRequests)
        .where(
          and(
            eq(pullRequests.repoId, repo.id),
            eq(pullRequests.targetBranch, branch),
            eq(pullRequests.state, "open"),
            gt(pullRequests.id, after),
          ),
        )
        .orderBy(asc(pullRequests.id))
        .limit(batch);
      const stale = rows.filter((row) => row.checkedHead !== row.head || row.checkedBase !== base);
      const checked = await sweep(gitOf(ctx, repo), base, stale);
      await note(ctx, base, branch, checked);
      const known = rows.filter((row) => !stale.includes(row) && row.isMergeable && row.verdict === null);
      const unknown = [...known, ...checked.filter(({ clean }) => clean)];
      await noteRebases(
        ctx,
        gitOf(ctx, repo),
        base,
        unknown.map(({ id, head }) => ({ id, headSha: head })),
      );
      if (rows.length < batch) return;
      after = rows.at(-1)?.id ?? after;
    }
  },
};

interface Checked {
  readonly id: string;
  readonly head: string;
  readonly clean: boolean;
}

/** Those whose head is part of the base already are over, which is for `followPush` to say. */
async function sweep(
  git: { readonly dir: string },
  base: string,
  rows: readonly { readonly id: string; readonly head: string }[],
): Promise<Checked[]> {
  const merged = await ancestorsAmong(
    git,
    rows.map((row) => row.head),
    base,
  );
  const open = rows.filter((row) => !merged.has(row.head));
  const answers = await sweepMerges(
    git,
    base,
    open.map((row) => row.head),
  );
  return open.flatMap(({ id, head }) => {
    const clean = answers.get(head);
    // What git could not say is asked again by whoever looks.
    return typeof clean === "boolean" ? [{ id, head, clean }] : [];
  });
}

/** One statement; a row that moved on meanwhile is left alone. */
async function note(ctx: Context, base: string, branch: string, list: readonly Checked[]): Promise<void> {
  if (list.length === 0) return;
  await ctx.db.execute(sql`
    update ${pullRequests} as pull
    set base_sha = ${base}, is_mergeable = checked.clean, rebase_verdict = null,
      merge_checked_head_sha = checked.head, merge_checked_base_sha = ${base}
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as checked(id uuid, head text, clean boolean)
    where pull.id = checked.id and pull.head_sha = checked.head
      and pull.state = 'open' and pull.target_branch = ${branch}`);
}

/** Asks for one sweep; while one waits for the same branch, another is not added. */
export const askToSweep = (tx: TransactionContext, repoId: string, branch: string): Promise<void> =>
  tx.jobs.enqueue(tx, sweepMergeability.name, { repoId, branch }, { singletonKey: `${repoId} ${branch}` });
