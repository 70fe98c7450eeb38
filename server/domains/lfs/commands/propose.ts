/** Contents that somebody brings for what they push to a repository that they may not write to: a proposal, or a branch they help with. */
import { and, eq, inArray } from "drizzle-orm";
import { pointersOf } from "../../../git/lfs-pointers.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { requireUser } from "../../../kernel/grants.ts";
import {
  findRepositoryById,
  gitOf,
  requireAccess,
  type Repository,
  type RepoWith,
} from "../../repositories/index.ts";
import { lfsObjects, lfsProposed } from "../schema.ts";
import { bringBytes, holdBytes, type Announced } from "./objects.ts";
import { giveBack, reserveRoom, roomLost, withinRoom } from "./reserve.ts";

interface Bringing {
  readonly repo: RepoWith<"read">;
  /** Proves the right once more, when all bytes have come. @throws Refusal 403 when it ended */
  readonly grantAgain: (repo: Repository) => Promise<RepoWith<"read">>;
}

/**
 * Takes an object in that waits for what the actor pushes. It was proved by all of its bytes, as every other.
 *
 * @throws Refusal 413 or 422 for other bytes than announced or too many, 403 or 404 for who may push nothing there any more
 */
export async function storeProposed(
  ctx: Context,
  { repo, grantAgain }: Bringing,
  { oid, size }: Announced,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const me = requireUser(ctx.actor).user;
  const reserved = await reserveRoom(ctx, repo, me.id, size);
  try {
    const bytes = await bringBytes(ctx, { oid, size }, withinRoom(ctx, reserved, content));
    const found = await findRepositoryById(ctx, repo.id);
    const granted = await grantAgain(requireAccess(ctx, found, "read"));
    await transact(ctx, async (tx) => {
      if (!(await giveBack(tx, reserved))) throw roomLost();
      await holdBytes(tx, oid);
      await tx.db
        .insert(lfsProposed)
        .values({ repoId: granted.id, userId: me.id, oid, size: bytes })
        .onConflictDoNothing();
    });
  } catch (error) {
    // Where that fails too, it ends by itself.
    await giveBack(ctx, reserved).catch(() => undefined);
    throw error;
  }
}

/**
 * Lets a repository hold what the commits point to that somebody pushed, and the same person brought for them. What they did not
 * bring stays away, whoever else holds it. Can be repeated.
 *
 * @param ends.head the commits that were pushed lead there
 * @param ends.base what lies below this was there before
 */
export async function adoptProposed(
  ctx: Context,
  repo: Repository,
  pusherId: string,
  ends: { readonly head: string; readonly base: string },
): Promise<void> {
  const own = and(eq(lfsProposed.repoId, repo.id), eq(lfsProposed.userId, pusherId));
  const [any] = await ctx.db.select({ oid: lfsProposed.oid }).from(lfsProposed).where(own).limit(1);
  if (!any) return;
  for await (const pointers of pointersOf(gitOf(ctx, repo), { tips: [ends.head], known: [ends.base] })) {
    const oids = pointers.map(({ oid }) => oid);
    await transact(ctx, async (tx) => {
      const rows = await tx.db
        .delete(lfsProposed)
        .where(and(own, inArray(lfsProposed.oid, oids)))
        .returning();
      if (rows.length === 0) return;
      const held = rows.map(({ repoId, userId, oid, size }) => ({ repoId, oid, size, uploadedById: userId }));
      await tx.db.insert(lfsObjects).values(held).onConflictDoNothing();
    });
  }
}
