import {
  KeyRound,
  Mail,
  MonitorSmartphone,
  Settings,
  Ticket,
  User,
  UserPlus,
  Users,
  Wrench,
} from "lucide-react";
import {
  adminGetMailboxMessage,
  adminGetSettings,
  adminListInvitations,
  adminListMailbox,
  adminListUsers,
  sessionsList,
  tokensList,
  usersGetAuthenticated,
  usersListPublicSshKeysForAuthenticatedUser,
} from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { frameQuery, type Frame } from "../../app/frame.ts";
import { goTo, page, pageIn, type Before } from "../../app/page.tsx";
import { apiListQuery, apiQuery } from "../../app/query.ts";
import { signInPath, signUpPath } from "../../app/site.ts";
import { returnTo } from "./return-to.ts";

/** Who is signed in already has nothing to do here. */
const forGuests = async ({ read, search }: Before<unknown>): Promise<void> => {
  const frame = await read(frameQuery);
  if (frame.viewer) throw goTo(returnTo(search));
  if (frame.setup_needed) throw goTo("/setup");
};

const setUpPage = page({
  path: "/setup",
  title: "Welcome",
  before: async ({ read }) => {
    if (!(await read(frameQuery)).setup_needed) throw goTo("/");
  },
});

export const signInPage = page({ path: signInPath, title: "Sign in", before: forGuests });
export const signUpPage = page({ path: signUpPath, title: "Create your account", before: forGuests });
export const forgotPasswordPage = page({ path: "/forgot-password", title: "A new password" });
export const resetPasswordPage = page({ path: "/reset-password", title: "A new password" });

export const settingsLayout = page({ path: "/settings", title: "Settings" });

const settingsStart = pageIn(settingsLayout, {
  path: "/",
  title: "Settings",
  before: () => {
    throw goTo("/settings/profile");
  },
});

const me = apiQuery((call) => usersGetAuthenticated(call));

export const profileSettingsPage = pageIn(settingsLayout, {
  path: "profile",
  queries: () => ({ me }),
  title: "Your profile",
});

export const accountSettingsPage = pageIn(settingsLayout, {
  path: "account",
  queries: () => ({ me }),
  title: "Your account",
});

export const sessionsPage = pageIn(settingsLayout, {
  path: "sessions",
  queries: () => ({ sessions: apiQuery((call) => sessionsList(call)) }),
  title: "Where you are signed in",
});

export const keysPage = pageIn(settingsLayout, {
  path: "keys",
  queries: ({ search }) => ({
    keys: apiListQuery((call) =>
      usersListPublicSshKeysForAuthenticatedUser(call, { cursor: search.get("cursor") ?? undefined }),
    ),
  }),
  title: "SSH keys",
});

export const tokensPage = pageIn(settingsLayout, {
  path: "tokens",
  queries: ({ search }) => ({
    tokens: apiListQuery((call) => tokensList(call, { cursor: search.get("cursor") ?? undefined })),
    me,
  }),
  title: "Access tokens",
});

export const adminLayout = page({ path: "/admin", title: "Administration" });

const adminStart = pageIn(adminLayout, {
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

export const accounts: Feature = {
  name: "accounts",
  routes: [
    setUpPage.shows(() => import("./set-up-page.tsx")),
    signInPage.shows(() => import("./sign-in-page.tsx")),
    signUpPage.shows(() => import("./sign-up-page.tsx")),
    forgotPasswordPage.shows(() => import("./forgot-password-page.tsx")),
    resetPasswordPage.shows(() => import("./reset-password-page.tsx")),
    settingsLayout.shows(() => import("./settings-layout.tsx")),
    settingsStart.shows(() => import("./nothing-page.tsx")),
    profileSettingsPage.shows(() => import("./profile-settings-page.tsx")),
    accountSettingsPage.shows(() => import("./account-settings-page.tsx")),
    sessionsPage.shows(() => import("./sessions-page.tsx")),
    keysPage.shows(() => import("./keys-page.tsx")),
    tokensPage.shows(() => import("./tokens-page.tsx")),
    adminLayout.shows(() => import("./admin-layout.tsx")),
    adminStart.shows(() => import("./nothing-page.tsx")),
    adminUsersPage.shows(() => import("./admin-users-page.tsx")),
    adminSignUpPage.shows(() => import("./admin-sign-up-page.tsx")),
    mailboxPage.shows(() => import("./mailbox-page.tsx")),
    letterPage.shows(() => import("./letter-page.tsx")),
  ],
  entries: [
    {
      place: "person",
      name: "profile",
      label: "Your profile",
      icon: User,
      order: 10,
      href: ({ login = "" }) => `/${login}`,
    },
    {
      place: "person",
      name: "settings",
      label: "Settings",
      icon: Settings,
      order: 20,
      keys: "g s",
      href: () => "/settings/profile",
    },
    {
      place: "rail",
      name: "admin",
      label: "Administration",
      icon: Wrench,
      order: 900,
      keys: "g a",
      href: () => "/admin/users",
      shown: (frame) => (frame as Frame).viewer?.site_admin === true,
    },
    {
      place: "settings",
      name: "profile",
      label: "Profile",
      icon: User,
      order: 10,
      href: () => "/settings/profile",
    },
    {
      place: "settings",
      name: "account",
      label: "Account",
      icon: Settings,
      order: 20,
      href: () => "/settings/account",
    },
    {
      place: "settings",
      name: "sessions",
      label: "Sessions",
      icon: MonitorSmartphone,
      order: 30,
      href: () => "/settings/sessions",
    },
    {
      place: "settings",
      name: "keys",
      label: "SSH keys",
      icon: KeyRound,
      order: 40,
      href: () => "/settings/keys",
    },
    {
      place: "settings",
      name: "tokens",
      label: "Access tokens",
      icon: Ticket,
      order: 50,
      href: () => "/settings/tokens",
    },
    { place: "admin", name: "users", label: "Users", icon: Users, order: 10, href: () => "/admin/users" },
    {
      place: "admin",
      name: "sign-up",
      label: "Signing up",
      icon: UserPlus,
      order: 20,
      href: () => "/admin/sign-up",
    },
    {
      place: "admin",
      name: "mailbox",
      label: "Mailbox",
      icon: Mail,
      order: 30,
      href: () => "/admin/mailbox",
    },
  ],
};
