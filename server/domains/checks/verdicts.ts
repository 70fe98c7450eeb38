/**
 * What all checks of a commit come to, written beside them. Lists of thousands ask for it in their conditions, where the newest of
 * every name of two tables would be worked out for each row; here it is one row a commit, with statistics of its own.
 */
import { and, eq, inArray, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import type { Context, TransactionContext } from "../../kernel/context.ts";
import type { RepoWith } from "../repositories/index.ts";
import type { CheckVerdict } from "./combined.ts";
import { checkRuns } from "./runs/schema.ts";
import { commitStatuses, commitVerdicts } from "./schema.ts";

interface Place {
  readonly repoId: string;
  readonly sha: string;
}

/**
 * Does what changes the checks of a commit, and writes down what they come to. Of two who do, the second begins when the first is
 * done, so that it sees what the first wrote.
 */
export async function judging<T>(
  tx: TransactionContext,
  { repoId, sha }: Place,
  change: () => Promise<T>,
): Promise<T> {
  await tx.db
    .insert(commitVerdicts)
    .values({ repoId, sha, verdict: "pending" })
    .onConflictDoUpdate({
      target: [commitVerdicts.repoId, commitVerdicts.sha],
      set: { verdict: sql`${commitVerdicts.verdict}` },
    });
  const changed = await change();
  await tx.db
    .update(commitVerdicts)
    .set({ verdict: sql`coalesce(${workedOut(repoId, sha)}, 'pending')::check_verdict` })
    .where(and(eq(commitVerdicts.repoId, repoId), eq(commitVerdicts.sha, sha)));
  return changed;
}

/** `combinedChecksOf` in SQL. */
const workedOut = (repoId: string, sha: string): SQL =>
  sql`(select case when bool_or(latest.verdict = 'failure') then 'failure'
      when bool_and(latest.verdict = 'success') then 'success' else 'pending' end
    from ((select distinct on (${commitStatuses.context}) case when ${commitStatuses.state} in ('failure', 'error') then 'failure'
          else ${commitStatuses.state}::text end as verdict from ${commitStatuses}
        where ${commitStatuses.repoId} = ${repoId} and ${commitStatuses.sha} = ${sha}
        order by ${commitStatuses.context}, ${commitStatuses.apiId} desc)
      union all (select distinct on (${checkRuns.name}) case when ${checkRuns.status} <> 'completed' then 'pending'
          when ${checkRuns.conclusion} in ('success', 'neutral', 'skipped') then 'success' else 'failure' end from ${checkRuns}
        where ${checkRuns.repoId} = ${repoId} and ${checkRuns.headSha} = ${sha}
        order by ${checkRuns.name}, ${checkRuns.apiId} desc)) latest)`;

/** The verdicts on some commits of a repository, in one query; commits of which nothing was reported are absent. */
export async function verdictsOf(
  ctx: Context,
  repo: RepoWith<"read">,
  shas: readonly string[],
): Promise<Map<string, CheckVerdict>> {
  if (shas.length === 0) return new Map();
  const rows = await ctx.db
    .select({ sha: commitVerdicts.sha, verdict: commitVerdicts.verdict })
    .from(commitVerdicts)
    .where(and(eq(commitVerdicts.repoId, repo.id), inArray(commitVerdicts.sha, [...shas])));
  return new Map(rows.map(({ sha, verdict }) => [sha, verdict]));
}

/**
 * The verdict on a commit within a larger query, null when nothing was reported.
 *
 * @param repoId the repository, as a column of the outer query
 * @param sha the commit, likewise
 */
export const verdictOn = (repoId: SQLWrapper, sha: SQLWrapper): SQL<CheckVerdict | null> =>
  sql`(select ${commitVerdicts.verdict} from ${commitVerdicts} where ${on(repoId, sha)})`;

/**
 * That `verdictOn` says this of a commit, as a condition of a larger query: of a row that exists or does not, so that the database
 * may begin with the verdicts as well as with the commits.
 *
 * @param verdict null: nothing was reported
 */
export const verdictIs = (verdict: CheckVerdict | null, repoId: SQLWrapper, sha: SQLWrapper): SQL =>
  verdict === null
    ? sql`not exists (select 1 from ${commitVerdicts} where ${on(repoId, sha)})`
    : sql`exists (select 1 from ${commitVerdicts} where ${and(on(repoId, sha), eq(commitVerdicts.verdict, verdict))})`;

const on = (repoId: SQLWrapper, sha: SQLWrapper): SQL =>
  sql`${commitVerdicts.repoId} = ${repoId} and ${commitVerdicts.sha} = ${sha}`;
