/**
 * The way of every ref write in the product: an intent is stored, git moves the refs by compare-and-swap, and one transaction
 * records what became true and removes the intent. A crash in between leaves the intent, and `reconcile` finishes it.
 */
import { eq } from "drizzle-orm";
import { isInternalRef } from "../../../git/names.ts";
import { readRefs } from "../../../git/ref-cache.ts";
import { setHead, updateRefs, type RefFailure, type RefGuard, type RefResult } from "../../../git/refs.ts";
import type { GitRepository } from "../../../git/store.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { Refusal, conflict, unprocessable } from "../../../kernel/errors.ts";
import { emitAll } from "../../../kernel/events.ts";
import { protectionProblems, type JudgedMove } from "../protection/decide.ts";
import { sourceRefusal } from "../remotes/source.ts";
import { wantPushMirrors } from "../mirrors/wanted.ts";
import { orgOf, type RepoWith, type Repository } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { actorIdentity } from "../identity.ts";
import { refUpdateIntents, repositories } from "../schema.ts";
import { pushed } from "./events.ts";
import { noteIntent, noteOwnIntent, type MoveReason } from "./intents.ts";
import { describeMoves, type Move } from "./moves.ts";
import { tendRepository } from "./tend.ts";

export type { Move } from "./moves.ts";

/** Whoever pushes once often pushes again at once: tending waits until then, and does it all in one. */
const tendWaitMs = 4_000;

export interface MoveOptions extends MoveReason {
  /** All or nothing (unless told otherwise), or each move for itself. */
  readonly atomic?: boolean;
  /** The act is the merge of a pull request that has met what the rules require of one. */
  readonly merged?: boolean;
  /** What came from the repository that this one is imported from or follows: no rule stands between the two. */
  readonly incoming?: boolean;
  /**
   * Looks once more while nobody else can move the refs, and calls `commit` within its own transaction if they may move; throws
   * what is in the way. What it throws, the caller is told, and nothing moved.
   */
  readonly guard?: RefGuard;
  /** Further rows of the same act, written in the transaction that records the moves. Not called when nothing moved. */
  readonly record?: (tx: TransactionContext, moved: readonly Move[]) => Promise<void>;
}

/** Why each move is against the rules, or null. Asked by every door before anything moves. */
export async function moveProblems(
  ctx: Context,
  repo: Repository,
  moves: readonly JudgedMove[],
  options: { readonly merged: boolean },
): Promise<(string | null)[]> {
  const foreign = sourceRefusal(repo);
  if (foreign !== null) return moves.map(() => foreign);
  const problems = await protectionProblems(ctx, repo, moves, options);
  return moves.map((move, index) =>
    move.new === null && move.ref === `refs/heads/${repo.defaultBranch}`
      ? "The default branch cannot be deleted; make another branch the default first"
      : (problems[index] ?? null),
  );
}

/**
 * Moves, creates and deletes refs of a repository, with its events and the rows of `record`. Answers one result per move.
 *
 * @throws Refusal 422 for a move against the rules. What git refuses (a ref that moved meanwhile) is an answer: see `requireMoved`
 */
export async function moveRefs(
  ctx: Context,
  repo: RepoWith<"write">,
  moves: readonly Move[],
  options: MoveOptions,
): Promise<RefResult[]> {
  // The intent must be there for others before git moves, which no open transaction can promise.
  if ("inTransaction" in ctx) throw new TypeError("refs cannot move inside a transaction; use `record`");
  if (moves.length === 0) return [];
  if (!options.incoming) await requireAllowed(ctx, repo, moves, options.merged ?? false);
  const intent = await (options.incoming ? noteIntent : noteOwnIntent)(ctx, repo, moves, options);
  const results = await updateRefs(gitOf(ctx, repo), moves, {
    identity: actorIdentity(ctx, ctx.actor),
    reason: options.reason,
    atomic: options.atomic ?? true,
    ...(options.guard ? { guard: options.guard } : {}),
  }).catch(async (error: unknown) => {
    // The refusal of a guard comes before any move; of any other failure the reconciler finds out what became true.
    if (error instanceof Refusal) await settleIntent(ctx, repo, intent, [], options);
    throw error;
  });
  const moved = moves.filter((_, index) => results[index]?.failure === null);
  await settleIntent(ctx, repo, intent, moved, options);
  return results;
}

