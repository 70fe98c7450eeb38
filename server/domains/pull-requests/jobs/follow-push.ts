/** What pull requests do when something else happened. */
import { and, eq, or } from "drizzle-orm";
import { ancestorsAmong } from "../../../git/ancestry.ts";
import { system } from "../../../kernel/actor.ts";
import { actingAs, transact, type Context } from "../../../kernel/context.ts";
import { subscription } from "../../../kernel/events.ts";
import { adoptProposed } from "../../lfs/index.ts";
import { findRepositoryById, gitOf, pushed, requireAccess, type Pushed } from "../../repositories/index.ts";
import { closeAbandoned } from "../commands/close-abandoned.ts";
import { markMerged } from "../commands/mark-merged.ts";
import { retargetAway } from "../commands/retarget.ts";
import { branchTip, catchUp, concludeInBase, sourceTip } from "../heads.ts";
import { creditPush } from "../pushers.ts";
import type { PullRequest } from "../queries.ts";
import { judge } from "../requirements.ts";
import { noteRebases } from "../requirements/rebases.ts";
import { noteReplaced } from "../revisions/advance.ts";
import { pullRequests } from "../schema.ts";
import { tellHeads } from "./head-news.ts";
import { askToSweep } from "./sweep.ts";

/**
 * After a push: pull requests from the branch catch up with it, those to it are ended if it has them by now, and a sweep is asked
 * for that tells the others whether they can still be merged. A merge whose
 * process died between the ref and the row is finished here: the push's event says which pull request it was.
 */
export const followPush = subscription("pull-requests.follow-push", [pushed], async (ctx, event) => {
  const push = pushed.payload.parse(event.payload);
  const repoId = event.repoId;
  if (repoId === null || !push.ref.startsWith("refs/heads/")) return;
  await finishMerge(ctx, push, event.actorId);
  const branch = push.ref.slice("refs/heads/".length);
  const affected = await ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        eq(pullRequests.state, "open"),
        or(
          and(eq(pullRequests.sourceRepoId, repoId), eq(pullRequests.sourceBranch, branch)),
          and(eq(pullRequests.repoId, repoId), eq(pullRequests.targetBranch, branch)),
        ),
      ),
    );
  await tellHeads(ctx, repoId, push, event.actorId);
  const asForge = actingAs(ctx, system("pull-requests"));
  const [from, to] = partition(
    affected,
    (pull) => pull.sourceRepoId === repoId && pull.sourceBranch === branch,
  );
  const news = { push, byId: event.actorId, at: event.createdAt };
  for (const pull of from) await follow(asForge, pull, { ...news, fromHere: true });
  for (const pull of await mergedBy(asForge, repoId, push, to))
    await follow(asForge, pull, { ...news, fromHere: false });
  if (to.length > 0) await transact(asForge, (tx) => askToSweep(tx, repoId, branch));
  if (from.length > 0) await adoptHelp(asForge, repoId, push, event.actorId);
});

/** Who may not write to the repository and pushes its branch all the same, as a maintainer, brought the large files beforehand. */
async function adoptHelp(ctx: Context, repoId: string, push: Pushed, byId: string | null): Promise<void> {
  const repo = byId === null || push.created || push.deleted ? null : await findRepositoryById(ctx, repoId);
  if (repo && byId !== null) await adoptProposed(ctx, repo, byId, { head: push.after, base: push.before });
}

function partition<Item>(list: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [list.filter(belongs), list.filter((item) => !belongs(item))];
}

/** Those of many that a push to their target brought into it; all of them when it deleted the target. */
async function mergedBy(
  ctx: Context,
  repoId: string,
  push: Pushed,
  pulls: readonly PullRequest[],
): Promise<readonly PullRequest[]> {
  if (push.deleted) return pulls;
  const repo = pulls.length === 0 ? null : await findRepositoryById(ctx, repoId);
  const base = repo && (await branchTip(gitOf(ctx, repo), push.ref.slice("refs/heads/".length)));
  if (!repo || base === null) return [];
  const heads = await ancestorsAmong(
    gitOf(ctx, repo),
    pulls.map((pull) => pull.headSha),
    base,
  );
  return pulls.filter((pull) => heads.has(pull.headSha));
}

interface News {
  readonly push: Pushed;
  /** The source branch moved, not the target. */
  readonly fromHere: boolean;
  readonly byId: string | null;
  readonly at: Date;
}

async function follow(ctx: Context, pull: PullRequest, { push, fromHere, byId, at }: News): Promise<void> {
  const found = await findRepositoryById(ctx, pull.repoId);
  if (!found) return;
  const repo = requireAccess(ctx, found, "read");
  const placed = push.deleted && !fromHere ? await retargetAway(ctx, repo, pull, byId) : pull;
  const current = await catchUp(ctx, repo, placed);
  if (fromHere && !push.deleted && at >= pull.createdAt) await noteReplaced(ctx, repo, current, push.after);
  if (fromHere) await transact(ctx, (tx) => creditPush(tx, pull, { after: push.after, byId }));
  if (current.state !== "open") return;
  if (fromHere && push.deleted && (await sourceTip(ctx, repo, current)) === null) {
    await transact(ctx, (tx) => closeAbandoned(tx, current, byId));
    return;
  }
  const left = await concludeInBase(ctx, repo, current, byId);
  if (left.state !== "open") return;
  const { mergeable } = await judge(ctx, repo, left);
  if (mergeable === true) await noteRebases(ctx, gitOf(ctx, repo), left.baseSha, [left]);
}

async function finishMerge(ctx: Context, push: Pushed, byId: string | null): Promise<void> {
  const { pull_request_id: id, method = "merge" } = push.detail;
  if (push.reason !== "merge" || push.deleted || typeof id !== "string" || typeof method !== "string") return;
  await transact(ctx, (tx) => markMerged(tx, { id }, { sha: push.after, method, byId }));
}
