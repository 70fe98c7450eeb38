import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { administrator, created, nothing, route } from "../../../kernel/http/route.ts";
import type { Context } from "../../../kernel/context.ts";
import { outboundAllow, readOutboundAllow } from "../../../kernel/egress/index.ts";
import { isUuid } from "../../../kernel/ids.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { adminUserShape, adminUserView, invitationShape, invitationView } from "../administration-views.ts";
import {
  changeAccount,
  invite,
  revokeInvitation,
  setOutboundAllow,
  setSignUpPolicy,
} from "../commands/administration.ts";
import { email, singleLine } from "../input.ts";
import { roles } from "../policy.ts";
import { getAccount, listAccounts, listInvitations } from "../administration-queries.ts";
import { getUser } from "../queries.ts";
import { readSignUpPolicy, signUpPolicy } from "../settings.ts";

const listUsers = route({
  method: "GET",
  path: "/admin/users",
  operation: "admin/list-users",
  summary: "All accounts, newest first",
  access: administrator,
  query: z.object({
    ...pagingQuery,
    q: z.string().trim().max(254).optional().describe("Part of a login, name or e-mail address"),
    role: z.enum(roles).optional(),
    suspended: z.enum(["true", "false"]).optional(),
  }),
  answer: z.array(adminUserShape),
  handle: async ({ ctx, query }) => {
    const suspended = query.suspended === undefined ? undefined : query.suspended === "true";
    const page = await listAccounts(ctx, query, { text: query.q, role: query.role, suspended });
    return mapPage(page, (account) => adminUserView(ctx, account));
  },
});

const updateUser = route({
  method: "PATCH",
  path: "/admin/users/{username}",
  operation: "admin/update-user",
  summary: "Suspend or restore an account, or change its role; suspending ends its sessions",
  access: administrator,
  body: z.object({
    role: z.enum(roles).optional(),
    suspended: z.boolean().optional(),
    reason: singleLine(500).nullable().optional().describe("Shown to the suspended person"),
  }),
  answer: adminUserShape,
  handle: async ({ ctx, params, body }) => {
    const { id } = await getUser(ctx, params.username);
    await changeAccount(ctx, id, body);
    return adminUserView(ctx, await getAccount(ctx, id));
  },
});

const settingsShape = z.object({ sign_up: signUpPolicy, outbound_allow: z.array(z.string()) });

const settings = async (ctx: Context): Promise<z.input<typeof settingsShape>> => ({
  sign_up: await readSignUpPolicy(ctx),
  outbound_allow: await readOutboundAllow(ctx.database),
});

const getSettings = route({
  method: "GET",
  path: "/admin/settings",
  operation: "admin/get-settings",
  summary: "The settings of the instance",
  access: administrator,
  answer: settingsShape,
  handle: ({ ctx }) => settings(ctx),
});

const updateSettings = route({
  method: "PATCH",
  path: "/admin/settings",
  operation: "admin/update-settings",
  summary: "Change the settings of the instance",
  access: administrator,
  body: z.object({ sign_up: signUpPolicy.optional(), outbound_allow: outboundAllow.optional() }),
  answer: settingsShape,
  handle: async ({ ctx, body }) => {
    if (body.sign_up !== undefined) await setSignUpPolicy(ctx, body.sign_up);
    if (body.outbound_allow !== undefined) await setOutboundAllow(ctx, body.outbound_allow);
    return settings(ctx);
  },
});

const listPending = route({
  method: "GET",
  path: "/admin/invitations",
  operation: "admin/list-invitations",
  summary: "Invitations, newest first",
  access: administrator,
  query: z.object(pagingQuery),
  answer: z.array(invitationShape),
  handle: async ({ ctx, query }) =>
    mapPage(await listInvitations(ctx, query), (row) => invitationView(ctx, row)),
});

const inviteSomebody = route({
  method: "POST",
  path: "/admin/invitations",
  operation: "admin/create-invitation",
  summary: "Invite an address; the link goes there by mail, works once and for seven days",
  access: administrator,
  body: z.object({ email }),
  answer: invitationShape,
  status: 201,
  handle: async ({ ctx, body }) => {
    const view = invitationView(ctx, await invite(ctx, body.email));
    return created(view, `${ctx.config.url}/api/v3/admin/invitations/${view.id}`);
  },
});

const withdraw = route({
  method: "DELETE",
  path: "/admin/invitations/{invitation_id}",
  operation: "admin/delete-invitation",
  summary: "Withdraw an invitation that was not accepted yet",
  access: administrator,
  answer: nothing,
  status: 204,
  handle: ({ ctx, params }) => {
    if (!isUuid(params.invitation_id)) throw notFound();
    return revokeInvitation(ctx, params.invitation_id);
  },
});

export const administrationRoutes = [
  listUsers,
  updateUser,
  getSettings,
  updateSettings,
  listPending,
  inviteSomebody,
  withdraw,
];