async function requireAllowed(
  ctx: Context,
  repo: Repository,
  moves: readonly Move[],
  merged: boolean,
): Promise<void> {
  const problems = await moveProblems(ctx, repo, moves, { merged });
  const problem = problems.find((one) => one !== null);
  if (problem !== undefined && problem !== null) throw unprocessable(problem);
}

/**
 * Moves the product's own refs (`refs/pull/…`, `refs/wit/…`). They are no news, so reading the repository is enough: opening a
 * pull request writes its head.
 */
export async function moveInternalRefs(
  ctx: Context,
  repo: RepoWith<"read">,
  moves: readonly Move[],
  reason: string,
): Promise<RefResult[]> {
  if (moves.some(({ ref }) => !isInternalRef(ref))) throw new TypeError("not a ref of the product's own");
  if (moves.length === 0) return [];
  return updateRefs(gitOf(ctx, repo), moves, { identity: actorIdentity(ctx, ctx.actor), reason });
}

/** @throws Refusal 409 or 422 for the first move that git refused */
export function requireMoved(results: readonly RefResult[]): void {
  const failed = results.find(({ failure }) => failure !== null && failure.kind !== "aborted");
  const first = failed ?? results.find(({ failure }) => failure !== null);
  if (first?.failure) throw refusedMove(first.ref, first.failure);
}

function refusedMove(ref: string, { kind, message, detail }: RefFailure) {
  const sentence = `${ref}: ${message}`;
  if (kind === "exists") return unprocessable("Reference already exists");
  if (kind === "stale" || kind === "locked") return conflict(sentence);
  if (kind === "failed") return new Error(`a ref could not be written: ${detail ?? message}`);
  return unprocessable(sentence);
}

/** Records what moved and removes the intent, in one transaction. */
export async function settleIntent(
  ctx: Context,
  repo: Repository,
  intent: string,
  moved: readonly Move[],
  options: Pick<MoveOptions, "reason" | "detail" | "record">,
): Promise<void> {
  if (moved.length === 0) {
    // Not a command that took effect: a repeated request may try again.
    await ctx.database.delete(refUpdateIntents).where(eq(refUpdateIntents.id, intent));
    return;
  }
  const git = gitOf(ctx, repo);
  const adopted = await branchToAdopt(git, repo, moved);
  const stories = await describeMoves(git, adopted ?? repo.defaultBranch, moved);
  await transact(ctx, async (tx) => {
    const mine = await tx.db
      .delete(refUpdateIntents)
      .where(eq(refUpdateIntents.id, intent))
      .returning({ id: refUpdateIntents.id });
    await options.record?.(tx, moved);
    // Whoever removes the intent tells the news, so it is told once even if the reconciler came in between.
    if (mine.length === 0) return;
    const told = emitAll(
      tx,
      pushed,
      { repoId: repo.id, ...orgOf(repo) },
      stories.map((story) => ({ ...story, reason: options.reason, detail: { ...options.detail } })),
    );
    if (stories.length === 0) return told;
    // None waits for what another one answers, so they go to the database as one.
    await Promise.all([
      told,
      wantPushMirrors(tx, repo),
      tx.db
        .update(repositories)
        .set({ pushedAt: tx.clock.now(), ...(adopted === null ? {} : { defaultBranch: adopted }) })
        .where(eq(repositories.id, repo.id)),
      tx.jobs.enqueue(
        tx,
        tendRepository.name,
        { repoId: repo.id },
        { singletonKey: repo.id, mayWaitMs: tendWaitMs },
      ),
    ]);
  });
  if (adopted !== null) await setHead(git, adopted);
}

/** The branch that becomes the default one: the first pushed to a repository whose default branch does not exist. */
async function branchToAdopt(
  git: GitRepository,
  repo: Repository,
  moved: readonly Move[],
): Promise<string | null> {
  const branches = moved
    .filter((move) => move.new !== null && move.ref.startsWith("refs/heads/"))
    .map(({ ref }) => ref.slice("refs/heads/".length));
  if (branches.length === 0) return null;
  const { refs } = await readRefs(git);
  if (refs.has(`refs/heads/${repo.defaultBranch}`)) return null;
  return ["main", "master"].find((name) => branches.includes(name)) ?? branches[0] ?? null;
}
