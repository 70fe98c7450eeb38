/** What all checks of a commit come to: statuses and check runs together, of each name the newest. */
import { and, desc, eq, inArray, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "../../kernel/context.ts";
import type { RepoWith } from "../repositories/index.ts";
import { checkRuns } from "./runs/schema.ts";
import { commitStatuses } from "./schema.ts";

/** Of one check, and of all together. */
export type CheckVerdict = "failure" | "pending" | "success";

/** What a check is at, in the words of who reported it. */
export type CheckWord =
  | (typeof commitStatuses.$inferSelect)["state"]
  | NonNullable<(typeof checkRuns.$inferSelect)["conclusion"]>
  | (typeof checkRuns.$inferSelect)["status"];

/** One check of a commit. */
export interface Check {
  readonly sha: string;
  readonly kind: "status" | "run";
  /** The integer id of the status or the run. */
  readonly apiId: number;
  /** The context of a status, the name of a run. */
  readonly name: string;
  readonly word: CheckWord;
  readonly verdict: CheckVerdict;
  /** One line about it. */
  readonly said: string | null;
  readonly link: string | null;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly annotations: number;
}

export interface CombinedChecks {
  readonly sha: string;
  readonly verdict: CheckVerdict;
  readonly checks: readonly Check[];
}

const passing: readonly string[] = ["success", "neutral", "skipped"];
const open: readonly string[] = ["pending", "queued", "in_progress", "waiting", "requested"];

/** Whether a check has passed, has failed, or may still do either. */
export const verdictOf = (word: CheckWord): CheckVerdict =>
  passing.includes(word) ? "success" : open.includes(word) ? "pending" : "failure";

/** One failure fails, one pending waits, and nothing reported is pending. */
export function verdictOfAll(verdicts: readonly CheckVerdict[]): CheckVerdict {
  if (verdicts.includes("failure")) return "failure";
  return verdicts.length > 0 && !verdicts.includes("pending") ? "success" : "pending";
}

/** All checks of one commit. */
export async function combinedChecks(
  ctx: Context,
  repo: RepoWith<"read">,
  sha: string,
): Promise<CombinedChecks> {
  return (
    (await combinedChecksOf(ctx, repo, [sha])).get(sha) ?? {
      sha,
      verdict: verdictOfAll([]),
      checks: [],
    }
  );
}

/** All checks of many commits, in two queries; commits without one are absent. */
export async function combinedChecksOf(
  ctx: Context,
  repo: RepoWith<"read">,
  shas: readonly string[],
): Promise<Map<string, CombinedChecks>> {
  if (shas.length === 0) return new Map();
  const bySha = Map.groupBy(await newest(ctx, repo, shas), ({ sha }) => sha);
  return new Map(
    [...bySha].map(([sha, checks]) => [
      sha,
      { sha, checks, verdict: verdictOfAll(checks.map(({ verdict }) => verdict)) },
    ]),
  );
}

/** How each name of a commit stands: what the protection of branches asks for. Of a status and a run the worse. */
export async function statesOf(
  ctx: Context,
  repo: Pick<RepoWith<"read">, "id">,
  sha: string,
): Promise<Map<string, CheckVerdict>> {
  const byName = Map.groupBy(await newest(ctx, repo, [sha]), ({ name }) => name);
  return new Map(
    [...byName].map(([name, checks]) => [name, verdictOfAll(checks.map(({ verdict }) => verdict))]),
  );
}

async function newest(
  ctx: Context,
  repo: Pick<RepoWith<"read">, "id">,
  shas: readonly string[],
): Promise<Check[]> {
  const [statuses, runs] = await Promise.all([
    ctx.db
      .selectDistinctOn([commitStatuses.sha, commitStatuses.context])
      .from(commitStatuses)
      .where(and(eq(commitStatuses.repoId, repo.id), inArray(commitStatuses.sha, [...shas])))
      .orderBy(commitStatuses.sha, commitStatuses.context, desc(commitStatuses.apiId)),
    // Without the outputs, which are long.
    ctx.db
      .selectDistinctOn([checkRuns.headSha, checkRuns.name], {
        sha: checkRuns.headSha,
        apiId: checkRuns.apiId,
        name: checkRuns.name,
        status: checkRuns.status,
        conclusion: checkRuns.conclusion,
        title: checkRuns.title,
        detailsUrl: checkRuns.detailsUrl,
        startedAt: checkRuns.startedAt,
        completedAt: checkRuns.completedAt,
        annotationsCount: checkRuns.annotationsCount,
      })
      .from(checkRuns)
      .where(and(eq(checkRuns.repoId, repo.id), inArray(checkRuns.headSha, [...shas])))
      .orderBy(checkRuns.headSha, checkRuns.name, desc(checkRuns.apiId)),
  ]);
  return [
    ...statuses.map((row): Check => ({
      sha: row.sha,
      kind: "status",
      apiId: row.apiId,
      name: row.context,
      word: row.state,
      verdict: verdictOf(row.state),
      said: row.description,
      link: row.targetUrl,
      startedAt: null,
      completedAt: null,
      annotations: 0,
    })),
    ...runs.map((row): Check => {
      const word = row.conclusion ?? row.status;
      return {
        sha: row.sha,
        kind: "run",
        apiId: row.apiId,
        name: row.name,
        word,
        verdict: verdictOf(word),
        said: row.title,
        link: row.detailsUrl,
        startedAt: row.startedAt,
        completedAt: row.completedAt,
        annotations: row.annotationsCount,
      };
    }),
  ];
}

/**
 * The verdict on a commit within a larger query, null when nothing was reported: `combinedChecksOf` in SQL.
 *
 * @param repoId the repository, as a column of the outer query
 * @param sha the commit, likewise
 */
export const verdictOn = (repoId: SQLWrapper, sha: SQLWrapper): SQL<CheckVerdict | null> =>
  sql`(select case when count(*) = 0 then null when bool_or(latest.verdict = 'failure') then 'failure'
      when bool_and(latest.verdict = 'success') then 'success' else 'pending' end
    from ((select distinct on (${commitStatuses.context}) case when ${commitStatuses.state} in ('failure', 'error') then 'failure'
          else ${commitStatuses.state}::text end as verdict from ${commitStatuses}
        where ${commitStatuses.repoId} = ${repoId} and ${commitStatuses.sha} = ${sha}
        order by ${commitStatuses.context}, ${commitStatuses.apiId} desc)
      union all (select distinct on (${checkRuns.name}) case when ${checkRuns.status} <> 'completed' then 'pending'
          when ${checkRuns.conclusion} in ('success', 'neutral', 'skipped') then 'success' else 'failure' end from ${checkRuns}
        where ${checkRuns.repoId} = ${repoId} and ${checkRuns.headSha} = ${sha}
        order by ${checkRuns.name}, ${checkRuns.apiId} desc)) latest)`;

const newerStatus = alias(commitStatuses, "newer_status");
const newerRun = alias(checkRuns, "newer_run");

/**
 * That `verdictOn` says this of a commit, as a condition of a larger query: of rows that exist and of rows that do not, so that
 * the database may begin with the reports as well as with the commits, and knows from its statistics which is less.
 *
 * @param verdict null: nothing was reported
 */
export function verdictIs(verdict: CheckVerdict | null, repoId: SQLWrapper, sha: SQLWrapper): SQL {
  // Both kinds stand in one list: of two conditions with an `or` between them the database begins with neither.
  const said = (status?: SQL, run?: SQL): SQL => sql`exists (select 1 from (
    select ${commitStatuses.repoId} as repo_id, ${commitStatuses.sha} as sha from ${commitStatuses} where ${status ?? sql`true`}
    union all select ${checkRuns.repoId}, ${checkRuns.headSha} from ${checkRuns} where ${run ?? sql`true`}) report
    where report.repo_id = ${repoId} and report.sha = ${sha})`;
  const lastly = (status: SQL, run: SQL): SQL =>
    said(
      sql`${status} and not exists (select 1 from ${commitStatuses} ${sql.identifier("newer_status")}
        where ${newerStatus.repoId} = ${commitStatuses.repoId} and ${newerStatus.sha} = ${commitStatuses.sha}
          and ${newerStatus.context} = ${commitStatuses.context} and ${newerStatus.apiId} > ${commitStatuses.apiId})`,
      sql`${run} and not exists (select 1 from ${checkRuns} ${sql.identifier("newer_run")}
        where ${newerRun.repoId} = ${checkRuns.repoId} and ${newerRun.headSha} = ${checkRuns.headSha}
          and ${newerRun.name} = ${checkRuns.name} and ${newerRun.apiId} > ${checkRuns.apiId})`,
    );
  const passed = sql`${checkRuns.conclusion} in ('success', 'neutral', 'skipped')`;
  const ended = sql`${checkRuns.status} = 'completed'`;
  const failed = lastly(inArray(commitStatuses.state, ["failure", "error"]), sql`${ended} and not ${passed}`);
  if (verdict === null) return sql`not ${said()}`;
  if (verdict === "failure") return failed;
  if (verdict === "pending")
    return sql`(${lastly(eq(commitStatuses.state, "pending"), sql`not ${ended}`)} and not ${failed})`;
  return sql`(${said()} and not ${lastly(sql`${commitStatuses.state} <> 'success'`, sql`not (${ended} and ${passed})`)})`;
}
