/** How many clones, fetches and pushes one person (or one address) may have under way, so that nobody takes all places. */
import { ProcessSlots } from "../../../git/process.ts";
import type { Context } from "../../../kernel/context.ts";
import { addressIdentity } from "../../../kernel/http/limits.ts";

/** What went wrong, for the log. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);

const atOnce = 4;
const waitMs = 60_000;
const slots = new Map<string, ProcessSlots>();

/**
 * Waits for a place and answers how to give it back.
 *
 * @throws GitTimeout when none gets free within a minute
 */
export async function beginTransfer(ctx: Pick<Context, "actor" | "address">): Promise<() => void> {
  const identity =
    ctx.actor.kind === "user" ? ctx.actor.user.id : `address:${addressIdentity(ctx.address ?? "unknown")}`;
  const own = slots.get(identity) ?? new ProcessSlots(atOnce);
  slots.set(identity, own);
  const release = await own.acquire(waitMs);
  return () => {
    release();
    if (own.running === 0 && own.waiting === 0) slots.delete(identity);
  };
}
