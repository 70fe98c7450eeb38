import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const who = { user_id: z.string(), login: z.string() };

export const userCreated = eventType("user.created", z.object(who));
export const userUpdated = eventType("user.updated", z.object(who));
export const userRenamed = eventType("user.renamed", z.object({ ...who, previous_login: z.string() }));
export const userSuspended = eventType("user.suspended", z.object({ ...who, reason: z.string().nullable() }));
export const userRestored = eventType("user.restored", z.object(who));
export const roleChanged = eventType(
  "user.role-changed",
  z.object({ ...who, role: z.string(), previous_role: z.string() }),
);
export const signedInto = eventType("user.signed-in", z.object(who));
export const passwordChanged = eventType(
  "user.password-changed",
  z.object({ ...who, by: z.enum(["reset", "change"]) }),
);
const key = { ...who, key_id: z.string(), fingerprint: z.string() };
export const keyAdded = eventType("ssh-key.added", z.object(key));
export const keyRemoved = eventType("ssh-key.removed", z.object(key));
const token = { ...who, token_id: z.string(), name: z.string(), scopes: z.array(z.string()) };
export const tokenCreated = eventType("token.created", z.object(token));
export const tokenRevoked = eventType("token.revoked", z.object(token));
const invitation = { invitation_id: z.string(), email: z.string() };
export const invitationCreated = eventType("invitation.created", z.object(invitation));
export const invitationAccepted = eventType("invitation.accepted", z.object({ ...invitation, ...who }));
export const invitationRevoked = eventType("invitation.revoked", z.object(invitation));
export const settingsChanged = eventType(
  "settings.changed",
  z.object({ sign_up: z.string(), outbound_allow: z.array(z.string()) }).partial(),
);
