/** Finishes what a crash cut off between a ref move and its rows. */
import { asc, eq, lt } from "drizzle-orm";
import { isAncestor } from "../../../git/ancestry.ts";
import { isObjectId } from "../../../git/object-ids.ts";
import { readRefs, type RefSnapshot } from "../../../git/ref-cache.ts";
import type { GitRepository } from "../../../git/store.ts";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { findRepositoryById } from "../access.ts";
import { gitOf } from "../addresses.ts";
import { refUpdateIntents } from "../schema.ts";
import { namedActor } from "./named-actor.ts";
import { settleIntent, type Move } from "./move-refs.ts";
import { proposalReason, proposalTaker } from "./proposals.ts";

/**
 * Compares every intent older than `before` with the refs: what moved gets its events, what did not is dropped. Safe at any
 * time; an intent that a living request still holds is settled once, by whoever comes first.
 *
 * @returns how many intents were settled
 */
export async function reconcile(ctx: Context, before: Date): Promise<number> {
  const left = await ctx.db
    .select()
    .from(refUpdateIntents)
    .where(lt(refUpdateIntents.createdAt, before))
    .orderBy(asc(refUpdateIntents.id));
  for (const intent of left) {
    const repo = await findRepositoryById(ctx, intent.repoId);
    if (!repo) {
      // The repository was deleted meanwhile: nobody is left to tell.
      await ctx.db.delete(refUpdateIntents).where(eq(refUpdateIntents.id, intent.id));
      continue;
    }
    const git = gitOf(ctx, repo);
    const moves = intent.updates.map((one) => ({
      ref: one.ref,
      old: one.old === "" ? null : one.old,
      new: one.new === "" ? null : one.new,
    }));
    const moved = await whatMoved(git, moves);
    const actor = await namedActor(ctx, intent.actorId, "repositories.reconcile");
    const { reason, detail } = intent.context as { reason?: string; detail?: Record<string, unknown> };
    await settleIntent(actingAs(ctx, actor), repo, intent.id, moved, {
      reason: reason ?? "push",
      ...(detail ? { detail } : {}),
      ...(reason === proposalReason
        ? { record: async (tx, done) => proposalTaker()?.finish(tx, repo, detail ?? {}, done) }
        : {}),
    });
    ctx.log.info({ repoId: repo.id, moved: moved.length, of: moves.length }, "a ref move was reconciled");
  }
  return left.length;
}

async function whatMoved(git: GitRepository, moves: readonly Move[]): Promise<Move[]> {
  const { refs } = await readRefs(git);
  const moved: Move[] = [];
  for (const move of moves) if (await hasMoved(git, refs, move)) moved.push(move);
  return moved;
}

/** Where the ref was meant to go, or further along from there. */
async function hasMoved(git: GitRepository, refs: RefSnapshot["refs"], move: Move): Promise<boolean> {
  const now = refs.get(move.ref)?.oid ?? null;
  if (now === move.new) return true;
  if (now === null || move.new === null || now === move.old) return false;
  if (!move.ref.startsWith("refs/heads/") || !isObjectId(move.new)) return false;
  return isAncestor(git, move.new, now).catch(() => false);
}
