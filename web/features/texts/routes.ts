import { MessageSquareReply } from "lucide-react";
import { savedRepliesList } from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { pageIn } from "../../app/page.tsx";
import { apiQuery } from "../../app/query.ts";
import { settingsLayout } from "../accounts/settings-routes.ts";

export const savedRepliesPage = pageIn(settingsLayout, {
  path: "replies",
  queries: () => ({ replies: apiQuery((call) => savedRepliesList(call)) }),
  title: "Saved replies",
});

export const texts: Feature = {
  name: "texts",
  routes: [savedRepliesPage.shows(() => import("./saved-replies-page.tsx"))],
  entries: [
    {
      place: "settings",
      name: "replies",
      label: "Saved replies",
      icon: MessageSquareReply,
      order: 25,
      href: () => "/settings/replies",
    },
  ],
};
