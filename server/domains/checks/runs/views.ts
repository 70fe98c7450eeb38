import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { htmlUrl, repositoryUrl, type RepoWith, type Repository } from "../../repositories/index.ts";
import { pullsOfRuns, runPullShape } from "./pulls.ts";
import { suitesOf, type Annotation, type CheckRun } from "./queries.ts";
import { checkRunConclusion, checkRunStatus } from "./schema.ts";

/** GitHub's `check-run`; there are no apps, so `creator` says whose token reported it. */
export const runShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    head_sha: z.string(),
    name: z.string(),
    external_id: z.string().nullable(),
    url: z.string(),
    html_url: z.string(),
    details_url: z.string().nullable(),
    status: z.enum(checkRunStatus.enumValues),
    conclusion: z.enum(checkRunConclusion.enumValues).nullable(),
    started_at: z.string().nullable(),
    completed_at: z.string().nullable(),
    output: z.object({
      title: z.string().nullable(),
      summary: z.string().nullable(),
      text: z.string().nullable(),
      annotations_count: z.int(),
      annotations_url: z.string(),
    }),
    check_suite: z.object({ id: z.int() }),
    app: z.null(),
    creator: simpleUserShape.nullable(),
    pull_requests: z.array(runPullShape),
  })
  .meta({ id: "CheckRun" });

/** GitHub's `check-annotation`. */
export const annotationShape = z
  .object({
    path: z.string(),
    blob_href: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    start_column: z.int().nullable(),
    end_column: z.int().nullable(),
    annotation_level: z.enum(["notice", "warning", "failure"]),
    title: z.string().nullable(),
    message: z.string(),
    raw_details: z.string().nullable(),
  })
  .meta({ id: "CheckAnnotation" });

/** The page of a commit's checks, one of its runs opened. */
export const runPage = (ctx: Context, repo: Repository, sha: string, apiId: number): string =>
  `${htmlUrl(ctx, repo)}/checks/${sha}?run=${apiId}`;

export async function runViews(
  ctx: Context,
  repo: RepoWith<"read">,
  runs: readonly CheckRun[],
): Promise<z.input<typeof runShape>[]> {
  const [suites, pulls] = await Promise.all([
    suitesOf(ctx, runs),
    pullsOfRuns(ctx, repo, [...new Set(runs.map(({ headSha }) => headSha))]),
  ]);
  const people = await usersById(
    ctx,
    [...suites.values()].map(({ creatorId }) => creatorId),
  );
  return runs.flatMap((run) => {
    const suite = suites.get(run.suiteId);
    if (!suite) return [];
    const url = `${repositoryUrl(ctx, repo)}/check-runs/${run.apiId}`;
    return [
      {
        id: run.apiId,
        node_id: nodeId("CheckRun", run.id),
        head_sha: run.headSha,
        name: run.name,
        external_id: run.externalId,
        url,
        html_url: runPage(ctx, repo, run.headSha, run.apiId),
        details_url: run.detailsUrl,
        status: run.status,
        conclusion: run.conclusion,
        started_at: run.startedAt?.toISOString() ?? null,
        completed_at: run.completedAt?.toISOString() ?? null,
        output: {
          title: run.title,
          summary: run.summary,
          text: run.text,
          annotations_count: run.annotationsCount,
          annotations_url: `${url}/annotations`,
        },
        check_suite: { id: suite.apiId },
        app: null,
        creator: nullableSimpleUser(ctx, people.get(suite.creatorId ?? "")),
        pull_requests: [...(pulls.get(run.headSha) ?? [])],
      },
    ];
  });
}

/** The view of one run. */
export async function runView(ctx: Context, repo: RepoWith<"read">, run: CheckRun) {
  const [view] = await runViews(ctx, repo, [run]);
  if (!view) throw new Error("a run has a view");
  return view;
}

export const annotationView = (
  ctx: Context,
  repo: RepoWith<"read">,
  run: CheckRun,
  one: Annotation,
): z.input<typeof annotationShape> => ({
  path: one.path,
  blob_href: `${htmlUrl(ctx, repo)}/blob/${run.headSha}/${one.path.split("/").map(encodeURIComponent).join("/")}`,
  start_line: one.startLine,
  end_line: one.endLine,
  start_column: one.startColumn,
  end_column: one.endColumn,
  annotation_level: one.level,
  title: one.title,
  message: one.message,
  raw_details: one.rawDetails,
});
