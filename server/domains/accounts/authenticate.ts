/**
 * Whose credentials these are. Every door asks here: the API and the pages, git over HTTP and SSH. One query a request;
 * when a credential was last used is written at most once a minute, a session's end at most once an hour.
 */
import { and, eq, sql } from "drizzle-orm";
import { anonymous, type ActingUser, type Actor, type Scope, type UserActor } from "../../kernel/actor.ts";
import type { Services } from "../../kernel/context.ts";
import { parseToken, sha256Hex } from "../../kernel/crypto/index.ts";
import { forbidden, unauthorized } from "../../kernel/errors.ts";
import { keptBeside } from "../../kernel/freshness.ts";
import type { Credentials } from "../../kernel/http/credentials.ts";
import { readSessionCookie } from "./cookies.ts";
import { checkTries, countFailure } from "./failures.ts";
import { verifyPassword } from "./passwords.ts";
import { account, owners, personalAccessTokens, session, sshKeys, user } from "./schema.ts";
import { fingerprintOf } from "./ssh-keys.ts";

/** What personal access tokens begin with. */
export const tokenPrefix = "wit";
/** A session ends after this long without a request. */
export const sessionLifetimeMs = 7 * 86_400_000;
const sessionTouchMs = 3_600_000;
const touchMs = 60_000;

const acting = {
  id: user.id,
  apiId: owners.apiId,
  login: owners.login,
  name: user.name,
  email: user.email,
  role: sql<ActingUser["role"]>`${user.role}`,
};
const standing = { suspended: user.suspended, suspendedReason: user.suspendedReason };

/** @throws Refusal 403 that says so, to someone who has proved who they are */
export function refuseSuspended(person: {
  readonly suspended: boolean;
  readonly suspendedReason: string | null;
}): void {
  if (!person.suspended) return;
  throw forbidden(
    `Your account is suspended${person.suspendedReason ? `: ${person.suspendedReason}` : ""}. Ask an administrator`,
  );
}

/**
 * The actor behind a request's credentials. A cookie that is not (or no longer) good is the same as none: a visitor whose
 * session ended still reads what is public. A header that is not good is refused.
 *
 * @throws Refusal 401 for a wrong, revoked or expired token or password, 403 for a suspended account, 429 after too many tries
 */
export async function authenticate(
  services: Services,
  credentials: Credentials,
  _headers?: Headers,
): Promise<Actor> {
  switch (credentials.kind) {
    case "none":
      return anonymous;
    case "cookie":
      return bySession(services, credentials.cookie);
    case "token":
      return byToken(services, credentials.token);
    case "basic": {
      const { username, password } = credentials;
      if (parseToken(password)?.prefix === tokenPrefix) return byToken(services, password);
      // `https://TOKEN@host/` and `TOKEN:x-oauth-basic`, as git is often configured.
      if (parseToken(username)?.prefix === tokenPrefix) return byToken(services, username);
      const found = await checkSignIn(services, username, password);
      refuseSuspended(found);
      return { kind: "user", user: found.user, via: "password", scopes: "all" };
    }
    default:
      return anonymous;
  }
}

async function bySession(services: Services, cookie: string): Promise<Actor> {
  const token = readSessionCookie(services.config, cookie);
  if (token === null) return anonymous;
  const now = services.clock.now();
  const hash = sha256Hex(token);
  const row = await keptSessions(services).get(hash, () => sessionOf(services, hash));
  if (!row || row.expiresAt <= now || row.suspended) return anonymous;
  const expiresAt = new Date(now.getTime() + sessionLifetimeMs);
  if (expiresAt.getTime() - row.expiresAt.getTime() > sessionTouchMs) {
    await remember(
      services,
      services.database.update(session).set({ expiresAt, updatedAt: now }).where(eq(session.id, row.id)),
    );
    services.freshness.written();
  }
  return { kind: "user", user: row.user, via: "session", scopes: "all", sessionId: row.id };
}

const keptSessions = keptBeside<Awaited<ReturnType<typeof sessionOf>>>(5_000);

async function sessionOf(services: Services, hash: string) {
  const [row] = await services.database
    .select({ user: acting, ...standing, id: session.id, expiresAt: session.expiresAt })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .innerJoin(owners, eq(owners.id, user.id))
    .where(eq(session.token, hash));
  return row ?? null;
}

async function byToken(services: Services, token: string): Promise<Actor> {
  // A token of the wrong shape is known as wrong without a query.
  if (parseToken(token)?.prefix !== tokenPrefix) throw unauthorized("Bad credentials");
  const now = services.clock.now();
  const hash = sha256Hex(token);
  const row = await keptTokens(services).get(hash, () => tokenOf(services, hash));
  if (!row) throw unauthorized("Bad credentials: this token does not exist or was revoked");
  if (row.expiresAt && row.expiresAt <= now)
    throw unauthorized(`This token expired on ${row.expiresAt.toISOString()}`);
  refuseSuspended(row);
  if (isStale(row.lastUsedAt, now)) {
    const mine = eq(personalAccessTokens.id, row.id);
    await remember(
      services,
      services.database.update(personalAccessTokens).set({ lastUsedAt: now }).where(mine),
    );
    services.freshness.written();
  }
  return {
    kind: "user",
    user: row.user,
    via: "token",
    scopes: new Set(row.scopes as Scope[]),
    tokenId: row.id,
  };
}

