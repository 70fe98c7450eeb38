import { webGetChecksPage } from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { pageIn } from "../../app/page.tsx";
import { apiQuery } from "../../app/query.ts";
import { repositoryLayout } from "../repositories/layout.ts";
import { openedRun } from "./opened-run.ts";

export const checksPage = pageIn(repositoryLayout, {
  path: "checks/$sha",
  queries: ({ params, search }) => ({
    page: apiQuery((call) => webGetChecksPage(call, { ...params, ...openedRun(search) })),
  }),
  title: ({ params, data }) => `Checks of ${data.page.commit.subject} · ${params.owner}/${params.repo}`,
});

export const checks: Feature = {
  name: "checks",
  routes: [checksPage.shows(() => import("./checks-page.tsx"))],
};
