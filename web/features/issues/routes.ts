import { CircleDot } from "lucide-react";
import { issuesGet, webGetIssuesPage } from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { pageIn } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { repositoryLayout, type RepositorySubject } from "../repositories/layout.ts";
import { issueQuery, issuesPath, listQuery, newQuery } from "./at.ts";

export const issuesPage = pageIn(repositoryLayout, {
  path: "issues",
  queries: ({ params, search }) => ({ list: listQuery(params, search) }),
  title: ({ params }) => `Issues · ${params.owner}/${params.repo}`,
});

export const newIssuePage = pageIn(repositoryLayout, {
  path: "issues/new",
  queries: ({ params }) => ({ draft: newQuery(params) }),
  title: ({ params }) => `New issue · ${params.owner}/${params.repo}`,
});

export const issuePage = pageIn(repositoryLayout, {
  path: "issues/$number",
  queries: ({ params, search }) => ({ page: issueQuery(params, search) }),
  title: ({ params, data }) =>
    `${data.page.issue.title} · #${params.number} · ${params.owner}/${params.repo}`,
});

export const issues: Feature = {
  name: "issues",
  routes: [
    issuesPage.shows(() => import("./issues-page.tsx")),
    newIssuePage.shows(() => import("./new-issue-page.tsx")),
    issuePage.shows(() => import("./issue-page.tsx")),
  ],
  entries: [
    {
      place: "repository",
      name: "issues",
      label: "Issues",
      icon: CircleDot,
      order: 20,
      keys: "g i",
      href: ({ owner = "", repo = "" }) => path`/${owner}/${repo}/issues`,
      also: ({ owner = "", repo = "" }) =>
        ["labels", "milestones", "milestone"].map((page) => path`/${owner}/${repo}/${page}`),
      count: (subject) => (subject as RepositorySubject).open.issues,
    },
  ],
  palette: ({ params: { owner, repo }, go, api }) => ({
    group: "Issues",
    items: () =>
      owner === undefined || repo === undefined
        ? []
        : [
            {
              id: "new-issue",
              title: "New issue",
              words: "create report bug",
              hint: `${owner}/${repo}`,
              keys: "c",
              run: () => go(`${issuesPath({ owner, repo })}/new`),
            },
          ],
    search: async (text) => {
      if (owner === undefined || repo === undefined) return [];
      const number = /^#?(\d{1,9})$/.exec(text.trim())?.[1];
      const found =
        number === undefined
          ? (
              await webGetIssuesPage(api.call, {
                owner,
                repo,
                q: text.slice(0, 256),
                per_page: 8,
              })
            ).data.issues
          : await issuesGet(api.call, { owner, repo, issue_number: number }).then(
              ({ data }) => [data],
              () => [],
            );
      return found.map((issue) => ({
        id: `issue-${issue.id}`,
        title: issue.title,
        hint: `#${issue.number}`,
        words: text,
        href: `${issuesPath({ owner, repo })}/${issue.number}`,
      }));
    },
  }),
};
