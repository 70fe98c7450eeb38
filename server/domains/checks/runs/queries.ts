import { and, count, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { Level } from "../../../kernel/grants.ts";
import type { Access } from "../../../kernel/http/route.ts";
import { readPage, where, type Page, type PageRequest } from "../../../kernel/paging.ts";
import { withRepository, type RepoWith } from "../../repositories/index.ts";
import { checkAnnotations, checkRuns, checkSuites } from "./schema.ts";

export type CheckRun = typeof checkRuns.$inferSelect;
export type CheckSuite = typeof checkSuites.$inferSelect;
export type Annotation = typeof checkAnnotations.$inferSelect;

/** @throws Refusal 404 for what is no id */
function idOf(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,14}$/.test(text)) throw notFound();
  return Number(text);
}

/** A run of this repository by its integer id; undefined when there is none. */
export async function findRun(
  ctx: Context,
  repo: RepoWith<"read">,
  apiId: number,
): Promise<CheckRun | undefined> {
  const [run] = await ctx.db
    .select()
    .from(checkRuns)
    .where(and(eq(checkRuns.repoId, repo.id), eq(checkRuns.apiId, apiId)));
  return run;
}

/** Access to the run that `{check_run_id}` names, of the path's repository and of no other. */
export function withRun<L extends Level>(level: L): Access<{ repo: RepoWith<L>; run: CheckRun }> {
  const repository = withRepository(level);
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const run = await findRun(ctx, repo, idOf(params["check_run_id"]));
      if (!run) throw notFound();
      return { repo, run };
    },
  };
}

/** Access to the suite that `{check_suite_id}` names, likewise. */
export function withSuite<L extends Level>(level: L): Access<{ repo: RepoWith<L>; suite: CheckSuite }> {
  const repository = withRepository(level);
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const [suite] = await ctx.db
        .select()
        .from(checkSuites)
        .where(and(eq(checkSuites.repoId, repo.id), eq(checkSuites.apiId, idOf(params["check_suite_id"]))));
      if (!suite) throw notFound();
      return { repo, suite };
    },
  };
}

export interface RunFilter {
  readonly check_name?: string | undefined;
  readonly status?: CheckRun["status"] | undefined;
  /** Of each name the newest, or all. */
  readonly filter: "latest" | "all";
}

export interface Counted<Item> extends Page<Item> {
  readonly total: number;
}

export const ofCommit = (repo: RepoWith<"read">, sha: string): SQL =>
  sql`(${checkRuns.repoId} = ${repo.id} and ${checkRuns.headSha} = ${sha})`;

export const ofSuite = (suite: CheckSuite): SQL => sql`${checkRuns.suiteId} = ${suite.id}`;

/** Of each name within a scope the run that counts, as ids. */
export const latestIn = (scope: SQL): SQL =>
  sql`(select distinct on (${checkRuns.name}) ${checkRuns.id} from ${checkRuns} where ${scope}
    order by ${checkRuns.name}, ${checkRuns.apiId} desc)`;

/** Runs, newest first. */
export async function listRuns(
  ctx: Context,
  scope: SQL,
  wanted: RunFilter,
  page: PageRequest,
): Promise<Counted<CheckRun>> {
  const asked = and(
    scope,
    wanted.filter === "latest" ? sql`${checkRuns.id} in ${latestIn(scope)}` : undefined,
    wanted.check_name === undefined ? undefined : eq(checkRuns.name, wanted.check_name),
    wanted.status === undefined ? undefined : eq(checkRuns.status, wanted.status),
  );
  const [all] = await ctx.db.select({ total: count() }).from(checkRuns).where(asked);
  const found = await readPage<CheckRun>(
    page,
    [{ column: checkRuns.apiId, value: (row) => row.apiId }],
    "desc",
    (part) =>
      ctx.db
        .select()
        .from(checkRuns)
        .where(where(asked, part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
  );
  return { ...found, total: all?.total ?? 0 };
}

/** The suites of a commit, newest first; with a name those that have a run of it. */
export async function listSuites(
  ctx: Context,
  repo: RepoWith<"read">,
  sha: string,
  checkName: string | undefined,
  page: PageRequest,
): Promise<Counted<CheckSuite>> {
  const asked = and(
    eq(checkSuites.repoId, repo.id),
    eq(checkSuites.headSha, sha),
    checkName === undefined
      ? undefined
      : sql`exists (select 1 from ${checkRuns}
          where ${and(sql`${checkRuns.suiteId} = ${checkSuites.id}`, eq(checkRuns.name, checkName))})`,
  );
  const [all] = await ctx.db.select({ total: count() }).from(checkSuites).where(asked);
  const found = await readPage<CheckSuite>(
    page,
    [{ column: checkSuites.apiId, value: (row) => row.apiId }],
    "desc",
    (part) =>
      ctx.db
        .select()
        .from(checkSuites)
        .where(where(asked, part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
  );
  return { ...found, total: all?.total ?? 0 };
}

export type RunState = Pick<CheckRun, "suiteId" | "name" | "status" | "conclusion" | "updatedAt">;

/** What each name of some suites is at. */
export async function statesInSuites(
  ctx: Context,
  suites: readonly CheckSuite[],
): Promise<Map<string, RunState[]>> {
  if (suites.length === 0) return new Map();
  const { suiteId, name, status, conclusion, updatedAt } = checkRuns;
  const rows = await ctx.db
    .selectDistinctOn([suiteId, name], { suiteId, name, status, conclusion, updatedAt })
    .from(checkRuns)
    .where(
      inArray(
        suiteId,
        suites.map(({ id }) => id),
      ),
    )
    .orderBy(suiteId, name, desc(checkRuns.apiId));
  return Map.groupBy(rows, (row) => row.suiteId);
}

/** The suites of runs, by their id. */
export async function suitesOf(ctx: Context, runs: readonly CheckRun[]): Promise<Map<string, CheckSuite>> {
  const ids = [...new Set(runs.map(({ suiteId }) => suiteId))];
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.select().from(checkSuites).where(inArray(checkSuites.id, ids));
  return new Map(rows.map((suite) => [suite.id, suite]));
}

/** What a run says about lines, in the order in which it said it. */
export function listAnnotations(ctx: Context, run: CheckRun, page: PageRequest): Promise<Page<Annotation>> {
  return readPage<Annotation>(
    page,
    [{ column: checkAnnotations.id, value: (row) => row.id }],
    "asc",
    (part) =>
      ctx.db
        .select()
        .from(checkAnnotations)
        .where(where(eq(checkAnnotations.runId, run.id), part.where))
        .orderBy(...part.orderBy)
        .limit(part.limit)
        .offset(part.offset),
  );
}
