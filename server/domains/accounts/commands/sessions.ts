import { and, eq, lt, ne } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import { actingAs, transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { mintToken, sha256Hex } from "../../../kernel/crypto/index.ts";
import { emit } from "../../../kernel/events.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { checkSignIn, refuseSuspended, sessionLifetimeMs } from "../authenticate.ts";
import { sessionPrefix } from "../cookies.ts";
import { signedInto } from "../events.ts";
import { session } from "../schema.ts";

export type Session = Readonly<typeof session.$inferSelect>;

export interface StartedSession {
  readonly session: Session;
  /** For the cookie; it is stored nowhere. */
  readonly token: string;
}

/** Signs a person in, within the transaction that established who they are. The token is always new: none can be planted. */
export async function startSession(
  tx: TransactionContext,
  userId: string,
  userAgent: string | null,
): Promise<StartedSession> {
  const now = tx.clock.now();
  const token = mintToken(sessionPrefix);
  await tx.db.delete(session).where(and(eq(session.userId, userId), lt(session.expiresAt, now)));
  const [row] = await tx.db
    .insert(session)
    .values({
      id: uuidv7(),
      userId,
      token: sha256Hex(token),
      expiresAt: new Date(now.getTime() + sessionLifetimeMs),
      ipAddress: tx.address,
      userAgent: userAgent?.slice(0, 500) ?? null,
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  if (!row) throw new Error("the insert answered no row");
  return { session: row, token };
}

export interface SignIn {
  /** User name or e-mail address. */
  readonly login: string;
  readonly password: string;
  readonly userAgent: string | null;
  /** The session token that the browser held until now: it ends with this sign-in. */
  readonly replaced: string | null;
}

/** @throws Refusal 401 for a wrong name or password, 403 for a suspended account, 429 after too many tries */
export async function signIn(
  ctx: Context,
  input: SignIn,
): Promise<StartedSession & { readonly me: UserActor }> {
  const person = await checkSignIn(ctx, input.login, input.password);
  refuseSuspended(person);
  return transact(ctx, async (tx) => {
    if (input.replaced !== null)
      await tx.db.delete(session).where(eq(session.token, sha256Hex(input.replaced)));
    const started = await startSession(tx, person.user.id, input.userAgent);
    const me: UserActor = {
      kind: "user",
      user: person.user,
      via: "session",
      scopes: "all",
      sessionId: started.session.id,
    };
    await emit(
      actingAs(tx, me),
      signedInto,
      { subjectId: me.user.id },
      { user_id: me.user.id, login: me.user.login },
    );
    return { ...started, me };
  });
}

/** Ends one of a person's sessions. Answers whether it was theirs to end. */
export async function endSession(ctx: Context, me: UserActor, id: string): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const ended = await tx.db
      .delete(session)
      .where(and(eq(session.id, id), eq(session.userId, me.user.id)))
      .returning({ id: session.id });
    return ended.length > 0;
  });
}

/** Ends all sessions of a person but the one they act in. */
export async function endOtherSessions(ctx: Context, me: UserActor): Promise<void> {
  await transact(ctx, (tx) => endSessionsOf(tx, me.user.id, me.sessionId));
}

/** Ends the sessions of a user, in the transaction that took their password or their standing. */
export async function endSessionsOf(tx: TransactionContext, userId: string, except?: string): Promise<void> {
  await tx.db
    .delete(session)
    .where(and(eq(session.userId, userId), except === undefined ? undefined : ne(session.id, except)));
}
