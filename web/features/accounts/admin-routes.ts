import {
  adminGetMailboxMessage,
  adminGetSettings,
  adminListInvitations,
  adminListMailbox,
  adminListUsers,
} from "../../../api/client.gen.ts";
import { goTo, page, pageIn } from "../../app/page.tsx";
import { apiListQuery, apiQuery } from "../../app/query.ts";

export const adminLayout = page({ path: "/admin", title: "Administration" });

export const adminStart = pageIn(adminLayout, {
  path: "/",
  title: "Administration",
  before: () => {
    throw goTo("/admin/users");
  },
});

export const adminUsersPage = pageIn(adminLayout, {
  path: "users",
  queries: ({ search }) => ({
    users: apiListQuery((call) =>
      adminListUsers(call, {
        q: search.get("q") ?? undefined,
        role: oneOf(search.get("role"), ["user", "admin", "superadmin"]),
        suspended: oneOf(search.get("suspended"), ["true", "false"]),
        cursor: search.get("cursor") ?? undefined,
      }),
    ),
  }),
  title: "Users · Administration",
});

export const adminSignUpPage = pageIn(adminLayout, {
  path: "sign-up",
  queries: ({ search }) => ({
    settings: apiQuery((call) => adminGetSettings(call)),
    invitations: apiListQuery((call) =>
      adminListInvitations(call, { cursor: search.get("cursor") ?? undefined }),
    ),
  }),
  title: "Signing up · Administration",
});

export const mailboxPage = pageIn(adminLayout, {
  path: "mailbox",
  queries: () => ({ letters: apiQuery((call) => adminListMailbox(call)) }),
  title: "Mailbox · Administration",
});

export const letterPage = pageIn(adminLayout, {
  path: "mailbox/$id",
  queries: ({ params }) => ({
    letter: apiQuery((call) => adminGetMailboxMessage(call, { message_id: params.id })),
  }),
  title: ({ data }) => `${data.letter.subject} · Mailbox`,
});

function oneOf<const T extends string>(value: string | null, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value);
}
