/** Storing contents and removing those that nobody names any more. */
import { and, eq, exists, isNotNull, isNull, lt, not, or, type SQL } from "drizzle-orm";
import { BlobError } from "../../../kernel/blobs/index.ts";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { forbidden, Refusal, unprocessable } from "../../../kernel/errors.ts";
import { isStillGood } from "../../accounts/index.ts";
import { findRepositoryById, requireAccess, type RepoWith } from "../../repositories/index.ts";
import { lfsContents, lfsObjects, lfsProposed } from "../schema.ts";
import { dropDeadReservations } from "./reserve.ts";

/** How long a content stays that no repository names. */
export const unnamedForMs = 86_400_000;
const batch = 100;

export interface Announced {
  readonly oid: string;
  /** Bytes, when the client said so. */
  readonly size: number | null;
}

/**
 * Takes an object in: the repository holds it once all of its bytes came and have the hash and the size that were announced.
 * Several uploads of one object at once are each proved, and leave one row.
 *
 * @throws Refusal 413 or 422 for other bytes than announced, 403 or 404 when the right to write ended meanwhile
 */
export async function storeObject(
  ctx: Context,
  repo: RepoWith<"write">,
  { oid, size }: Announced,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const bytes = await bringBytes(ctx, { oid, size }, content);
  const granted = requireAccess(ctx, await findRepositoryById(ctx, repo.id), "write");
  await transact(ctx, async (tx) => {
    await holdBytes(tx, oid);
    await tx.db
      .insert(lfsObjects)
      .values({ repoId: granted.id, oid, size: bytes, uploadedById: actorId(tx.actor) })
      .onConflictDoNothing();
  });
}

/**
 * Brings bytes into the store, where nobody has them yet, and answers how many they are.
 *
 * @throws Refusal 413 or 422 for other bytes than announced, 403 when the credential ended meanwhile
 */
export async function bringBytes(
  ctx: Context,
  { oid, size }: Announced,
  content: AsyncIterable<Uint8Array>,
): Promise<number> {
  // Told before the bytes are stored: what a crash leaves without a repository is found by this row.
  await ctx.db
    .insert(lfsContents)
    .values({ oid, unnamedSince: ctx.clock.now() })
    .onConflictDoUpdate({
      target: lfsContents.oid,
      set: { unnamedSince: ctx.clock.now() },
      setWhere: isNotNull(lfsContents.unnamedSince),
    });
  const stored = await ctx.blobs
    .put(measured(content, size), { sha256: oid, maxBytes: ctx.config.limits.lfsBytes })
    .catch((error: unknown) => {
      if (!(error instanceof BlobError)) throw error;
      throw new Refusal(
        error.reason === "too-large" ? "too_large" : "validation_failed",
        error.reason === "too-large" ? tooLarge(ctx) : "The content is not what its oid says",
        { cause: error },
      );
    });
  // A large upload takes minutes, in which a right or a token may be withdrawn, or the repository archived.
  if (ctx.actor.kind === "user" && !(await isStillGood(ctx, ctx.actor)))
    throw forbidden("What you signed in with was withdrawn while you uploaded");
  return stored.size;
}

/** Keeps the sweep from bytes until the transaction has named them. @throws Refusal 503 when it was quicker */
export async function holdBytes(tx: TransactionContext, oid: string): Promise<void> {
  await tx.db
    .insert(lfsContents)
    .values({ oid, unnamedSince: null })
    .onConflictDoUpdate({ target: lfsContents.oid, set: { unnamedSince: null } });
  if (!(await tx.blobs.has(oid)))
    throw new Refusal("unavailable", "The content was swept away meanwhile; upload it again", {
      retryAfter: 1,
    });
}

/** The sentence for whoever brings too much. */
export const tooLarge = (ctx: Pick<Context, "config">): string =>
  `An object may have at most ${ctx.config.limits.lfsBytes} bytes here`;

async function* measured(content: AsyncIterable<Uint8Array>, size: number | null) {
  let seen = 0;
  const wrong = () => unprocessable(`The content does not have the ${size} bytes that were announced`);
  for await (const chunk of content) {
    seen += chunk.byteLength;
    if (size !== null && seen > size) throw wrong();
    yield chunk;
  }
  if (size !== null && seen !== size) throw wrong();
}

/**
 * Removes the contents that no repository has named for a day, and forgets what was brought for a proposal that did not come.
 *
 * @returns how many
 */
export async function sweepContents(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  await dropDeadReservations(ctx);
  await ctx.db.delete(lfsProposed).where(lt(lfsProposed.createdAt, new Date(now.getTime() - unnamedForMs)));
  const named = or(
    exists(
      ctx.database
        .select({ oid: lfsObjects.oid })
        .from(lfsObjects)
        .where(eq(lfsObjects.oid, lfsContents.oid)),
    ),
    exists(
      ctx.database
        .select({ oid: lfsProposed.oid })
        .from(lfsProposed)
        .where(eq(lfsProposed.oid, lfsContents.oid)),
    ),
  ) as SQL;
  await ctx.db
    .update(lfsContents)
    .set({ unnamedSince: now })
    .where(and(isNull(lfsContents.unnamedSince), not(named)));
  const due = and(lt(lfsContents.unnamedSince, new Date(now.getTime() - unnamedForMs)), not(named));
  let removed = 0;
  for (;;) {
    const rows = await ctx.db.select({ oid: lfsContents.oid }).from(lfsContents).where(due).limit(batch);
    if (rows.length === 0) return removed;
    for (const { oid } of rows) {
      // The bytes go while the row is held: an upload of the same content waits, and then stores them anew.
      removed += await transact(ctx, async (tx) => {
        const gone = await tx.db
          .delete(lfsContents)
          .where(and(eq(lfsContents.oid, oid), due))
          .returning({ oid: lfsContents.oid });
        if (gone.length > 0) await tx.blobs.delete(oid);
        return gone.length;
      });
    }
  }
}
