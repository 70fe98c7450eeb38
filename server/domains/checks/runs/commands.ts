import { and, count, eq, getTableColumns, sql } from "drizzle-orm";
import { resolveCommit } from "../../../git/revisions.ts";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { sha256Hex } from "../../../kernel/crypto/index.ts";
import { notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit, type EventType } from "../../../kernel/events.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import { checkRunCreated, checkRunUpdated, checkSuiteCreated } from "../events.ts";
import type { AnnotationInput, RunInput } from "./input.ts";
import { progress } from "./progress.ts";
import type { CheckRun, CheckSuite } from "./queries.ts";
import { judging } from "../verdicts.ts";
import { checkAnnotations, checkRuns, checkSuites } from "./schema.ts";

/** In one suite; more than any pipeline has, however often it is begun again. */
const mostRuns = 2_000;
/** Of one run. */
const mostAnnotations = 1_000;

/** @throws Refusal 422 when the repository has no such commit */
async function requireHead(ctx: Context, repo: RepoWith<"write">, sha: string): Promise<string> {
  const commit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(sha)
    ? await resolveCommit(gitOf(ctx, repo), sha)
    : null;
  if (commit === null) throw unprocessable(`No commit found for SHA: ${sha}`);
  return commit;
}

/** The suite of who acts on a commit, made if it is not there. */
export async function openSuite(
  ctx: Context,
  repo: RepoWith<"write">,
  sha: string,
): Promise<{ readonly suite: CheckSuite; readonly isNew: boolean }> {
  const commit = await requireHead(ctx, repo, sha);
  return transact(ctx, (tx) => holdSuite(tx, repo, commit));
}

/** Holds the suite's row: of two who add to it, the second counts what the first added. */
async function holdSuite(tx: TransactionContext, repo: RepoWith<"write">, headSha: string) {
  const now = tx.clock.now();
  const [held] = await tx.db
    .insert(checkSuites)
    .values({ repoId: repo.id, headSha, creatorId: actorId(tx.actor), createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [checkSuites.repoId, checkSuites.headSha, checkSuites.creatorId],
      set: { updatedAt: now },
    })
    .returning({ ...getTableColumns(checkSuites), isNew: sql<boolean>`xmax = 0` });
  if (!held) throw new Error("the insert answered no row");
  const { isNew, ...suite } = held;
  if (isNew)
    await emit(
      tx,
      checkSuiteCreated,
      { repoId: repo.id, subjectId: suite.id },
      { check_suite_id: suite.id, sha: suite.headSha },
    );
  return { suite, isNew };
}

/** @throws Refusal 422 when the repository has no such commit, the input is at odds with itself or too much is there */
export async function createRun(
  ctx: Context,
  repo: RepoWith<"write">,
  { name, head_sha: sha, ...input }: RunInput & { readonly name: string; readonly head_sha: string },
): Promise<CheckRun> {
  const headSha = await requireHead(ctx, repo, sha);
  return transact(ctx, async (tx) => {
    const { suite } = await holdSuite(tx, repo, headSha);
    const [held] = await tx.db
      .select({ runs: count() })
      .from(checkRuns)
      .where(eq(checkRuns.suiteId, suite.id));
    if ((held?.runs ?? 0) >= mostRuns)
      throw unprocessable(`A check suite has at most ${mostRuns} check runs`);
    const now = tx.clock.now();
    const [run] = await judging(tx, { repoId: repo.id, sha: headSha }, async () =>
      tx.db
        .insert(checkRuns)
        .values({
          ...said(input),
          ...progress(null, spoken(input), now),
          repoId: repo.id,
          suiteId: suite.id,
          headSha,
          name,
          createdAt: now,
          updatedAt: now,
        })
        .returning(),
    );
    if (!run) throw new Error("the insert answered no row");
    const whole = await annotate(tx, run, input.output?.annotations ?? []);
    await tell(tx, checkRunCreated, whole);
    return whole;
  });
}

/** @throws Refusal 404 when it is gone, 422 when the input is at odds with what the run is at */
export function updateRun(
  ctx: Context,
  repo: RepoWith<"write">,
  seen: CheckRun,
  input: RunInput,
): Promise<CheckRun> {
  return transact(ctx, async (tx) => {
    const ofThis = and(eq(checkRuns.id, seen.id), eq(checkRuns.repoId, repo.id));
    const [before] = await tx.db.select().from(checkRuns).where(ofThis).for("update");
    if (!before) throw notFound();
    const now = tx.clock.now();
    const [run] = await judging(tx, { repoId: repo.id, sha: before.headSha }, async () =>
      tx.db
        .update(checkRuns)
        .set({
          ...said(input),
          ...progress(before, spoken(input), now),
          ...(input.name === undefined ? {} : { name: input.name }),
          updatedAt: now,
        })
        .where(ofThis)
        .returning(),
    );
    if (!run) throw new Error("the update answered no row");
    const whole = await annotate(tx, run, input.output?.annotations ?? []);
    await tell(tx, checkRunUpdated, whole);
    return whole;
  });
}

/** The columns that a request names. */
const said = ({ details_url, external_id, output }: RunInput) => ({
  ...(details_url === undefined ? {} : { detailsUrl: details_url }),
  ...(external_id === undefined ? {} : { externalId: external_id }),
  ...(output == null ? {} : { summary: output.summary }),
  ...(output?.title === undefined ? {} : { title: output.title }),
  ...(output?.text === undefined ? {} : { text: output.text }),
});

const spoken = (input: RunInput) => ({
  status: input.status,
  conclusion: input.conclusion ?? undefined,
  startedAt: input.started_at,
  completedAt: input.completed_at,
});

/** Adds to what the run says about lines. What it said before is not said again. */
async function annotate(
  tx: TransactionContext,
  run: CheckRun,
  annotations: readonly AnnotationInput[],
): Promise<CheckRun> {
  if (annotations.length === 0) return run;
  const rows = annotations.map((one) => {
    const row = {
      path: one.path,
      startLine: one.start_line,
      endLine: one.end_line,
      startColumn: one.start_column ?? null,
      endColumn: one.end_column ?? null,
      level: one.annotation_level,
      message: one.message,
      title: one.title ?? null,
      rawDetails: one.raw_details ?? null,
    };
    return { ...row, runId: run.id, digest: sha256Hex(JSON.stringify(Object.values(row))) };
  });
  const added = await tx.db
    .insert(checkAnnotations)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: checkAnnotations.id });
  const annotationsCount = run.annotationsCount + added.length;
  if (annotationsCount > mostAnnotations)
    throw unprocessable(`A check run has at most ${mostAnnotations} annotations`);
  await tx.db
    .update(checkRuns)
    .set({ annotationsCount, updatedAt: run.updatedAt })
    .where(eq(checkRuns.id, run.id));
  return { ...run, annotationsCount };
}

const tell = (
  tx: TransactionContext,
  type: EventType<{
    check_run_id: string;
    sha: string;
    name: string;
    status: string;
    conclusion: string | null;
  }>,
  run: CheckRun,
): Promise<void> =>
  emit(
    tx,
    type,
    { repoId: run.repoId, subjectId: run.id },
    {
      check_run_id: run.id,
      sha: run.headSha,
      name: run.name,
      status: run.status,
      conclusion: run.conclusion,
    },
  );
