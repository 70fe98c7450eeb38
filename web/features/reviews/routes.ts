import { GitPullRequestArrow } from "lucide-react";
import { reviewsInbox } from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import type { Frame } from "../../app/frame.ts";
import { page } from "../../app/page.tsx";
import { apiQuery } from "../../app/query.ts";

export const reviewsPage = page({
  path: "/reviews",
  queries: () => ({ inbox: apiQuery((call) => reviewsInbox(call)) }),
  title: "Reviews",
});

export const reviews: Feature = {
  name: "reviews",
  routes: [reviewsPage.shows(() => import("./reviews-page.tsx"))],
  entries: [
    {
      place: "rail",
      name: "reviews",
      label: "Reviews",
      icon: GitPullRequestArrow,
      order: 30,
      keys: "g r",
      href: () => "/reviews",
      shown: (frame) => (frame as Frame).viewer !== null,
    },
  ],
};
