import { z } from "zod";
import type { Config } from "../../kernel/config.ts";
import type { Context } from "../../kernel/context.ts";
import type { Account, Invitation } from "./administration-queries.ts";
import { roles } from "./policy.ts";
import { simpleUser, simpleUserShape } from "./views.ts";

export const adminUserShape = simpleUserShape.extend({
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  suspended: z.boolean(),
  suspended_at: z.string().nullable(),
  suspended_reason: z.string().nullable(),
  created_at: z.string(),
});

export const adminUserView = (
  place: { readonly config: Config },
  account: Account,
): z.infer<typeof adminUserShape> => ({
  ...simpleUser(place, account),
  name: account.name,
  email: account.email,
  role: account.role,
  suspended: account.suspended,
  suspended_at: account.suspendedAt?.toISOString() ?? null,
  suspended_reason: account.suspendedReason,
  created_at: account.createdAt.toISOString(),
});

export const invitationShape = z.object({
  id: z.string(),
  email: z.string(),
  state: z.enum(["pending", "accepted", "expired"]),
  expires_at: z.string(),
  accepted_at: z.string().nullable(),
  created_at: z.string(),
});

/** The token is in the mail, and only there. */
export function invitationView(ctx: Context, row: Invitation): z.infer<typeof invitationShape> {
  const over = row.expiresAt <= ctx.clock.now();
  return {
    id: row.id,
    email: row.email,
    state: row.acceptedAt ? "accepted" : over ? "expired" : "pending",
    expires_at: row.expiresAt.toISOString(),
    accepted_at: row.acceptedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}
