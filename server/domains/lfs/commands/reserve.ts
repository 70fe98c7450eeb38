/**
 * Room for what somebody brings who may not write here. It is taken before a byte is written, so that many uploads at one moment do
 * not share it, and given back by those that fail. An upload renews its own while bytes come: what a crash leaves ends soon.
 */
import { and, eq, lt, sql } from "drizzle-orm";
import { transact, type Context } from "../../../kernel/context.ts";
import { Refusal } from "../../../kernel/errors.ts";
import { proposalBytes, type RepoWith } from "../../repositories/index.ts";
import { proposedBytes } from "../queries.ts";
import { lfsReserved } from "../schema.ts";

/** Room that was not renewed for this long is free again: longer than an upload may stall (`door/objects.ts`). */
export const reservedForMs = 300_000;
const renewEveryMs = 60_000;

/** The sentence for whoever brings too much for proposals. */
export const tooMuchProposed = `What waits for your proposals here may have at most ${proposalBytes} bytes in all`;

export interface Reservation {
  readonly id: string;
  /** That may come. */
  readonly bytes: number;
}

/**
 * @param size of what comes; null when nobody said, then nothing else may come beside it
 * @throws Refusal 413 when there is no room
 */
export function reserveRoom(
  ctx: Context,
  repo: RepoWith<"read">,
  userId: string,
  size: number | null,
): Promise<Reservation> {
  return transact(ctx, async (tx) => {
    // One after the other: each counts what the one before took.
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${repo.id} ${userId}`}, 7))`);
    await dropDeadReservations(tx, and(eq(lfsReserved.repoId, repo.id), eq(lfsReserved.userId, userId)));
    const room = proposalBytes - (await proposedBytes(tx, repo, userId));
    const bytes = size ?? room;
    if (bytes > room || (size === null && room <= 0)) throw new Refusal("too_large", tooMuchProposed);
    const [row] = await tx.db
      .insert(lfsReserved)
      .values({ repoId: repo.id, userId, size: bytes, renewedAt: tx.clock.now() })
      .returning({ id: lfsReserved.id });
    if (!row) throw new Error("the reservation was not written");
    return { id: row.id, bytes };
  });
}

/** Gives room back, and answers whether it was still there. */
export async function giveBack(ctx: Context, { id }: Reservation): Promise<boolean> {
  const gone = await ctx.db
    .delete(lfsReserved)
    .where(eq(lfsReserved.id, id))
    .returning({ id: lfsReserved.id });
  return gone.length > 0;
}

/** What comes, as far as it has room. @throws Refusal 413 for more, 503 when the room was given to others meanwhile */
export async function* withinRoom(
  ctx: Context,
  reserved: Reservation,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  let renewed = ctx.clock.now().getTime();
  for await (const chunk of content) {
    seen += chunk.byteLength;
    if (seen > reserved.bytes) throw new Refusal("too_large", tooMuchProposed);
    const now = ctx.clock.now();
    if (now.getTime() - renewed >= renewEveryMs) {
      renewed = now.getTime();
      const kept = await ctx.db
        .update(lfsReserved)
        .set({ renewedAt: now })
        .where(eq(lfsReserved.id, reserved.id))
        .returning({ id: lfsReserved.id });
      if (kept.length === 0) throw roomLost();
    }
    yield chunk;
  }
}

export const roomLost = () =>
  new Refusal("unavailable", "The upload took too long, and its room was given to another: upload it again", {
    retryAfter: 1,
  });

/** Forgets what a crash left. */
export async function dropDeadReservations(ctx: Context, among?: ReturnType<typeof and>): Promise<void> {
  const since = new Date(ctx.clock.now().getTime() - reservedForMs);
  await ctx.db.delete(lfsReserved).where(and(among, lt(lfsReserved.renewedAt, since)));
}