const keptTokens = keptBeside<Awaited<ReturnType<typeof tokenOf>>>(5_000);

async function tokenOf(services: Services, hash: string) {
  const [row] = await services.database
    .select({
      user: acting,
      ...standing,
      id: personalAccessTokens.id,
      scopes: personalAccessTokens.scopes,
      expiresAt: personalAccessTokens.expiresAt,
      lastUsedAt: personalAccessTokens.lastUsedAt,
    })
    .from(personalAccessTokens)
    .innerJoin(user, eq(user.id, personalAccessTokens.userId))
    .innerJoin(owners, eq(owners.id, user.id))
    .where(eq(personalAccessTokens.tokenHash, hash));
  return row ?? null;
}

/**
 * The person of a name or e-mail address and a password. Nobody learns whether the name or the password was wrong, not even
 * from the time it takes.
 *
 * @throws Refusal 401, or 429 after too many wrong tries for one account
 */
export async function checkSignIn(services: Services, login: string, password: string) {
  const name = login.trim().toLowerCase();
  const now = services.clock.now();
  const permit = () => checkTries(services, name, now);
  permit();
  const [row] =
    name === "" || name.includes("\0")
      ? []
      : await services.database
          .select({ user: acting, ...standing, hash: account.password })
          .from(user)
          .innerJoin(owners, eq(owners.id, user.id))
          .leftJoin(account, and(eq(account.userId, user.id), eq(account.providerId, "credential")))
          .where(name.includes("@") ? sql`lower(${user.email}) = ${name}` : eq(user.username, name));
  if (!(await verifyPassword(row?.hash, password, permit)) || !row) {
    countFailure(services, name, now);
    throw unauthorized("Wrong name or password");
  }
  return { user: row.user, suspended: row.suspended, suspendedReason: row.suspendedReason };
}

/**
 * The person of an SSH key, or null for a key that nobody has and for a suspended account.
 *
 * @param publicKey the key in wire format (RFC 4253 §6.6), as the client offers it
 * @param proved true once the client has signed with the key: only then was it used
 */
export async function authenticateSshKey(
  services: Services,
  publicKey: Uint8Array,
  proved = true,
): Promise<Actor | null> {
  const [row] = await services.database
    .select({ user: acting, ...standing, id: sshKeys.id, lastUsedAt: sshKeys.lastUsedAt })
    .from(sshKeys)
    .innerJoin(user, eq(user.id, sshKeys.userId))
    .innerJoin(owners, eq(owners.id, user.id))
    .where(eq(sshKeys.fingerprint, fingerprintOf(publicKey)));
  if (!row || row.suspended) return null;
  const now = services.clock.now();
  if (proved && isStale(row.lastUsedAt, now)) {
    await remember(
      services,
      services.database.update(sshKeys).set({ lastUsedAt: now }).where(eq(sshKeys.id, row.id)),
    );
  }
  return { kind: "user", user: row.user, via: "ssh-key", scopes: "all", sshKeyId: row.id };
}

/** Whether what was good when something long began is good by now: nobody was suspended, nothing revoked or expired since. */
export async function isStillGood(services: Services, actor: UserActor): Promise<boolean> {
  const now = services.clock.now();
  const token = sql<boolean>`exists (select 1 from ${personalAccessTokens} where ${personalAccessTokens.id} = ${actor.tokenId ?? null} and (${personalAccessTokens.expiresAt} is null or ${personalAccessTokens.expiresAt} > ${now}))`;
  const held = sql<boolean>`exists (select 1 from ${session} where ${session.id} = ${actor.sessionId ?? null} and ${session.expiresAt} > ${now})`;
  const key = sql<boolean>`exists (select 1 from ${sshKeys} where ${sshKeys.id} = ${actor.sshKeyId ?? null})`;
  const [row] = await services.database
    .select({ suspended: user.suspended, token, held, key })
    .from(user)
    .where(eq(user.id, actor.user.id));
  if (!row || row.suspended) return false;
  if (actor.tokenId !== undefined) return row.token;
  if (actor.sessionId !== undefined) return row.held;
  return actor.sshKeyId === undefined || row.key;
}

const isStale = (at: Date | null, now: Date) => at === null || now.getTime() - at.getTime() >= touchMs;

/** Writes when something was used. That a full disk or a lock refuses it must not keep anyone out. */
async function remember(services: Services, write: PromiseLike<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    services.log.warn({ error: String(error) }, "the last use of a credential was not written");
  }
}

/**
 * The person for whom a job goes on with what they began, with the rights that they have by now on repositories and with no
 * others. Null once they are gone or suspended.
 */
export async function actorOf(ctx: Pick<Services, "database">, userId: string): Promise<UserActor | null> {
  const [row] = await ctx.database
    .select({ user: acting, ...standing })
    .from(user)
    .innerJoin(owners, eq(owners.id, user.id))
    .where(eq(user.id, userId));
  return row && !row.suspended
    ? { kind: "user", user: row.user, via: "token", scopes: new Set(["repo:write", "user:read"]) }
    : null;
}
