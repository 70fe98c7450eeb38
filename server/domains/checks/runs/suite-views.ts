import { z } from "zod";
import { readCommit } from "../../../git/commits.ts";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import {
  gitOf,
  momentOf,
  repositoryShape,
  repositoryUrl,
  repositoryView,
  type RepoWith,
} from "../../repositories/index.ts";
import { pullsOfRuns, runPullShape } from "./pulls.ts";
import { statesInSuites, type CheckSuite, type RunState } from "./queries.ts";
import { checkRunConclusion, checkRunStatus } from "./schema.ts";

const signatureShape = z.object({ name: z.string(), email: z.string() });

/** GitHub's `check-suite`. */
export const suiteShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    head_branch: z.null(),
    head_sha: z.string(),
    status: z.enum(checkRunStatus.enumValues),
    conclusion: z.enum(checkRunConclusion.enumValues).nullable(),
    url: z.string(),
    before: z.null(),
    after: z.string(),
    app: z.null(),
    creator: simpleUserShape.nullable(),
    pull_requests: z.array(runPullShape),
    repository: repositoryShape,
    head_commit: z.object({
      id: z.string(),
      tree_id: z.string(),
      message: z.string(),
      timestamp: z.string(),
      author: signatureShape,
      committer: signatureShape,
    }),
    latest_check_runs_count: z.int(),
    check_runs_url: z.string(),
    rerequestable: z.literal(false),
    runs_rerequestable: z.literal(false),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: "CheckSuite" });

/** The worst first; of what passed, that which really did. */
const weights = [
  "failure",
  "timed_out",
  "cancelled",
  "action_required",
  "success",
  "neutral",
  "skipped",
] as const;

/** What the runs of a suite, each name once, come to. */
export function suiteState(runs: readonly Pick<RunState, "status" | "conclusion">[]) {
  if (runs.length > 0 && runs.every(({ status }) => status === "completed")) {
    const conclusion = weights.find((one) => runs.some((run) => run.conclusion === one)) ?? null;
    return { status: "completed" as const, conclusion };
  }
  const begun = runs.some(({ status }) => status === "completed" || status === "in_progress");
  return { status: begun ? ("in_progress" as const) : ("queued" as const), conclusion: null };
}

export async function suiteViews(
  ctx: Context,
  repo: RepoWith<"read">,
  suites: readonly CheckSuite[],
): Promise<z.input<typeof suiteShape>[]> {
  const shas = [...new Set(suites.map(({ headSha }) => headSha))];
  const [states, people, pulls, commits] = await Promise.all([
    statesInSuites(ctx, suites),
    usersById(
      ctx,
      suites.map(({ creatorId }) => creatorId),
    ),
    pullsOfRuns(ctx, repo, shas),
    Promise.all(shas.map((sha) => readCommit(gitOf(ctx, repo), sha))),
  ]);
  const byId = new Map(commits.flatMap((commit) => (commit ? [[commit.oid, commit] as const] : [])));
  return suites.flatMap((suite) => {
    const commit = byId.get(suite.headSha);
    // What was reported about a commit that nobody can reach any more.
    if (!commit) return [];
    const runs = states.get(suite.id) ?? [];
    const url = `${repositoryUrl(ctx, repo)}/check-suites/${suite.apiId}`;
    const changed = Math.max(suite.updatedAt.getTime(), ...runs.map(({ updatedAt }) => updatedAt.getTime()));
    return [
      {
        id: suite.apiId,
        node_id: nodeId("CheckSuite", suite.id),
        head_branch: null,
        head_sha: suite.headSha,
        ...suiteState(runs),
        url,
        before: null,
        after: suite.headSha,
        app: null,
        creator: nullableSimpleUser(ctx, people.get(suite.creatorId ?? "")),
        pull_requests: [...(pulls.get(suite.headSha) ?? [])],
        repository: repositoryView(ctx, repo),
        head_commit: {
          id: commit.oid,
          tree_id: commit.tree,
          message: commit.message,
          timestamp: momentOf(commit.committer),
          author: { name: commit.author.name, email: commit.author.email },
          committer: { name: commit.committer.name, email: commit.committer.email },
        },
        latest_check_runs_count: runs.length,
        check_runs_url: `${url}/check-runs`,
        rerequestable: false,
        runs_rerequestable: false,
        created_at: suite.createdAt.toISOString(),
        updated_at: new Date(changed).toISOString(),
      },
    ];
  });
}

/** The view of one suite. @throws Refusal 404 when its commit is gone */
export async function suiteView(ctx: Context, repo: RepoWith<"read">, suite: CheckSuite) {
  const [view] = await suiteViews(ctx, repo, [suite]);
  if (!view) throw notFound();
  return view;
}
