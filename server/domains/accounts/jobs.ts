/** Links by mail, and what is thrown away in the night. Tokens are made here, so that they stand in the mail and nowhere else. */
import { and, eq, gt, isNotNull, isNull, like, lt, or, sql } from "drizzle-orm";
import { transact, type Context } from "../../kernel/context.ts";
import { mintToken, sha256Hex } from "../../kernel/crypto/index.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import type { JobType } from "../../kernel/jobs/index.ts";
import { invitations, session, user, verification } from "./schema.ts";

/** What the tokens of reset links begin with. */
export const resetPrefix = "witr";
/** What the tokens of invitations begin with. */
const invitationPrefix = "witi";

const resetLifetimeMs = 3_600_000;
/** One mail a minute for one person, however often the form is sent. */
const resetPauseMs = 60_000;
const day = 86_400_000;

/** The name of a reset's row in `verification`; its `value` is the user's id. */
export const resetIdentifier = (token: string): string => `reset-password:${sha256Hex(token)}`;

/** `{email}`: sends the link to the one account of this address, if there is one. */
export const sendPasswordReset: JobType = {
  name: "accounts.send-password-reset",
  handle: async (ctx, data) => {
    const [person] = await ctx.db
      .select({ id: user.id, name: user.name, email: user.email })
      .from(user)
      .where(and(sql`lower(${user.email}) = ${String(data["email"])}`, eq(user.suspended, false)));
    if (!person) return;
    const token = mintToken(resetPrefix);
    const letter = await ctx.mail.compose({
      letter: "password-reset",
      site: siteOf(ctx),
      name: person.name,
      link: `${ctx.config.url}/reset-password?token=${token}`,
      validFor: "one hour",
    });
    await transact(ctx, async (tx) => {
      const now = tx.clock.now();
      await tx.db.select({ id: user.id }).from(user).where(eq(user.id, person.id)).for("update");
      const [recent] = await tx.db
        .select({ id: verification.id })
        .from(verification)
        .where(
          and(
            eq(verification.value, person.id),
            like(verification.identifier, "reset-password:%"),
            gt(verification.createdAt, new Date(now.getTime() - resetPauseMs)),
          ),
        );
      if (recent) return;
      await tx.db.insert(verification).values({
        id: uuidv7(),
        identifier: resetIdentifier(token),
        value: person.id,
        expiresAt: new Date(now.getTime() + resetLifetimeMs),
        createdAt: now,
        updatedAt: now,
      });
      // Before the commit: when the mail cannot be sent, nothing has happened, and the job is tried again.
      await tx.mail.send({ to: person.email, ...letter });
    });
  },
};

/** `{invitationId}`: makes the invitation's token and sends it; a repeated run replaces the token that was sent before. */
export const sendInvitation: JobType = {
  name: "accounts.send-invitation",
  handle: async (ctx, data) => {
    const pending = and(eq(invitations.id, String(data["invitationId"])), isNull(invitations.acceptedAt));
    const [invitation] = await ctx.db
      .select({ email: invitations.email, inviter: user.name })
      .from(invitations)
      .innerJoin(user, eq(user.id, invitations.invitedById))
      .where(pending);
    if (!invitation) return;
    const token = mintToken(invitationPrefix);
    const letter = await ctx.mail.compose({
      letter: "invitation",
      site: siteOf(ctx),
      inviter: invitation.inviter,
      organization: null,
      link: `${ctx.config.url}/join?token=${token}`,
      validFor: "seven days",
    });
    await transact(ctx, async (tx) => {
      const [still] = await tx.db
        .update(invitations)
        .set({ tokenHash: sha256Hex(token) })
        .where(pending)
        .returning({ id: invitations.id });
      if (still) await tx.mail.send({ to: invitation.email, ...letter });
    });
  },
};

const siteOf = (ctx: Context) => new URL(ctx.config.url).host;

/** Every night: sessions, links and invitations that ended. */
const sweepAccounts: JobType = {
  name: "accounts.sweep",
  schedule: "17 3 * * *",
  handle: async (ctx) => {
    const now = ctx.clock.now();
    await ctx.db.delete(session).where(lt(session.expiresAt, now));
    await ctx.db.delete(verification).where(lt(verification.expiresAt, now));
    const long = new Date(now.getTime() - 30 * day);
    await ctx.db
      .delete(invitations)
      .where(
        or(
          and(lt(invitations.expiresAt, long), isNull(invitations.acceptedAt)),
          and(isNotNull(invitations.acceptedAt), lt(invitations.acceptedAt, long)),
        ),
      );
  },
};

export const jobs: readonly JobType[] = [sendPasswordReset, sendInvitation, sweepAccounts];
