/** What all checks of a commit come to: statuses and check runs together, of each name the newest. */
import { and, desc, eq, inArray } from "drizzle-orm";
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
