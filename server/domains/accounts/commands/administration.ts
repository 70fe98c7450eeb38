import { randomBytes } from "node:crypto";
import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import { actorId } from "../../../kernel/actor.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { sha256Hex } from "../../../kernel/crypto/index.ts";
import { notFound } from "../../../kernel/errors.ts";
import { emit } from "../../../kernel/events.ts";
import { requireUser } from "../../../kernel/grants.ts";
import {
  invitationCreated,
  invitationRevoked,
  roleChanged,
  settingsChanged,
  userRestored,
  userSuspended,
} from "../events.ts";
import { sendInvitation } from "../jobs.ts";
import { mayChangeAccount, enforce, type AccountChange, type Role } from "../policy.ts";
import type { Invitation } from "../administration-queries.ts";
import { invitations, owners, user } from "../schema.ts";
import { writeOutboundAllow, writeSignUpPolicy, type SignUpPolicy } from "../settings.ts";
import { endSessionsOf } from "./sessions.ts";

const invitationLifetimeMs = 7 * 86_400_000;

/**
 * Changes the role or the standing of an account. All rows that the rule reads are locked first, so that of many demotions at
 * once one superadmin is left. A suspended person's sessions end; every door refuses their tokens and keys.
 *
 * @throws Refusal 403 with the rule that forbids it, 404 for an unknown user
 */
export async function changeAccount(
  ctx: Context,
  userId: string,
  change: AccountChange & { readonly reason?: string | null | undefined },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const by = actorId(ctx.actor);
    const rows = await tx.db
      .select({ id: user.id, role: user.role, suspended: user.suspended, login: user.displayUsername })
      .from(user)
      .where(or(eq(user.role, "superadmin"), inArray(user.id, by === null ? [userId] : [userId, by])))
      .orderBy(asc(user.id))
      .for("update");
    const accounts = rows.map((row) => ({ ...row, role: row.role as Role }));
    const target = accounts.find((row) => row.id === userId);
    if (!target) throw notFound();
    const asking = by === null ? null : accounts.find((row) => row.id === by);
    if (asking === undefined) throw notFound();
    const others = accounts.filter((row) => row.role === "superadmin" && !row.suspended && row.id !== userId);
    enforce(mayChangeAccount(asking, target, change, others.length));
    const who = { user_id: target.id, login: target.login };
    if (change.role !== undefined && change.role !== target.role) {
      await tx.db
        .update(user)
        .set({ role: change.role, updatedAt: tx.clock.now() })
        .where(eq(user.id, userId));
      await tx.db
        .update(owners)
        .set({ siteAdmin: change.role !== "user" })
        .where(eq(owners.id, userId));
      await emit(
        tx,
        roleChanged,
        { subjectId: userId },
        { ...who, role: change.role, previous_role: target.role },
      );
    }
    if (change.suspended === true && !target.suspended) {
      const reason = change.reason ?? null;
      await tx.db
        .update(user)
        .set({
          suspended: true,
          suspendedAt: tx.clock.now(),
          suspendedReason: reason,
          updatedAt: tx.clock.now(),
        })
        .where(eq(user.id, userId));
      await endSessionsOf(tx, userId);
      await emit(tx, userSuspended, { subjectId: userId }, { ...who, reason });
    }
    if (change.suspended === false && target.suspended) {
      await tx.db
        .update(user)
        .set({ suspended: false, suspendedAt: null, suspendedReason: null, updatedAt: tx.clock.now() })
        .where(eq(user.id, userId));
      await emit(tx, userRestored, { subjectId: userId }, who);
    }
  });
}

export async function setSignUpPolicy(ctx: Context, policy: SignUpPolicy): Promise<void> {
  await transact(ctx, async (tx) => {
    await writeSignUpPolicy(tx, policy);
    await emit(tx, settingsChanged, {}, { sign_up: policy });
  });
}

/** Sets what may be reached although it is not of the public internet. Entries are checked where they come in. */
export async function setOutboundAllow(ctx: Context, entries: readonly string[]): Promise<void> {
  await transact(ctx, async (tx) => {
    const allowed = [...new Set(entries)];
    await writeOutboundAllow(tx, allowed);
    await emit(tx, settingsChanged, {}, { outbound_allow: allowed });
  });
}

/** Invites an address. The job that sends the mail makes the token: the database never holds it in clear. */
export async function invite(ctx: Context, email: string): Promise<Invitation> {
  const { user: inviter } = requireUser(ctx.actor);
  return transact(ctx, async (tx) => {
    const now = tx.clock.now();
    const [row] = await tx.db
      .insert(invitations)
      .values({
        email: email.toLowerCase(),
        tokenHash: sha256Hex(randomBytes(32)),
        invitedById: inviter.id,
        expiresAt: new Date(now.getTime() + invitationLifetimeMs),
        createdAt: now,
      })
      .returning();
    if (!row) throw new Error("the insert answered no row");
    await tx.jobs.enqueue(tx, sendInvitation.name, { invitationId: row.id });
    await emit(tx, invitationCreated, { subjectId: row.id }, { invitation_id: row.id, email: row.email });
    return row;
  });
}

/** @throws Refusal 404 for an invitation that does not exist or was accepted */
export async function revokeInvitation(ctx: Context, id: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await tx.db
      .delete(invitations)
      .where(and(eq(invitations.id, id), isNull(invitations.acceptedAt)))
      .returning();
    if (!row) throw notFound();
    await emit(tx, invitationRevoked, { subjectId: row.id }, { invitation_id: row.id, email: row.email });
  });
}
