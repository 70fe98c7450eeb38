/**
 * `Idempotency-Key` on POST: the same key with the same body does the work once and gives the same answer again.
 * The key is marked committed inside the command's transaction, so a crash between the commit and the answer is known as such.
 */
import { and, eq, inArray, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { Context } from "../context.ts";
import type { Transaction } from "../db/client.ts";
import { conflict, invalid } from "../errors.ts";
import { sha256Hex } from "../crypto/index.ts";
import { idempotencyKeys } from "../schema.ts";

/** A request that is still running after this was cut off: the key may be taken again. */
const abandonedAfterMs = 120_000;
/** A key means its first request for a day; who repeats one later has forgotten it, and so do we. */
const keptForMs = 86_400_000;
/** Old keys forgotten by each new one, so that they go as fast as they come and nobody waits for it. */
const forgottenAtOnce = 20;
/** Larger answers are not kept: the repeated request is told to look the result up. */
const keptBytes = 256 * 1024;

/** Runs `handle` once for the key. `handle` is given the context in which it must run. */
export async function once(
  ctx: Context,
  identity: string,
  key: string,
  request: { readonly operation: string; readonly url: string; readonly body: unknown },
  handle: (ctx: Context) => Promise<Response>,
): Promise<Response> {
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalid("Request", "Idempotency-Key", "1 to 255 printable characters");
  const fingerprint = sha256Hex(
    `${request.operation}\n${request.url}\n${JSON.stringify(request.body ?? null)}`,
  );
  const mine = and(eq(idempotencyKeys.identity, identity), eq(idempotencyKeys.key, key));
  const now = ctx.clock.now();
  const before = (ms: number) => lt(idempotencyKeys.createdAt, new Date(now.getTime() - ms));
  await ctx.db
    .delete(idempotencyKeys)
    .where(
      and(mine, or(before(keptForMs), and(isNull(idempotencyKeys.committedAt), before(abandonedAfterMs)))),
    );
  const claimed = await ctx.db
    .insert(idempotencyKeys)
    .values({ identity, key, fingerprint, createdAt: now })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length === 0) return repeat(ctx, mine, fingerprint);
  await forgetOld(ctx, before(keptForMs));

  const onCommit = async (tx: Transaction) => {
    await tx.update(idempotencyKeys).set({ committedAt: ctx.clock.now() }).where(mine);
  };
  let response: Response;
  try {
    response = await handle({ ...ctx, onCommit });
  } catch (error) {
    // Nothing was committed: the same key may try again. What was committed before the failure keeps its mark. Where the
    // database is away too, the key is taken again once it counts as abandoned.
    await ctx.db
      .delete(idempotencyKeys)
      .where(and(mine, isNull(idempotencyKeys.committedAt)))
      .catch(() => undefined);
    throw error;
  }
  await keep(ctx, mine, response);
  return response;
}

/** Keeps an answer whole, so that its repetition is cached and followed as the first was. */
async function keep(ctx: Context, mine: ReturnType<typeof and>, response: Response): Promise<void> {
  const body = Buffer.from(await response.clone().arrayBuffer());
  if (body.length > keptBytes) return;
  // A cookie is for the browser that asked, once.
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "set-cookie"));
  try {
    await ctx.db
      .update(idempotencyKeys)
      .set({ committedAt: ctx.clock.now(), status: response.status, headers, body })
      .where(mine);
  } catch (error) {
    // The work is done and must be told so; whoever repeats it is told to look the result up.
    ctx.log.warn({ requestId: ctx.requestId, error: String(error) }, "an answer could not be kept");
  }
}

/** Forgets some keys of anybody; those that another request forgets at this moment are left to it. */
async function forgetOld(ctx: Context, old: SQL): Promise<void> {
  const some = ctx.db
    .select({ identity: idempotencyKeys.identity, key: idempotencyKeys.key })
    .from(idempotencyKeys)
    .where(old)
    .orderBy(idempotencyKeys.createdAt)
    .limit(forgottenAtOnce)
    .for("update", { skipLocked: true });
  await ctx.db
    .delete(idempotencyKeys)
    .where(inArray(sql`(${idempotencyKeys.identity}, ${idempotencyKeys.key})`, some));
}

async function repeat(ctx: Context, mine: ReturnType<typeof and>, fingerprint: string): Promise<Response> {
  const [row] = await ctx.db.select().from(idempotencyKeys).where(mine);
  if (!row) throw conflict("The first request with this key just failed; send it again");
  if (row.fingerprint !== fingerprint)
    throw invalid("Request", "Idempotency-Key", "This key was used for another request");
  if (row.status !== null && row.body) {
    return new Response(row.status === 204 ? null : new Uint8Array(row.body), {
      status: row.status,
      headers: { ...row.headers, "idempotency-replayed": "true" },
    });
  }
  if (row.committedAt)
    throw conflict("This request has taken effect, but its answer was not kept; look the result up");
  throw conflict("The first request with this key is still running");
}
