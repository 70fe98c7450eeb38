import { and, desc, eq, inArray, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { resolveCommit } from "../../git/revisions.ts";
import type { Context } from "../../kernel/context.ts";
import { notFound } from "../../kernel/errors.ts";
import { readPage, where, type Page, type PageRequest } from "../../kernel/paging.ts";
import type { RepoWith } from "../repositories/index.ts";
import { commitStatuses } from "./schema.ts";

export type Status = typeof commitStatuses.$inferSelect;

export interface CombinedStatus {
  readonly sha: string;
  readonly state: "failure" | "pending" | "success";
  /** The newest report of each context. */
  readonly statuses: readonly Status[];
}

/** @throws Refusal 404 when no branch, tag or commit has this name */
export async function commitOf(ctx: Context, repo: RepoWith<"read">, revision: string): Promise<string> {
  const sha = await resolveCommit(ctx.git.directory(repo.diskPath), revision);
  if (sha === null) throw notFound();
  return sha;
}

/** All reports on a commit, newest first. */
export function listStatuses(
  ctx: Context,
  repo: RepoWith<"read">,
  sha: string,
  page: PageRequest,
): Promise<Page<Status>> {
  return readPage<Status>(
    page,
    [{ column: commitStatuses.apiId, value: (row) => row.apiId }],
    "desc",
    (part) =>
      ctx.db
        .select()
        .from(commitStatuses)
        .where(where(eq(commitStatuses.repoId, repo.id), eq(commitStatuses.sha, sha), part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
  );
}

/** The verdict on one commit. */
export async function combinedStatus(
  ctx: Context,
  repo: RepoWith<"read">,
  sha: string,
): Promise<CombinedStatus> {
  return (await combinedStatuses(ctx, repo, [sha])).get(sha) ?? { sha, state: "pending", statuses: [] };
}

/** The verdicts on many commits, in one query; commits without a report are absent. */
export async function combinedStatuses(
  ctx: Context,
  repo: RepoWith<"read">,
  shas: readonly string[],
): Promise<Map<string, CombinedStatus>> {
  if (shas.length === 0) return new Map();
  const rows = await latest(ctx, repo, shas);
  const bySha = Map.groupBy(rows, (row) => row.sha);
  return new Map([...bySha].map(([sha, statuses]) => [sha, { sha, statuses, state: verdict(statuses) }]));
}

/** What each context of a commit last reported: what the protection of branches asks for. */
export async function statesOf(
  ctx: Context,
  repo: Pick<RepoWith<"read">, "id">,
  sha: string,
): Promise<Map<string, Status["state"]>> {
  const rows = await latest(ctx, repo, [sha]);
  return new Map(rows.map(({ context, state }) => [context, state]));
}

const latest = (ctx: Context, repo: Pick<RepoWith<"read">, "id">, shas: readonly string[]) =>
  ctx.db
    .selectDistinctOn([commitStatuses.sha, commitStatuses.context])
    .from(commitStatuses)
    .where(and(eq(commitStatuses.repoId, repo.id), inArray(commitStatuses.sha, [...shas])))
    .orderBy(commitStatuses.sha, commitStatuses.context, desc(commitStatuses.apiId));

/** GitHub's rule: one failure or error fails, one pending waits, and nothing reported is pending. */
function verdict(statuses: readonly Pick<Status, "state">[]): CombinedStatus["state"] {
  if (statuses.some(({ state }) => state === "failure" || state === "error")) return "failure";
  return statuses.length > 0 && statuses.every(({ state }) => state === "success") ? "success" : "pending";
}

/**
 * The verdict on a commit within a larger query, null when nothing was reported: `combinedStatuses` in SQL.
 *
 * @param repoId the repository, as a column of the outer query
 * @param sha the commit, likewise
 */
export const verdictOn = (repoId: SQLWrapper, sha: SQLWrapper): SQL<CombinedStatus["state"] | null> =>
  sql`(select case when count(*) = 0 then null when bool_or(latest.state in ('failure', 'error')) then 'failure'
      when bool_and(latest.state = 'success') then 'success' else 'pending' end
    from (select distinct on (${commitStatuses.context}) ${commitStatuses.state} as state from ${commitStatuses}
      where ${commitStatuses.repoId} = ${repoId} and ${commitStatuses.sha} = ${sha}
      order by ${commitStatuses.context}, ${commitStatuses.apiId} desc) latest)`;

const newer = alias(commitStatuses, "newer");

/**
 * That `verdictOn` says this of a commit, as a condition of a larger query: of rows that exist and of rows that do not, so that
 * the database may begin with the reports as well as with the commits, and knows from its statistics which is less.
 *
 * @param state null: nothing was reported
 */
export function verdictIs(state: CombinedStatus["state"] | null, repoId: SQLWrapper, sha: SQLWrapper): SQL {
  const said = (holds?: SQL): SQL => sql`exists (select 1 from ${commitStatuses}
    where ${and(sql`${commitStatuses.repoId} = ${repoId}`, sql`${commitStatuses.sha} = ${sha}`, holds)})`;
  const lastly = (holds: SQL): SQL =>
    said(sql`${holds} and not exists (select 1 from ${commitStatuses} ${sql.identifier("newer")}
      where ${newer.repoId} = ${commitStatuses.repoId} and ${newer.sha} = ${commitStatuses.sha}
        and ${newer.context} = ${commitStatuses.context} and ${newer.apiId} > ${commitStatuses.apiId})`);
  const failed = lastly(inArray(commitStatuses.state, ["failure", "error"]));
  if (state === null) return sql`not ${said()}`;
  if (state === "failure") return failed;
  if (state === "pending") return sql`(${lastly(eq(commitStatuses.state, "pending"))} and not ${failed})`;
  return sql`(${said()} and not ${lastly(sql`${commitStatuses.state} <> 'success'`)})`;
}
