/** Every change of a pull request but its merge: one locked row, one transaction, one event a difference. */
import { and, eq, inArray } from "drizzle-orm";
import { isAncestor, mergeBase } from "../../../git/ancestry.ts";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { forbidden, invalid, notFound, unprocessable } from "../../../kernel/errors.ts";
import { enforce, reaches } from "../../../kernel/grants.ts";
import { mayEdit, mayTriage } from "../../issues/index.ts";
import type { Label } from "../../labels/index.ts";
import { findRepositoryById, gitOf, type RepoWith } from "../../repositories/index.ts";
import { branchTip, catchUp, sourceTip } from "../heads.ts";
import { labelsOf, type PullRequest } from "../queries.ts";
import { dismissStale } from "../revisions/stale.ts";
import { prLabels, pullRequests } from "../schema.ts";
import { tellDifferences, tellLabels } from "./tell.ts";

/** What shall be; what is not mentioned stays. */
export interface PullRequestChanges {
  readonly title?: string;
  readonly body?: string | null;
  readonly state?: "open" | "closed";
  readonly isDraft?: boolean;
  readonly targetBranch?: string;
  readonly maintainerCanModify?: boolean;
  readonly assigneeId?: string | null;
  readonly milestoneId?: string | null;
  /** The whole set, or what follows from the set it carries: then two changes at once lose nothing. */
  readonly labels?: readonly Label[] | ((held: readonly Label[]) => readonly Label[]);
  readonly lock?: { readonly locked: boolean; readonly reason?: string | undefined };
}

/**
 * Changes a pull request; asked for what is already so, it leaves no trace.
 *
 * @throws Refusal 403 with the rule that forbids it, 422 for what a merged pull request cannot be any more
 */
export async function changePullRequest(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: PullRequest,
  changes: PullRequestChanges,
): Promise<PullRequest> {
  requireRights(ctx, repo, seen, changes);
  const base = await newBase(ctx, repo, seen, changes.targetBranch);
  if (changes.maintainerCanModify) await requirePusher(ctx, seen);
  if (changes.state === "open" && seen.state === "closed") await requireReopenable(ctx, repo, seen);
  const changed = await transact(ctx, async (tx) => {
    const [before] = await tx.db
      .select()
      .from(pullRequests)
      .where(eq(pullRequests.id, seen.id))
      .for("update");
    if (!before) throw notFound();
    // What was decided a moment ago is asked again of the locked row.
    requireRights(tx, repo, before, changes);
    if (before.state === "merged" && changes.state !== undefined)
      throw unprocessable("A merged pull request can be neither closed nor reopened");
    if (base && before.state !== "open") throw unprocessable("Only an open pull request can change its base");
    const columns = columnsOf(tx, before, changes, base);
    const labels = await labelChange(tx, before, changes.labels);
    if (Object.keys(columns).length === 0 && labels.added.length + labels.removed.length === 0) return before;
    const [after] = await tx.db
      .update(pullRequests)
      .set({ ...columns, updatedAt: tx.clock.now() })
      .where(eq(pullRequests.id, before.id))
      .returning();
    if (!after) throw notFound();
    await tellDifferences(tx, before, after, { lockReason: changes.lock?.reason ?? null });
    await setLabels(tx, after, labels);
    // Another base is another change: what was approved against the former one may be more or less than what would come in now.
    if (after.targetBranch !== before.targetBranch)
      await dismissStale(tx, repo, after, {
        because: `The base is ${after.targetBranch} now`,
        byId: actorId(tx.actor),
      });
    return after;
  });
  return changed.state === "open" && seen.state !== "open" ? catchUp(ctx, repo, changed) : changed;
}

function requireRights(ctx: Context, repo: RepoWith<"read">, pull: PullRequest, changes: PullRequestChanges) {
  const { assigneeId, milestoneId, labels, lock, ...authored } = changes;
  if (Object.values(authored).some((value) => value !== undefined)) enforce(mayEdit(ctx.actor, repo, pull));
  if ([assigneeId, milestoneId, labels, lock].some((value) => value !== undefined))
    enforce(mayTriage(ctx.actor, repo));
}

