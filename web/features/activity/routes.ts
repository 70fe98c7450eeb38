import { Activity } from "lucide-react";
import type { Feature } from "../../app/feature.ts";
import { frameQuery, type Frame } from "../../app/frame.ts";
import { goTo, page, pageIn } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { signInHref } from "../../app/site.ts";
import { repositoryLayout } from "../repositories/layout.ts";
import { feedQuery, repositoryFeedQuery } from "./queries.ts";

export const feedPage = page({
  path: "/activity",
  before: async ({ read }) => {
    if (!(await read(frameQuery)).viewer) throw goTo(signInHref("/activity"));
  },
  queries: ({ search }) => ({ feed: feedQuery(search) }),
  title: "Activity",
});

export const repositoryFeedPage = pageIn(repositoryLayout, {
  path: "activity",
  queries: ({ params, search }) => ({ feed: repositoryFeedQuery(params, search) }),
  title: ({ params }) => `Activity · ${params.owner}/${params.repo}`,
});

export const activity: Feature = {
  name: "activity",
  routes: [
    feedPage.shows(() => import("./feed-page.tsx")),
    repositoryFeedPage.shows(() => import("./repository-feed-page.tsx")),
  ],
  entries: [
    {
      place: "rail",
      name: "activity",
      label: "Activity",
      icon: Activity,
      order: 20,
      keys: "g a",
      href: () => "/activity",
      shown: (frame) => (frame as Frame).viewer !== null,
    },
    {
      place: "repository",
      name: "activity",
      label: "Activity",
      icon: Activity,
      order: 80,
      href: ({ owner = "", repo = "" }) => path`/${owner}/${repo}/activity`,
    },
  ],
};
