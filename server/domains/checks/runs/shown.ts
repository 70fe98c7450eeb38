/** A run and what it says about lines, as our pages show them. */
import { and, asc, count, desc, eq, inArray, ne, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { fullName, type RepoWith } from "../../repositories/index.ts";
import type { CombinedChecks } from "../combined.ts";
import { plainly } from "../shown.ts";
import { findRun, latestIn, ofCommit, suitesOf, type CheckRun } from "./queries.ts";
import { annotationLevel, checkAnnotations, checkRuns } from "./schema.ts";

export const shownAnnotationShape = z
  .object({
    id: z.string(),
    run: z.int(),
    name: z.string().describe("Of the run"),
    level: z.enum(annotationLevel.enumValues),
    path: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    start_column: z.int().nullable(),
    end_column: z.int().nullable(),
    title: z.string().nullable(),
    message: z.string(),
    details: z.string().nullable(),
    cut: z.boolean().describe("Whether it says more than is shown"),
  })
  .meta({ id: "WebAnnotation" });

type ShownAnnotation = z.input<typeof shownAnnotationShape>;

export const shownRunShape = z
  .object({
    id: z.int(),
    name: z.string(),
    word: z.string(),
    title: z.string().nullable(),
    summary_html: z.string(),
    text_html: z.string(),
    link: z.string().nullable(),
    external_id: z.string().nullable(),
    started_at: z.string().nullable(),
    completed_at: z.string().nullable(),
    reporter: simpleUserShape.nullable(),
    annotations: z.array(shownAnnotationShape),
    annotations_count: z.int(),
    others: z
      .array(z.object({ id: z.int(), word: z.string(), at: z.string() }))
      .describe("Other runs of this name on the commit, newest first"),
  })
  .meta({ id: "WebCheckRun" });

/** Of a run at once; all of them when they are asked for. */
const mostOfRun = 200;
const mostOthers = 20;
/** Characters of a message, and of its details. */
const longestSaid = 4_000;
/** Within a diff, of all runs together. */
const mostInDiff = 300;
const longestInDiff = 1_000;
/** More paths than this are not asked for one by one. */
const mostPaths = 5_000;

const columns = (longest: number) => ({
  id: checkAnnotations.id,
  run: checkRuns.apiId,
  name: checkRuns.name,
  level: checkAnnotations.level,
  path: checkAnnotations.path,
  start_line: checkAnnotations.startLine,
  end_line: checkAnnotations.endLine,
  start_column: checkAnnotations.startColumn,
  end_column: checkAnnotations.endColumn,
  title: checkAnnotations.title,
  message: sql<string>`left(${checkAnnotations.message}, ${longest})`,
  details: sql<string | null>`left(${checkAnnotations.rawDetails}, ${longest})`,
  cut: sql<boolean>`(length(${checkAnnotations.message}) > ${longest}
    or coalesce(length(${checkAnnotations.rawDetails}), 0) > ${longest})`,
});

const shown = (one: ShownAnnotation): ShownAnnotation => ({
  ...one,
  message: plainly(one.message),
  details: one.details === null ? null : plainly(one.details),
});

/**
 * The run of a commit that a page opens: the one that is asked for, else the first that needs somebody. Null when there is none.
 *
 * @param all show every annotation, not the first of them
 */
export async function shownRun(
  ctx: Context,
  repo: RepoWith<"read">,
  { sha, checks }: Pick<CombinedChecks, "sha" | "checks">,
  asked: { readonly run?: number | undefined; readonly all: boolean },
): Promise<z.input<typeof shownRunShape> | null> {
  const runs = checks.filter(({ kind }) => kind === "run");
  const first = runs.find(({ verdict }) => verdict === "failure") ?? runs[0];
  const wanted = asked.run ?? first?.apiId;
  const run = wanted === undefined ? undefined : await findRun(ctx, repo, wanted);
  if (run?.headSha !== sha) return null;
  const [annotations, others, reporter, summary, text] = await Promise.all([
    ctx.db
      .select(columns(longestSaid))
      .from(checkAnnotations)
      .innerJoin(checkRuns, eq(checkRuns.id, checkAnnotations.runId))
      .where(eq(checkAnnotations.runId, run.id))
      .orderBy(asc(checkAnnotations.path), asc(checkAnnotations.startLine), asc(checkAnnotations.id))
      .limit(asked.all ? run.annotationsCount : mostOfRun),
    othersOf(ctx, run),
    reporterOf(ctx, run),
    html(ctx, repo, run.summary, "summary"),
    html(ctx, repo, run.text, "text"),
  ]);
  return {
    id: run.apiId,
    name: run.name,
    word: run.conclusion ?? run.status,
    title: run.title === null ? null : plainly(run.title),
    summary_html: summary,
    text_html: text,
    link: run.detailsUrl,
    external_id: run.externalId,
    started_at: run.startedAt?.toISOString() ?? null,
    completed_at: run.completedAt?.toISOString() ?? null,
    reporter,
    annotations: annotations.map(shown),
    annotations_count: run.annotationsCount,
    others,
  };
}

const html = async (ctx: Context, repo: RepoWith<"read">, source: string | null, idScope: string) =>
  source === null || source.trim() === ""
    ? ""
    : (await ctx.markup.render(source, { repository: fullName(repo), idScope })).html;

async function reporterOf(ctx: Context, run: CheckRun) {
  const suite = (await suitesOf(ctx, [run])).get(run.suiteId);
  const people = await usersById(ctx, [suite?.creatorId ?? null]);
  return nullableSimpleUser(ctx, people.get(suite?.creatorId ?? ""));
}

async function othersOf(ctx: Context, run: CheckRun) {
  const { apiId: id, status, conclusion, createdAt: at } = checkRuns;
  const rows = await ctx.db
    .select({ id, status, conclusion, at })
    .from(checkRuns)
    .where(
      and(
        eq(checkRuns.repoId, run.repoId),
        eq(checkRuns.headSha, run.headSha),
        eq(checkRuns.name, run.name),
        ne(checkRuns.id, run.id),
      ),
    )
    .orderBy(desc(id))
    .limit(mostOthers);
  return rows.map((row) => ({
    id: row.id,
    word: row.conclusion ?? row.status,
    at: row.at.toISOString(),
  }));
}

/** What checks say about the lines of a diff, and how many more annotations there are than it shows. */
export const diffAnnotationsShape = z
  .object({
    items: z.array(shownAnnotationShape).describe("The most important first"),
    more: z.int().describe("How many more are on these files"),
    elsewhere: z.int().describe("How many are on files that did not change"),
  })
  .meta({ id: "WebDiffAnnotations" });

type DiffAnnotations = z.input<typeof diffAnnotationsShape>;

/** What the runs that count say about the lines of some files of a commit; without paths, of any. */
export async function annotationsOn(
  ctx: Context,
  repo: RepoWith<"read">,
  sha: string,
  paths: readonly string[] | null,
): Promise<DiffAnnotations> {
  const counting = sql`${checkRuns.id} in ${latestIn(ofCommit(repo, sha))}`;
  const [whole] = await ctx.db
    .select({ total: sql<number>`coalesce(sum(${checkRuns.annotationsCount}), 0)`.mapWith(Number) })
    .from(checkRuns)
    .where(counting);
  const total = whole?.total ?? 0;
  if (total === 0 || paths?.length === 0) return { items: [], more: 0, elsewhere: total };
  const here: SQL | undefined = and(
    counting,
    paths === null || paths.length > mostPaths ? undefined : inArray(checkAnnotations.path, [...paths]),
  );
  const joined = eq(checkRuns.id, checkAnnotations.runId);
  const [items, [counted]] = await Promise.all([
    ctx.db
      .select(columns(longestInDiff))
      .from(checkAnnotations)
      .innerJoin(checkRuns, joined)
      .where(here)
      .orderBy(
        asc(checkAnnotations.level),
        asc(checkAnnotations.path),
        asc(checkAnnotations.startLine),
        asc(checkAnnotations.id),
      )
      .limit(mostInDiff),
    ctx.db.select({ count: count() }).from(checkAnnotations).innerJoin(checkRuns, joined).where(here),
  ]);
  const matching = counted?.count ?? 0;
  return { items: items.map(shown), more: matching - items.length, elsewhere: total - matching };
}