/** Only who can push to the branch can let others do so. */
async function requirePusher(ctx: Context, pull: PullRequest): Promise<void> {
  const source = pull.sourceRepoId === null ? null : await findRepositoryById(ctx, pull.sourceRepoId);
  if (!source || !reaches(source.access, "write"))
    throw forbidden("Only people who can push to the branch can let maintainers do so");
}

interface Base {
  readonly targetBranch: string;
  readonly baseSha: string;
}

/** The mentioned columns that differ. */
function columnsOf(
  tx: TransactionContext,
  before: PullRequest,
  changes: PullRequestChanges,
  base: Base | null,
): Partial<PullRequest> {
  const { title, body, isDraft, maintainerCanModify, assigneeId, milestoneId, state, lock } = changes;
  const wanted = { title, body, isDraft, maintainerCanModify, assigneeId, milestoneId };
  const differing = Object.entries(wanted).filter(
    ([name, value]) => value !== undefined && value !== before[name as keyof typeof wanted],
  );
  const now = tx.clock.now();
  return {
    ...(Object.fromEntries(differing) as Partial<PullRequest>),
    ...(base && base.targetBranch !== before.targetBranch ? { ...base, isMergeable: null } : {}),
    ...(state === "closed" && before.state === "open"
      ? { state, closedAt: now, closedById: actorId(tx.actor) }
      : {}),
    ...(state === "open" && before.state === "closed" ? { state, closedAt: null, closedById: null } : {}),
    ...(lock && lock.locked !== (before.lockedAt !== null) ? { lockedAt: lock.locked ? now : null } : {}),
  };
}

async function newBase(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  branch: string | undefined,
): Promise<Base | null> {
  if (branch === undefined || branch === pull.targetBranch) return null;
  if (pull.state !== "open") throw unprocessable("Only an open pull request can change its base");
  const git = gitOf(ctx, repo);
  const sha = await branchTip(git, branch);
  if (sha === null) throw invalid("PullRequest", "base", `There is no branch ${branch}`);
  if (await isAncestor(git, pull.headSha, sha))
    throw unprocessable(`There are no new commits between ${branch} and ${pull.sourceBranch}`);
  if ((await mergeBase(git, sha, pull.headSha)) === null)
    throw unprocessable(`${branch} and ${pull.sourceBranch} have entirely different histories`);
  return { targetBranch: branch, baseSha: sha };
}

async function requireReopenable(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<void> {
  const tip = await sourceTip(ctx, repo, pull);
  if (tip === null) throw unprocessable(`The branch ${pull.sourceBranch} does not exist any more`);
  const git = gitOf(ctx, repo);
  const base = await branchTip(git, pull.targetBranch);
  if (base === null) throw unprocessable(`The branch ${pull.targetBranch} does not exist any more`);
}

interface LabelChange {
  readonly added: readonly Label[];
  readonly removed: readonly Label[];
}

async function labelChange(
  tx: TransactionContext,
  pull: PullRequest,
  wanted: PullRequestChanges["labels"],
): Promise<LabelChange> {
  if (wanted === undefined) return { added: [], removed: [] };
  const held = (await labelsOf(tx, [pull.id])).get(pull.id) ?? [];
  const list = typeof wanted === "function" ? wanted(held) : wanted;
  const lacks = (some: readonly Label[]) => (label: Label) => !some.some((one) => one.id === label.id);
  return { added: list.filter(lacks(held)), removed: held.filter(lacks(list)) };
}

async function setLabels(tx: TransactionContext, pull: PullRequest, { added, removed }: LabelChange) {
  const ids = removed.map((label) => label.id);
  if (ids.length > 0)
    await tx.db.delete(prLabels).where(and(eq(prLabels.prId, pull.id), inArray(prLabels.labelId, ids)));
  if (added.length > 0)
    await tx.db.insert(prLabels).values(added.map((label) => ({ prId: pull.id, labelId: label.id })));
  await tellLabels(tx, pull, added, removed);
}
