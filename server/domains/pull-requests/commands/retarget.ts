/** Open pull requests whose target is deleted go on elsewhere: nobody's work is lost because a branch below it is done. */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { isAncestor, mergeBase } from "../../../git/ancestry.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { emit } from "../../../kernel/events.ts";
import { events } from "../../../kernel/schema.ts";
import { gitOf, type RepoWith, type Repository } from "../../repositories/index.ts";
import { pullRetargetFailed, pullRetargeted } from "../events.ts";
import { branchTip } from "../heads.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { dismissStale, prepareStale } from "../revisions/stale.ts";
import { about, described } from "./record.ts";
import { tellDifferences } from "./tell.ts";

/** A branch of a branch of a branch: past so many the default branch is meant. */
const mostSteps = 20;

/**
 * Gives an open pull request whose target is gone another one: where the target itself was merged to, or the default branch.
 * Does nothing when the target is there. What cannot be retargeted stays as it is, and its timeline says why.
 *
 * @param byId who deleted the target; null when that is not known
 * @returns the row as it is then
 */
export async function retargetAway(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  byId: string | null,
): Promise<PullRequest> {
  const git = gitOf(ctx, repo);
  if (pull.state !== "open" || (await branchTip(git, pull.targetBranch)) !== null) return pull;
  const target = await successorOf(ctx, repo, pull.targetBranch);
  const tip = await branchTip(git, target);
  const problem =
    tip === null
      ? `There is no branch ${target}`
      : pull.sourceRepoId === repo.id && pull.sourceBranch === target
        ? `${target} is its own branch`
        : (await mergeBase(git, tip, pull.headSha)) === null
          ? `Its history and that of ${target} are entirely different`
          : null;
  // A head that the new target has already ends it, which is told from where it stood before.
  const hasAll = tip !== null && problem === null && (await isAncestor(git, pull.headSha, tip));
  if (tip !== null && problem === null)
    await prepareStale(ctx, repo, { ...pull, targetBranch: target }, { headSha: pull.headSha, baseSha: tip });
  return transact(ctx, async (tx) => {
    const [row] = await tx.db
      .select()
      .from(pullRequests)
      .where(and(eq(pullRequests.id, pull.id), eq(pullRequests.state, "open")))
      .for("update");
    if (!row || row.targetBranch !== pull.targetBranch) return row ?? pull;
    const refused = problem ?? ((await hasTwin(tx, row, target)) ? twin(target) : null);
    if (refused !== null || tip === null) return fail(tx, row, target, refused ?? "", byId);
    const [after] = await tx.db
      .update(pullRequests)
      .set({
        targetBranch: target,
        ...(hasAll ? {} : { baseSha: tip }),
        isMergeable: null,
        updatedAt: tx.clock.now(),
      })
      .where(eq(pullRequests.id, row.id))
      .returning();
    if (!after) return row;
    await tellDifferences(tx, row, after, { byId, automatic: true });
    // As when somebody chooses another base: what was approved may be less than what would come in now.
    await dismissStale(tx, repo, after, { because: `The base is ${target} now`, byId });
    return after;
  });
}

const twin = (target: string) => `Another pull request brings the same branch into ${target}`;

/** Whether the same is open into the target already. */
async function hasTwin(tx: TransactionContext, pull: PullRequest, target: string): Promise<boolean> {
  const same =
    pull.topic === null
      ? and(
          eq(pullRequests.sourceBranch, pull.sourceBranch),
          sql`${pullRequests.sourceRepoId} = ${pull.sourceRepoId}`,
        )
      : and(eq(pullRequests.topic, pull.topic), eq(pullRequests.authorId, pull.authorId));
  const [row] = await tx.db
    .select({ id: pullRequests.id })
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.repoId, pull.repoId),
        eq(pullRequests.targetBranch, target),
        eq(pullRequests.state, "open"),
        same,
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Told once for each target that was tried. */
async function fail(
  tx: TransactionContext,
  pull: PullRequest,
  to: string,
  problem: string,
  byId: string | null,
): Promise<PullRequest> {
  const [last] = await tx.db
    .select({ type: events.type, payload: events.payload })
    .from(events)
    .where(
      and(
        eq(events.subjectId, pull.id),
        inArray(events.type, [pullRetargetFailed.name, pullRetargeted.name]),
      ),
    )
    .orderBy(desc(events.sequence))
    .limit(1);
  const known = last?.type === pullRetargetFailed.name && pullRetargetFailed.payload.parse(last.payload);
  if (known && known.from === pull.targetBranch && known.to === to) return pull;
  await emit(
    tx,
    pullRetargetFailed,
    { ...about(pull), byId },
    { ...described(pull), from: pull.targetBranch, to, problem },
  );
  return pull;
}

/** Where a branch that is gone went: the target of its pull request, merged before others, and so on up to one that is there. */
async function successorOf(ctx: Context, repo: Repository, branch: string): Promise<string> {
  const git = gitOf(ctx, repo);
  const seen = new Set([branch]);
  let current = branch;
  while (seen.size < mostSteps) {
    const [parent] = await ctx.db
      .select({ target: pullRequests.targetBranch })
      .from(pullRequests)
      .where(
        and(
          eq(pullRequests.repoId, repo.id),
          eq(pullRequests.sourceRepoId, repo.id),
          eq(pullRequests.sourceBranch, current),
        ),
      )
      .orderBy(sql`${pullRequests.state} = 'merged' desc`, desc(pullRequests.number))
      .limit(1);
    if (!parent || seen.has(parent.target)) break;
    if ((await branchTip(git, parent.target)) !== null) return parent.target;
    current = parent.target;
    seen.add(current);
  }
  return repo.defaultBranch;
}
