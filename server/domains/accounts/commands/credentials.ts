import { and, count, eq } from "drizzle-orm";
import type { Scope, UserActor } from "../../../kernel/actor.ts";
import { transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { mintToken, sha256Hex } from "../../../kernel/crypto/index.ts";
import { invalid, notFound, unprocessable } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { tokenPrefix } from "../authenticate.ts";
import { keyAdded, keyRemoved, tokenCreated, tokenRevoked } from "../events.ts";
import { mayAddKey, mayMintToken, enforce, type Role } from "../policy.ts";
import type { Key, Token } from "../queries.ts";
import { personalAccessTokens, sshKeys, user } from "../schema.ts";
import { parsePublicKey } from "../ssh-keys.ts";

const tokensAtMost = 100;
const keysAtMost = 100;

/** Whose credential it becomes. */
interface Holder {
  readonly id: string;
  readonly login: string;
}

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Null never expires. */
  readonly expiresAt: Date | null;
}

/** Locks the user's row, so that parallel requests count one after the other. Answers their role as it is now. */
async function lockHolder(tx: TransactionContext, holder: Holder): Promise<Role> {
  const [row] = await tx.db
    .select({ role: user.role })
    .from(user)
    .where(eq(user.id, holder.id))
    .for("update");
  if (!row) throw notFound();
  return row.role as Role;
}

/**
 * Makes a personal access token. Its text is in the answer and nowhere else: the database keeps the SHA-256, and the first
 * eight characters to recognize it by.
 *
 * @throws Refusal 403 when a token asks for another, or for more than its user holds; 422 past 100 tokens
 */
export async function createToken(
  ctx: Context,
  holder: Holder,
  input: NewToken,
): Promise<{ readonly row: Token; readonly token: string }> {
  if (input.expiresAt && input.expiresAt <= ctx.clock.now())
    throw invalid("Token", "expires_at", "This time has passed already");
  return transact(ctx, async (tx) => {
    const role = await lockHolder(tx, holder);
    enforce(mayMintToken(ctx.actor, input.scopes, role));
    const [held] = await tx.db
      .select({ count: count() })
      .from(personalAccessTokens)
      .where(eq(personalAccessTokens.userId, holder.id));
    if ((held?.count ?? 0) >= tokensAtMost)
      throw unprocessable(`You have ${tokensAtMost} tokens; revoke one you no longer need`);
    const token = mintToken(tokenPrefix);
    const [row] = await tx.db
      .insert(personalAccessTokens)
      .values({
        userId: holder.id,
        name: input.name,
        tokenHash: sha256Hex(token),
        tokenPrefix: token.slice(0, 8),
        scopes: [...new Set(input.scopes)],
        expiresAt: input.expiresAt,
        createdAt: tx.clock.now(),
      })
      .returning();
    if (!row) throw new Error("the insert answered no row");
    await emit(tx, tokenCreated, { subjectId: row.id }, describedToken(holder, row));
    return { row, token };
  });
}

/** @throws Refusal 404 for a token that is not this person's */
export async function revokeToken(ctx: Context, me: UserActor, apiId: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await tx.db
      .delete(personalAccessTokens)
      .where(and(eq(personalAccessTokens.apiId, apiId), eq(personalAccessTokens.userId, me.user.id)))
      .returning();
    if (!row) throw notFound();
    await emit(tx, tokenRevoked, { subjectId: row.id }, describedToken(me.user, row));
  });
}

const describedToken = (holder: Holder, row: Token) => ({
  user_id: holder.id,
  login: holder.login,
  token_id: row.id,
  name: row.name,
  scopes: row.scopes,
});

/** @throws Refusal 422 for a key that is broken, weak, or in use by anyone; 403 for a token that may not write repositories */
export async function addKey(
  ctx: Context,
  me: UserActor,
  input: { readonly title: string; readonly key: string },
): Promise<Key> {
  enforce(mayAddKey(ctx.actor));
  const parsed = await parsePublicKey(input.key);
  return transact(ctx, async (tx) => {
    await lockHolder(tx, me.user);
    const [held] = await tx.db.select({ count: count() }).from(sshKeys).where(eq(sshKeys.userId, me.user.id));
    if ((held?.count ?? 0) >= keysAtMost)
      throw unprocessable(`You have ${keysAtMost} keys; delete one you no longer need`);
    const [row] = await tx.db
      .insert(sshKeys)
      .values({ ...parsed, title: input.title, userId: me.user.id, createdAt: tx.clock.now() })
      .returning();
    if (!row) throw new Error("the insert answered no row");
    await emit(tx, keyAdded, { subjectId: row.id }, describedKey(me.user, row));
    return row;
  });
}

/** @throws Refusal 404 for a key that is not this person's */
export async function deleteKey(ctx: Context, me: UserActor, apiId: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await tx.db
      .delete(sshKeys)
      .where(and(eq(sshKeys.apiId, apiId), eq(sshKeys.userId, me.user.id)))
      .returning();
    if (!row) throw notFound();
    await emit(tx, keyRemoved, { subjectId: row.id }, describedKey(me.user, row));
  });
}

const describedKey = (holder: Holder, row: Key) => ({
  user_id: holder.id,
  login: holder.login,
  key_id: row.id,
  fingerprint: row.fingerprint,
});
