import { GitPullRequest } from "lucide-react";
import type { Feature } from "../../app/feature.ts";
import { goTo, pageIn } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { repositoryLayout, repositoryQuery, type RepositorySubject } from "../repositories/layout.ts";
import { newPullHref, pullsHref } from "./hrefs.ts";
import {
  branchesQuery,
  comparisonQuery,
  conflictsQuery,
  newPullQuery,
  pullChecksQuery,
  pullFilesQuery,
  pullQuery,
  pullRevisionsQuery,
  pullsQuery,
} from "./queries.ts";

export const pullsPage = pageIn(repositoryLayout, {
  path: "pulls",
  queries: ({ params, search }) => ({ list: pullsQuery(params, search) }),
  title: ({ params }) => `Pull requests · ${params.owner}/${params.repo}`,
});

export const newPullStartPage = pageIn(repositoryLayout, {
  // The slash makes it win over the page below it whose rest may be empty.
  path: "pulls/new/",
  // A form without JavaScript names the two in its query.
  before: ({ params, search }) => {
    const [base, head] = [search.get("base"), search.get("head")];
    if (base && head) throw goTo(newPullHref(params, `${base}...${head}`));
  },
  queries: ({ params }) => ({ home: repositoryQuery(params), found: branchesQuery(params) }),
  title: ({ params }) => `New pull request · ${params.owner}/${params.repo}`,
});

export const newPullPage = pageIn(repositoryLayout, {
  path: "pulls/new/$",
  queries: ({ params: { owner, repo, rest }, search }) => ({
    opening: newPullQuery({ owner, repo }, rest, search.get("template") ?? undefined),
    comparison: comparisonQuery({ owner, repo }, rest, search),
    found: branchesQuery({ owner, repo }),
  }),
  title: ({ params }) => `New pull request · ${params.owner}/${params.repo}`,
});

export const pullPage = pageIn(repositoryLayout, {
  path: "pull/$number",
  queries: ({ params, search }) => ({
    page: pullQuery(params, search.get("cursor") ?? undefined, search.get("suggest") ?? undefined),
  }),
  title: ({ params, data }) => `${data.page.pull.title} · #${params.number} · ${params.owner}/${params.repo}`,
});

export const pullCommitsPage = pageIn(repositoryLayout, {
  path: "pull/$number/commits",
  queries: ({ params }) => ({ page: pullQuery(params) }),
  title: ({ params, data }) => `Commits of ${data.page.pull.title} · #${params.number}`,
});

export const pullChecksPage = pageIn(repositoryLayout, {
  path: "pull/$number/checks",
  queries: ({ params, search }) => ({ page: pullChecksQuery(params, search) }),
  title: ({ params, data }) => `Checks of ${data.page.pull.title} · #${params.number}`,
});

export const pullFilesPage = pageIn(repositoryLayout, {
  path: "pull/$number/files",
  queries: ({ params, search }) => ({ page: pullFilesQuery(params, search) }),
  title: ({ params, data }) => `Changes of ${data.page.pull.title} · #${params.number}`,
});

export const pullRevisionsPage = pageIn(repositoryLayout, {
  path: "pull/$number/revisions",
  queries: ({ params, search }) => ({ page: pullRevisionsQuery(params, search) }),
  title: ({ params, data }) => `Revisions of ${data.page.pull.title} · #${params.number}`,
});

export const pullConflictsPage = pageIn(repositoryLayout, {
  path: "pull/$number/conflicts",
  queries: ({ params }) => ({ page: conflictsQuery(params) }),
  title: ({ params, data }) => `Conflicts of ${data.page.pull.title} · #${params.number}`,
});

export const pullRequests: Feature = {
  name: "pull-requests",
  routes: [
    pullsPage.shows(() => import("./list-page.tsx")),
    newPullStartPage.shows(() => import("./new-start-page.tsx")),
    newPullPage.shows(() => import("./new-page.tsx")),
    pullPage.shows(() => import("./conversation-page.tsx")),
    pullCommitsPage.shows(() => import("./commits-page.tsx")),
    pullChecksPage.shows(() => import("./checks-page.tsx")),
    pullConflictsPage.shows(() => import("./conflicts-page.tsx")),
    pullFilesPage.shows(() => import("./files-page.tsx")),
    pullRevisionsPage.shows(() => import("./revisions-page.tsx")),
  ],
  entries: [
    {
      place: "repository",
      name: "pull-requests",
      label: "Pull requests",
      icon: GitPullRequest,
      order: 30,
      keys: "g p",
      href: ({ owner = "", repo = "" }) => pullsHref({ owner, repo }),
      count: (subject) => (subject as RepositorySubject).open.pull_requests,
      also: ({ owner = "", repo = "" }) => [path`/${owner}/${repo}/pull`],
    },
  ],
  palette: ({ params: { owner, repo }, go }) => ({
    group: "Pull requests",
    items: () =>
      owner === undefined || repo === undefined
        ? []
        : [
            {
              id: "new-pull-request",
              title: "New pull request",
              words: "open create merge",
              run: () => go(newPullHref({ owner, repo })),
            },
          ],
  }),
};
