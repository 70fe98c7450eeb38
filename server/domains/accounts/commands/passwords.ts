import { and, eq, gt } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { parseToken, sha256Hex } from "../../../kernel/crypto/index.ts";
import { conflict, invalid } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { checkTries, countFailure } from "../failures.ts";
import { passwordChanged } from "../events.ts";
import { resetIdentifier, resetPrefix, sendPasswordReset } from "../jobs.ts";
import { checkPassword, hashPassword, verifyPassword } from "../passwords.ts";
import { mayChangePassword, enforce } from "../policy.ts";
import { account, owners, user, verification } from "../schema.ts";
import { endSessionsOf } from "./sessions.ts";

/**
 * Asks for a link by mail. Whether anybody has the address is found out by the job: the answer and the time it takes are the
 * same for all addresses.
 */
export async function requestPasswordReset(ctx: Context, email: string): Promise<void> {
  const address = email.toLowerCase();
  await transact(ctx, (tx) =>
    tx.jobs.enqueue(tx, sendPasswordReset.name, { email: address }, { singletonKey: sha256Hex(address) }),
  );
}

/**
 * Sets a new password with a link's token. The token is used up in the same transaction, all sessions end, and other links
 * that were sent stop working.
 *
 * @throws Refusal 422 for a token that is wrong, used or expired, and for a bad password
 */
export async function resetPassword(
  ctx: Context,
  input: { readonly token: string; readonly password: string },
): Promise<void> {
  const refused = () =>
    invalid("PasswordReset", "token", "This link was used already or has expired; ask for a new one");
  if (parseToken(input.token)?.prefix !== resetPrefix) throw refused();
  const mine = and(
    eq(verification.identifier, resetIdentifier(input.token)),
    gt(verification.expiresAt, ctx.clock.now()),
  );
  const find = async () => {
    const [row] = await ctx.db
      .select({ id: user.id, login: owners.login, suspended: user.suspended })
      .from(verification)
      .innerJoin(user, eq(user.id, verification.value))
      .innerJoin(owners, eq(owners.id, user.id))
      .where(mine);
    if (!row || row.suspended) throw refused();
    return row;
  };
  const person = await find();
  checkPassword(input.password, person.login);
  const password = await hashPassword(input.password, async () => void (await find()));
  await transact(ctx, async (tx) => {
    const consumed = await tx.db.delete(verification).where(mine).returning({ userId: verification.value });
    if (consumed.length === 0) throw refused();
    await tx.db
      .update(account)
      .set({ password, updatedAt: tx.clock.now() })
      .where(and(eq(account.userId, person.id), eq(account.providerId, "credential")));
    // Whoever read the mail has the address.
    await tx.db.update(user).set({ emailVerified: true }).where(eq(user.id, person.id));
    await afterChange(tx, person, "reset");
  });
}

/**
 * Changes a password by proof of the old one. All other sessions end.
 *
 * @throws Refusal 422 for a wrong or a bad password, 403 for a token, 429 after too many wrong tries
 */
export async function changePassword(
  ctx: Context,
  me: UserActor,
  input: { readonly current: string; readonly password: string },
): Promise<void> {
  enforce(mayChangePassword(ctx.actor));
  const mine = and(eq(account.userId, me.user.id), eq(account.providerId, "credential"));
  const current = async () => (await ctx.db.select({ hash: account.password }).from(account).where(mine))[0];
  const row = await current();
  const name = me.user.login.toLowerCase();
  const now = ctx.clock.now();
  if (!row?.hash || !(await verifyPassword(row.hash, input.current, () => checkTries(ctx, name, now)))) {
    countFailure(ctx, name, now);
    throw invalid("User", "current_password", "This is not your password");
  }
  checkPassword(input.password, me.user.login);
  const before = row.hash;
  const changed = () => conflict("Your password was changed somewhere else at the same time");
  const password = await hashPassword(input.password, async () => {
    if ((await current())?.hash !== before) throw changed();
  });
  await transact(ctx, async (tx) => {
    const rows = await tx.db
      .update(account)
      .set({ password, updatedAt: tx.clock.now() })
      .where(and(mine, eq(account.password, before)))
      .returning({ id: account.id });
    if (rows.length === 0) throw changed();
    await afterChange(tx, me.user, "change", me.sessionId);
  });
}

async function afterChange(
  tx: TransactionContext,
  person: { readonly id: string; readonly login: string },
  by: "reset" | "change",
  keptSession?: string,
): Promise<void> {
  await tx.db.delete(verification).where(eq(verification.value, person.id));
  await endSessionsOf(tx, person.id, keptSession);
  await emit(tx, passwordChanged, { subjectId: person.id }, { user_id: person.id, login: person.login, by });
}
