import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { UserActor } from "../../../kernel/actor.ts";
import { actingAs, transact, type Context, type TransactionContext } from "../../../kernel/context.ts";
import { sha256Hex } from "../../../kernel/crypto/index.ts";
import { conflict, forbidden, invalid } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { uuidv7 } from "../../../kernel/ids.ts";
import { invitationAccepted, settingsChanged, userCreated } from "../events.ts";
import { checkLogin, claimLogin, refuseTaken } from "../names.ts";
import { checkPassword, hashPassword } from "../passwords.ts";
import type { Role } from "../policy.ts";
import { getProfile, hasUsers, type Profile } from "../queries.ts";
import { account, invitations, user } from "../schema.ts";
import { readSignUpPolicy, writeSignUpPolicy, type SignUpPolicy } from "../settings.ts";
import { startSession, type StartedSession } from "./sessions.ts";

export interface NewUser {
  readonly login: string;
  readonly email: string;
  readonly password: string;
  readonly name?: string | undefined;
}

export interface SignedUp extends StartedSession {
  readonly profile: Profile;
}

/** Any number that no other lock of ours has: one first administrator, however many ask at once. */
const setupLock = 7_714_001;

/**
 * Makes a user: name, account and password stand or fall together. Who may ask is the caller's matter: sign-up, set-up, and
 * the command line on the server's machine.
 *
 * @throws Refusal 422 for a bad name, address or password; taken names and addresses are refused by their constraints
 */
export async function createUser(
  ctx: Context,
  input: NewUser & { readonly role?: Role; readonly emailVerified?: boolean },
): Promise<Profile> {
  const passwordHash = await prepare(ctx, input);
  return transact(ctx, async (tx) => (await insertUser(tx, input, passwordHash)).profile);
}

/** Checks the input, then hashes: outside of any transaction, because it takes long. `permit` says whether it still matters. */
async function prepare(ctx: Context, input: NewUser, permit?: () => Promise<unknown>): Promise<string> {
  checkLogin(input.login, "User");
  checkPassword(input.password, input.login);
  return hashPassword(input.password, async () => {
    await permit?.();
    await refuseTaken(ctx, input.login);
  });
}

async function insertUser(
  tx: TransactionContext,
  input: NewUser & { readonly role?: Role; readonly emailVerified?: boolean },
  passwordHash: string,
): Promise<{ readonly profile: Profile; readonly me: UserActor }> {
  const id = uuidv7();
  const role = input.role ?? "user";
  const now = tx.clock.now();
  await claimLogin(tx, { id, type: "user", login: input.login, siteAdmin: role !== "user" });
  await tx.db.insert(user).values({
    id,
    name: input.name || input.login,
    email: input.email.toLowerCase(),
    emailVerified: input.emailVerified ?? false,
    username: input.login.toLowerCase(),
    displayUsername: input.login,
    role,
    createdAt: now,
    updatedAt: now,
  });
  await tx.db.insert(account).values({
    id: uuidv7(),
    accountId: id,
    providerId: "credential",
    userId: id,
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  });
  const profile = await getProfile(tx, id);
  const { apiId, login } = profile;
  const me: UserActor = {
    kind: "user",
    user: { id, apiId, login, name: profile.name, email: profile.email, role },
    via: "session",
    scopes: "all",
  };
  const by = tx.actor.kind === "anonymous" ? actingAs(tx, me) : tx;
  await emit(by, userCreated, { subjectId: id }, { user_id: id, login });
  return { profile, me };
}

export interface SignUp extends Omit<NewUser, "email"> {
  /** Not needed with an invitation, which was sent to one. */
  readonly email?: string | undefined;
  readonly invitation?: string | undefined;
  readonly userAgent: string | null;
}

/**
 * A person makes their own account and is signed in. An invitation is used up in the same transaction: of many tries with one
 * link, one makes an account.
 *
 * @throws Refusal 403 where the instance does not allow it, 409 before set-up, 422 for bad input or a used or expired invitation
 */
export async function signUp(ctx: Context, input: SignUp): Promise<SignedUp> {
  const policy = await readSignUpPolicy(ctx);
  if (policy === "closed") throw forbidden("Sign-up is closed; ask an administrator for an account");
  if (policy === "invite" && input.invitation === undefined)
    throw forbidden("Sign-up is by invitation; ask an administrator for one");
  // A plain user as the very first one would leave the instance without an administrator for good.
  if (!(await hasUsers(ctx)))
    throw conflict("This instance is not set up yet: create its administrator first");
  const { invitation } = input;
  const invited = invitation === undefined ? null : await findInvitation(ctx, invitation);
  const email = invited?.email ?? input.email;
  if (email === undefined) throw invalid("User", "email", "An e-mail address is needed", "missing_field");
  const passwordHash = await prepare(ctx, { ...input, email }, async () => {
    if (invitation !== undefined) await findInvitation(ctx, invitation);
  });
  return transact(ctx, async (tx) => {
    const made = await insertUser(tx, { ...input, email, emailVerified: invited !== null }, passwordHash);
    const mine = actingAs(tx, made.me);
    if (invited) await acceptInvitation(mine, invited, made.me);
    const started = await startSession(mine, made.me.user.id, input.userAgent);
    return { ...started, profile: made.profile };
  });
}

type Invitation = typeof invitations.$inferSelect;

const usable = (ctx: Context) =>
  and(isNull(invitations.acceptedAt), gt(invitations.expiresAt, ctx.clock.now()));
const used = () => invalid("User", "invitation", "This invitation was used, withdrawn or has expired");

async function findInvitation(ctx: Context, token: string): Promise<Invitation> {
  const [row] = await ctx.db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, sha256Hex(token)), usable(ctx)));
  if (!row) throw used();
  return row;
}

async function acceptInvitation(
  tx: TransactionContext,
  invitation: Invitation,
  me: UserActor,
): Promise<void> {
  const accepted = await tx.db
    .update(invitations)
    .set({ acceptedAt: tx.clock.now(), acceptedById: me.user.id })
    .where(and(eq(invitations.id, invitation.id), usable(tx)))
    .returning({ id: invitations.id });
  if (accepted.length === 0) throw used();
  await emit(
    tx,
    invitationAccepted,
    { subjectId: invitation.id },
    { invitation_id: invitation.id, email: invitation.email, user_id: me.user.id, login: me.user.login },
  );
}

/**
 * The first administrator, while there is nobody.
 *
 * @throws Refusal 409 once somebody has an account
 */
export async function setUp(
  ctx: Context,
  input: NewUser & { readonly signUp?: SignUpPolicy | undefined; readonly userAgent: string | null },
): Promise<SignedUp> {
  const refuseRepeated = async (where: Context) => {
    if (await hasUsers(where)) throw conflict("This instance is set up already");
  };
  await refuseRepeated(ctx);
  const passwordHash = await prepare(ctx, input, () => refuseRepeated(ctx));
  return transact(ctx, async (tx) => {
    await tx.db.execute(sql`select pg_advisory_xact_lock(${setupLock})`);
    await refuseRepeated(tx);
    const made = await insertUser(tx, { ...input, role: "superadmin" }, passwordHash);
    const mine = actingAs(tx, made.me);
    if (input.signUp !== undefined) {
      await writeSignUpPolicy(mine, input.signUp);
      await emit(mine, settingsChanged, {}, { sign_up: input.signUp });
    }
    const started = await startSession(mine, made.me.user.id, input.userAgent);
    return { ...started, profile: made.profile };
  });
}
