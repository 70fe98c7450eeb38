/** What git says of putting the commits of a pull request on top of the base, noted beside the pair of commits. */
import { sql } from "drizzle-orm";
import { sweepRebases, type RebaseLimits, type RebaseVerdict } from "../../../git/rebase-sweep.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context } from "../../../kernel/context.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";

/** Of a pair of commits of which the background could not say anything. */
const unsaid = "unsaid";

/** Somebody waits for the answer. */
const atOnce: RebaseLimits = { commits: 20, time: 2000 };
/** Nobody does. */
const inBackground: RebaseLimits = { commits: 250, time: 20_000 };

/**
 * What a rebase comes to, worked out now for a branch of a few commits unless it is known. Larger ones are for the sweep: until
 * then, and for what it cannot say, the answer is null, and only a rebase itself tells.
 */
export async function rebaseVerdict(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<RebaseVerdict | null> {
  const known = pull.mergeCheckedHeadSha === pull.headSha && pull.mergeCheckedBaseSha === pull.baseSha;
  if (known && (pull.isMergeable === false || pull.rebaseVerdict === unsaid)) return null;
  if (known && pull.rebaseVerdict !== null) return pull.rebaseVerdict as RebaseVerdict;
  const [verdict = null] = await workOut(ctx, gitOf(ctx, repo), pull.baseSha, [pull], atOnce);
  return verdict;
}

/** Works out and notes, in the background, what a rebase of pull requests into one base comes to whose merges are noted. */
export async function noteRebases(
  ctx: Context,
  git: GitRepository,
  base: string,
  pulls: readonly { readonly id: string; readonly headSha: string }[],
): Promise<void> {
  await workOut(ctx, git, base, pulls, inBackground);
}

async function workOut(
  ctx: Context,
  git: GitRepository,
  base: string,
  pulls: readonly { readonly id: string; readonly headSha: string }[],
  limits: RebaseLimits,
): Promise<(RebaseVerdict | null)[]> {
  if (pulls.length === 0) return [];
  const heads = pulls.map((pull) => pull.headSha);
  const answers = await sweepRebases(git, base, heads, limits);
  const list = pulls.map(({ id, headSha }) => ({ id, head: headSha, verdict: answers.get(headSha) }));
  // What the background cannot say nobody tries again for this pair.
  const noted = list.flatMap((one) =>
    one.verdict === undefined || (one.verdict === null && limits === atOnce)
      ? []
      : [{ ...one, verdict: one.verdict ?? unsaid }],
  );
  if (noted.length > 0)
    await ctx.db.execute(sql`
      update ${pullRequests} as pull set rebase_verdict = checked.verdict
      from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as checked(id uuid, head text, verdict text)
      where pull.id = checked.id and pull.merge_checked_head_sha = checked.head
        and pull.merge_checked_base_sha = ${base}`);
  return list.map(({ verdict }) => verdict ?? null);
}
