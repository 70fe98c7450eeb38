/** The settings of the instance that belong to accounts. */
import { eq } from "drizzle-orm";
import { z } from "zod";
import { actorId } from "../../kernel/actor.ts";
import type { Context, TransactionContext } from "../../kernel/context.ts";
import { outboundAllowKey } from "../../kernel/egress/index.ts";
import { instanceSettings } from "../../kernel/schema.ts";

export const signUpPolicy = z
  .enum(["open", "invite", "closed"])
  .describe("Who may sign up: anyone, those with an invitation, nobody");
export type SignUpPolicy = z.infer<typeof signUpPolicy>;

const key = "accounts.sign_up";

/** `open` until somebody says otherwise. */
export async function readSignUpPolicy(ctx: Context): Promise<SignUpPolicy> {
  const [row] = await ctx.db
    .select({ value: instanceSettings.value })
    .from(instanceSettings)
    .where(eq(instanceSettings.key, key));
  return row ? signUpPolicy.parse(row.value) : "open";
}

export function writeSignUpPolicy(tx: TransactionContext, value: SignUpPolicy): Promise<void> {
  return write(tx, key, value);
}

/** What may be reached although it is not of the public internet; `kernel/egress` reads it. */
export function writeOutboundAllow(tx: TransactionContext, entries: readonly string[]): Promise<void> {
  return write(tx, outboundAllowKey, entries);
}

async function write(tx: TransactionContext, key: string, value: unknown): Promise<void> {
  const written = { value, updatedById: actorId(tx.actor), updatedAt: tx.clock.now() };
  await tx.db
    .insert(instanceSettings)
    .values({ key, ...written })
    .onConflictDoUpdate({ target: instanceSettings.key, set: written });
}
