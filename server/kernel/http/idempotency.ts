/**
 * `Idempotency-Key` on POST: the same key with the same body does the work once and gives the same answer again.
 * The key is marked committed inside the command's transaction, so a crash between the commit and the answer is known as such.
 */
import { and, eq, isNull, lt } from "drizzle-orm";
import type { Context } from "../context.ts";
import type { Transaction } from "../db/client.ts";
import { conflict, invalid } from "../errors.ts";
import { sha256Hex } from "../crypto/index.ts";
import { idempotencyKeys } from "../schema.ts";

/** A request that is still running after this was cut off: the key may be taken again. */
const abandonedAfterMs = 120_000;
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
  await ctx.db
    .delete(idempotencyKeys)
    .where(
      and(
        mine,
        isNull(idempotencyKeys.committedAt),
        lt(idempotencyKeys.createdAt, new Date(now.getTime() - abandonedAfterMs)),
      ),
    );
  const claimed = await ctx.db
    .insert(idempotencyKeys)
    .values({ identity, key, fingerprint, createdAt: now })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (claimed.length === 0) return repeat(ctx, mine, fingerprint);

  const onCommit = async (tx: Transaction) => {
    await tx.update(idempotencyKeys).set({ committedAt: ctx.clock.now() }).where(mine);
  };
  let response: Response;
  try {
    response = await handle({ ...ctx, onCommit });
  } catch (error) {
    // Nothing was committed: the same key may try again. What was committed before the failure keeps its mark.
    await ctx.db.delete(idempotencyKeys).where(and(mine, isNull(idempotencyKeys.committedAt)));
    throw error;
  }
  const body = Buffer.from(await response.clone().arrayBuffer());
  if (body.length <= keptBytes) {
    const headers: Record<string, string> = {};
    for (const name of ["content-type", "location"]) {
      const value = response.headers.get(name);
      if (value !== null) headers[name] = value;
    }
    await ctx.db
      .update(idempotencyKeys)
      .set({ committedAt: ctx.clock.now(), status: response.status, headers, body })
      .where(mine);
  }
  return response;
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
