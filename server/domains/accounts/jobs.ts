/** Links by mail, and what is thrown away in the night. Tokens are made here, so that they stand in the mail and nowhere else. */
import { and, eq, gt, isNotNull, like, lt, or, sql } from "drizzle-orm";
import { transact } from "../../kernel/context.ts";
import { mintToken, sha256Hex } from "../../kernel/crypto/index.ts";
import { uuidv7 } from "../../kernel/ids.ts";
import type { JobType } from "../../kernel/jobs/index.ts";
import { invitations, session, user, verification } from "./schema.ts";

/** What the tokens of reset links begin with. */
export const resetPrefix = "witr";
/** What the tokens of invitations begin with. */
export const invitationPrefix = "witi";

const resetLifetimeMs = 3_600_000;
/** One mail a minute for one person, however often the form is sent. */
const resetPauseMs = 60_000;
const day = 86_400_000;

/** The name of a reset's row in `verification`; its `value` is the user's id. */
export const resetIdentifier = (token: string): string => `reset-password:${sha256Hex(token)}`;

/** `{email}`: sends the link to the one account of this address, if there is one. */
export const sendPasswordReset: JobType = {
  name: "accounts.send-password-reset",
  handle: (ctx, data) =>
    transact(ctx, async (tx) => {
      const email = String(data["email"]);
      const [person] = await tx.db
        .select({ id: user.id, login: user.displayUsername, email: user.email, suspended: user.suspended })
        .from(user)
        .where(sql`lower(${user.email}) = ${email}`)
        .for("update");
      if (!person || person.suspended) return;
      const now = tx.clock.now();
      const mine = and(eq(verification.value, person.id), like(verification.identifier, "reset-password:%"));
      const [recent] = await tx.db
        .select({ id: verification.id })
        .from(verification)
        .where(and(mine, gt(verification.createdAt, new Date(now.getTime() - resetPauseMs))));
      if (recent) return;
      const token = mintToken(resetPrefix);
      await tx.db.insert(verification).values({
        id: uuidv7(),
        identifier: resetIdentifier(token),
        value: person.id,
        expiresAt: new Date(now.getTime() + resetLifetimeMs),
        createdAt: now,
        updatedAt: now,
      });
      // Before the commit: when the mail cannot be sent, nothing has happened, and the job is tried again.
      await tx.mail.send({
        to: person.email,
        subject: "Set a new password",
        text: [
          `Somebody asked for a new password for ${person.login} at ${tx.config.url}.`,
          `To set one, open this link within an hour:`,
          `${tx.config.url}/reset-password?token=${token}`,
          `If it was not you, do nothing: your password stays as it is.`,
        ].join("\n\n"),
      });
    }),
};

/** `{invitationId}`: makes the invitation's token and sends it; a repeated run replaces the token that was sent before. */
export const sendInvitation: JobType = {
  name: "accounts.send-invitation",
  handle: (ctx, data) =>
    transact(ctx, async (tx) => {
      const token = mintToken(invitationPrefix);
      const [invitation] = await tx.db
        .update(invitations)
        .set({ tokenHash: sha256Hex(token) })
        .where(and(eq(invitations.id, String(data["invitationId"])), sql`${invitations.acceptedAt} is null`))
        .returning();
      if (!invitation) return;
      const [inviter] = await tx.db
        .select({ name: user.name })
        .from(user)
        .where(eq(user.id, invitation.invitedById));
      await tx.mail.send({
        to: invitation.email,
        subject: `An account at ${new URL(tx.config.url).host}`,
        text: [
          `${inviter?.name ?? "An administrator"} invites you to ${tx.config.url}.`,
          `To make your account, open this link within seven days:`,
          `${tx.config.url}/join?token=${token}`,
        ].join("\n\n"),
      });
    }),
};

/** Every night: sessions, links and invitations that ended. */
export const sweepAccounts: JobType = {
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
          and(lt(invitations.expiresAt, long), sql`${invitations.acceptedAt} is null`),
          and(isNotNull(invitations.acceptedAt), lt(invitations.acceptedAt, long)),
        ),
      );
  },
};

export const jobs: readonly JobType[] = [sendPasswordReset, sendInvitation, sweepAccounts];
