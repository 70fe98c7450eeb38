import { eq } from "drizzle-orm";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { Refusal, conflict } from "../../../kernel/errors.ts";
import { requireUser } from "../../../kernel/grants.ts";
import {
  findRepositoryById,
  moveRefs,
  requireAccess,
  requireMoved,
  type RepoWith,
} from "../../repositories/index.ts";
import { repositories } from "../../repositories/schema.ts";
import { catchUp } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { judge, type MergeMethod } from "../requirements.ts";
import { pullRequests } from "../schema.ts";
import { composeMerge, notMergeable, type MergeWords } from "./compose.ts";
import { markMerged } from "./mark-merged.ts";

export interface MergeRequest extends MergeWords {
  /** The repository's first allowed one unless told. */
  readonly method?: MergeMethod | undefined;
  /** The head that the person has seen; another one is refused. */
  readonly expectedHead?: string | undefined;
  /** Looks at the locked pull request a moment before it merges; throws what is in the way. */
  readonly confirm?: (tx: TransactionContext) => Promise<void>;
}

/**
 * Merges. The target moves by compare-and-swap from the base that was checked, and while it is locked everything is judged once
 * more: a rule, a review or a check that came in between counts. The row is marked in the transaction that records the move: of
 * two merges at once, or a merge and a push, one wins and the other is told.
 *
 * @throws Refusal 405 with the first requirement that is not met, 409 when head or base moved meanwhile
 */
export async function mergePullRequest(
  ctx: Context,
  repo: RepoWith<"write">,
  seen: PullRequest,
  request: MergeRequest,
): Promise<{ readonly pull: PullRequest; readonly sha: string }> {
  const me = requireUser(ctx.actor).user;
  const pull = await catchUp(ctx, repo, seen);
  if (request.expectedHead !== undefined && request.expectedHead !== pull.headSha) throw headMoved();
  const methods = await requireMergeable(ctx, repo, pull);
  const method = request.method ?? methods[0] ?? "merge";
  requireMethod(methods, method);

  const sha = await composeMerge(ctx, repo, pull, method, request);
  let merged: PullRequest | null = null;
  const target = `refs/heads/${pull.targetBranch}`;
  const results = await moveRefs(ctx, repo, [{ ref: target, old: pull.baseSha, new: sha }], {
    reason: "merge",
    merged: true,
    detail: { pull_request_id: pull.id, number: pull.number, method },
    guard: (commit) => judgeAgain(ctx, pull, method, request, commit),
    record: async (tx) => {
      merged = await markMerged(tx, pull, { sha, method, byId: me.id });
    },
  });
  if (results.some(({ failure }) => failure?.kind === "stale" || failure?.kind === "locked"))
    throw conflict("Base branch was modified. Review and try the merge again.");
  requireMoved(results);
  if (repo.deleteBranchOnMerge) await deleteSource(ctx, repo, pull);
  return { pull: merged ?? pull, sha };
}

const headMoved = () => conflict("Head branch was modified. Review and try the merge again.");

/** @throws Refusal 405 with the first requirement that is not met */
async function requireMergeable(
  ctx: Context,
  repo: RepoWith<"write">,
  pull: PullRequest,
): Promise<readonly MergeMethod[]> {
  const { requirements, methods } = await judge(ctx, repo, pull);
  const unmet = requirements.find((one) => !one.met);
  if (unmet) throw notMergeable(unmet.sentence);
  return methods;
}

function requireMethod(methods: readonly MergeMethod[], method: MergeMethod): void {
  if (!methods.includes(method))
    throw new Refusal("not_allowed", `This repository does not allow the method ${method}`);
}

/**
 * The last look, while the target cannot move. The pull request and its repository are held until it has: reviews, edits and
 * changes of rules wait for that moment or were seen.
 */
async function judgeAgain(
  ctx: Context,
  pull: PullRequest,
  method: MergeMethod,
  { confirm }: MergeRequest,
  commit: () => Promise<void>,
): Promise<void> {
  // A repeated request finds its answer by what `record` commits, not by this look.
  const { onCommit: _, ...quiet } = ctx;
  await transact(quiet, async (tx) => {
    const [row] = await tx.db.select().from(pullRequests).where(eq(pullRequests.id, pull.id)).for("update");
    await tx.db
      .select({ id: repositories.id })
      .from(repositories)
      .where(eq(repositories.id, pull.repoId))
      .for("share");
    if (!row || row.headSha !== pull.headSha || row.targetBranch !== pull.targetBranch) throw headMoved();
    const repo = requireAccess(tx, await findRepositoryById(tx, pull.repoId), "write");
    // The lock proves the base, whatever a reader noted meanwhile.
    requireMethod(await requireMergeable(tx, repo, { ...row, baseSha: pull.baseSha }), method);
    await confirm?.(tx);
    await commit();
  });
}

/** The merge stands also when the branch cannot be deleted: it moved on, is protected, or somebody deleted it first. */
async function deleteSource(ctx: Context, repo: RepoWith<"write">, pull: PullRequest): Promise<void> {
  if (pull.sourceRepoId !== repo.id || pull.sourceBranch === repo.defaultBranch) return;
  const branch = { ref: `refs/heads/${pull.sourceBranch}`, old: pull.headSha, new: null };
  await moveRefs(ctx, repo, [branch], { reason: "merge" }).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
  });
}
