import {
  issuesGetMilestone,
  issuesListMilestones,
  webGetIssuesPage,
  webRepository,
} from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { pageIn } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { apiListQuery, apiQuery } from "../../app/query.ts";
import { pageOf } from "../issues/at.ts";
import { repositoryLayout } from "../repositories/layout.ts";

interface At {
  readonly owner: string;
  readonly repo: string;
}

const home = ({ owner, repo }: At) => apiQuery((call) => webRepository(call, { owner, repo }));
const issues = (at: At, more: { q?: string; page?: number | undefined; per_page: number }) =>
  apiQuery((call) => webGetIssuesPage(call, { owner: at.owner, repo: at.repo, ...more }));

export const stateIn = (search: URLSearchParams): "open" | "closed" =>
  search.get("state") === "closed" ? "closed" : "open";

export const milestonesPage = pageIn(repositoryLayout, {
  path: "milestones",
  queries: ({ params, search }) => ({
    home: home(params),
    milestones: apiListQuery((call) =>
      issuesListMilestones(call, {
        owner: params.owner,
        repo: params.repo,
        state: stateIn(search),
        cursor: search.get("cursor") ?? undefined,
      }),
    ),
  }),
  title: ({ params }) => `Milestones · ${params.owner}/${params.repo}`,
});

export const milestonePage = pageIn(repositoryLayout, {
  path: "milestone/$number",
  queries: ({ params, search }) => ({
    home: home(params),
    milestone: apiQuery((call) =>
      issuesGetMilestone(call, { owner: params.owner, repo: params.repo, milestone_number: params.number }),
    ),
    list: issues(params, {
      q: `is:${stateIn(search)} milestone:#${params.number}`,
      per_page: 50,
      page: pageOf(search) === 1 ? undefined : pageOf(search),
    }),
  }),
  title: ({ params, data }) => `${data.milestone.title} · ${params.owner}/${params.repo}`,
});

export const milestones: Feature = {
  name: "milestones",
  routes: [
    milestonesPage.shows(() => import("./milestones-page.tsx")),
    milestonePage.shows(() => import("./milestone-page.tsx")),
  ],
  palette: ({ params: { owner, repo } }) => ({
    group: "Go to",
    items: () =>
      owner === undefined || repo === undefined
        ? []
        : [
            {
              id: "go-milestones",
              title: "Milestones",
              words: "plan release",
              href: path`/${owner}/${repo}/milestones`,
            },
          ],
  }),
};
