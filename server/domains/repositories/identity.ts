/** As whom the forge writes commits for people. */
import type { ActingUser, Actor } from "../../kernel/actor.ts";
import type { Context } from "../../kernel/context.ts";
import { eq } from "drizzle-orm";
import { user } from "../accounts/schema.ts";
import type { Signature } from "../../git/commits.ts";

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/**
 * A person's name and an address that says who they are and reveals nothing: commits made by the forge are public and last for
 * ever, so the address people sign up with never gets into one.
 */
export function identityOf(
  ctx: Pick<Context, "config">,
  person: Pick<ActingUser, "login" | "apiId"> & { readonly name?: string | null },
): Identity {
  const host = new URL(ctx.config.url).hostname;
  return {
    name: person.name?.trim() || person.login,
    email: `${person.apiId}+${person.login}@users.noreply.${host}`,
  };
}

/** Under which addresses a person's commits are known: their own and the forge's. */
export async function emailsOf(
  ctx: Context,
  person: { readonly id: string; readonly login: string; readonly apiId: number },
): Promise<string[]> {
  const [row] = await ctx.db.select({ email: user.email }).from(user).where(eq(user.id, person.id));
  return [...(row ? [row.email] : []), identityOf(ctx, person).email];
}

/** The identity under which an actor's ref moves are logged. */
export function actorIdentity(ctx: Pick<Context, "config">, actor: Actor): Identity {
  if (actor.kind === "user") return identityOf(ctx, actor.user);
  return { name: "wit", email: `noreply@${new URL(ctx.config.url).hostname}` };
}

/** A person's signature at the context's time, in UTC. */
export function signatureOf(ctx: Pick<Context, "config" | "clock">, identity: Identity): Signature {
  return { ...identity, time: Math.floor(ctx.clock.now().getTime() / 1000), zone: "+0000" };
}
