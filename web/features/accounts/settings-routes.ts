import {
  sessionsList,
  tokensList,
  usersGetAuthenticated,
  usersListPublicSshKeysForAuthenticatedUser,
} from "../../../api/client.gen.ts";
import { goTo, page, pageIn } from "../../app/page.tsx";
import { apiListQuery, apiQuery } from "../../app/query.ts";

export const settingsLayout = page({ path: "/settings", title: "Settings" });

export const settingsStart = pageIn(settingsLayout, {
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
