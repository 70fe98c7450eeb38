import { issuesListLabelsForRepo, webRepository } from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { pageIn } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { apiListQuery, apiQuery } from "../../app/query.ts";
import { repositoryLayout } from "../repositories/layout.ts";

export const labelsPage = pageIn(repositoryLayout, {
  path: "labels",
  queries: ({ params: { owner, repo }, search }) => ({
    home: apiQuery((call) => webRepository(call, { owner, repo })),
    labels: apiListQuery((call) =>
      issuesListLabelsForRepo(call, {
        owner,
        repo,
        per_page: 100,
        cursor: search.get("cursor") ?? undefined,
      }),
    ),
  }),
  title: ({ params }) => `Labels · ${params.owner}/${params.repo}`,
});

export const labels: Feature = {
  name: "labels",
  routes: [labelsPage.shows(() => import("./labels-page.tsx"))],
  palette: ({ params: { owner, repo } }) => ({
    group: "Go to",
    items: () =>
      owner === undefined || repo === undefined
        ? []
        : [{ id: "go-labels", title: "Labels", words: "tags", href: path`/${owner}/${repo}/labels` }],
  }),
};
