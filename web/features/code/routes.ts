import { Code } from "lucide-react";
import {
  webBlame,
  webBlob,
  webGetFileNotes,
  webBranches,
  webContributors,
  webDefaultHistory,
  webEdit,
  webHistory,
  webRoot,
  webTags,
  webTree,
} from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { pageIn } from "../../app/page.tsx";
import { path } from "../../app/paths.ts";
import { apiQuery } from "../../app/query.ts";
import { repositoryLayout, repositoryQuery } from "../repositories/layout.ts";
import { commitNamePage, commitPage } from "./commit-routes.ts";
import { comparePage, compareStartPage } from "./compare-routes.ts";
import { codeFound, codeSearchHref } from "./code-search.ts";

const cursorOf = (search: URLSearchParams) => search.get("cursor") ?? undefined;
/** A switch of the address that is not as it is by itself. */
const flagOf = <Value extends string>(search: URLSearchParams, key: string, value: Value) =>
  search.get(key) === value ? value : undefined;
/** A field that was left empty asks for nothing. */
const historyFilter = (search: URLSearchParams) => ({
  cursor: cursorOf(search),
  author: search.get("author") || undefined,
  since: search.get("since") || undefined,
  until: search.get("until") || undefined,
});
const name = ({ owner, repo }: { readonly owner: string; readonly repo: string }) => `${owner}/${repo}`;

export const homePage = pageIn(repositoryLayout, {
  path: "/",
  queries: ({ params, search }) => ({
    home: repositoryQuery(params),
    folder: apiQuery((call) => webRoot(call, { ...params, all: flagOf(search, "all", "1") })),
  }),
  title: ({ params, data }) =>
    data.home.repository.description ? `${name(params)}: ${data.home.repository.description}` : name(params),
});

export const treePage = pageIn(repositoryLayout, {
  path: "tree/$",
  queries: ({ params, search }) => ({
    home: repositoryQuery({ owner: params.owner, repo: params.repo }),
    folder: apiQuery((call) => webTree(call, { ...params, all: flagOf(search, "all", "1") })),
  }),
  title: ({ params, data }) => `${data.folder.path || data.folder.revision.name} · ${name(params)}`,
});

export const blobPage = pageIn(repositoryLayout, {
  path: "blob/$",
  queries: ({ params, search }) => ({
    home: repositoryQuery({ owner: params.owner, repo: params.repo }),
    file: apiQuery((call) => webBlob(call, { ...params, plain: flagOf(search, "plain", "1") })),
    notes: apiQuery((call) => webGetFileNotes(call, params)),
  }),
  title: ({ params, data }) => `${data.file.path} · ${name(params)}`,
});

const placeQuery = (params: { readonly owner: string; readonly repo: string; readonly rest: string }) =>
  apiQuery((call) => webEdit(call, params));

export const editPage = pageIn(repositoryLayout, {
  path: "edit/$",
  queries: ({ params }) => ({ place: placeQuery(params) }),
  fresh: true,
  title: ({ params, data }) => `Edit ${data.place.path} · ${name(params)}`,
});

export const newFilePage = pageIn(repositoryLayout, {
  path: "new/$",
  queries: ({ params }) => ({ place: placeQuery(params) }),
  fresh: true,
  title: ({ params }) => `New file · ${name(params)}`,
});

export const deletePage = pageIn(repositoryLayout, {
  path: "delete/$",
  queries: ({ params }) => ({ place: placeQuery(params) }),
  fresh: true,
  title: ({ params, data }) => `Delete ${data.place.path} · ${name(params)}`,
});

export const uploadPage = pageIn(repositoryLayout, {
  path: "upload/$",
  queries: ({ params }) => ({ place: placeQuery(params) }),
  fresh: true,
  title: ({ params }) => `Upload files · ${name(params)}`,
});

export const blamePage = pageIn(repositoryLayout, {
  path: "blame/$",
  queries: ({ params, search }) => ({
    file: apiQuery((call) => webBlame(call, { ...params, ignore: flagOf(search, "ignore", "0") })),
  }),
  title: ({ params, data }) => `Blame of ${data.file.path} · ${name(params)}`,
});

export const defaultHistoryPage = pageIn(repositoryLayout, {
  // The slash makes it win over the page below it whose rest may be empty.
  path: "commits/",
  queries: ({ params, search }) => ({
    history: apiQuery((call) => webDefaultHistory(call, { ...params, ...historyFilter(search) })),
  }),
  title: ({ params }) => `Commits · ${name(params)}`,
});

export const historyPage = pageIn(repositoryLayout, {
  path: "commits/$",
  queries: ({ params, search }) => ({
    history: apiQuery((call) => webHistory(call, { ...params, ...historyFilter(search) })),
  }),
  title: ({ params, data }) =>
    `Commits of ${data.history.path || data.history.revision.name} · ${name(params)}`,
});

const branchView = (view: string | null) =>
  view === "active" || view === "stale" || view === "yours" ? view : undefined;

export const branchesPage = pageIn(repositoryLayout, {
  path: "branches",
  queries: ({ params, search }) => ({
    found: apiQuery((call) =>
      webBranches(call, {
        ...params,
        cursor: cursorOf(search),
        q: search.get("q") ?? undefined,
        view: branchView(search.get("view")),
      }),
    ),
  }),
  title: ({ params }) => `Branches · ${name(params)}`,
});

export const tagsPage = pageIn(repositoryLayout, {
  path: "tags",
  queries: ({ params, search }) => ({
    found: apiQuery((call) =>
      webTags(call, { ...params, cursor: cursorOf(search), q: search.get("q") ?? undefined }),
    ),
  }),
  title: ({ params }) => `Tags · ${name(params)}`,
});

/** Nothing is searched for without words. */
type SearchReads =
  | { readonly home: ReturnType<typeof repositoryQuery> }
  | { readonly home: ReturnType<typeof repositoryQuery>; readonly tried: ReturnType<typeof codeFound> };

export const codeSearchPage = pageIn(repositoryLayout, {
  path: "search",
  queries: ({ params, search }): SearchReads => ({
    home: repositoryQuery(params),
    ...(search.get("q") ? { tried: codeFound(params, search) } : {}),
  }),
  title: ({ params, search }) => `${search.get("q") ?? "Search"} · ${name(params)}`,
});

export const contributorsPage = pageIn(repositoryLayout, {
  path: "contributors",
  queries: ({ params }) => ({ found: apiQuery((call) => webContributors(call, params)) }),
  title: ({ params }) => `Contributors · ${name(params)}`,
});

export const code: Feature = {
  name: "code",
  routes: [
    homePage.shows(() => import("./home-page.tsx")),
    treePage.shows(() => import("./tree-page.tsx")),
    blobPage.shows(() => import("./blob-page.tsx")),
    editPage.shows(() => import("./edit-page.tsx")),
    newFilePage.shows(() => import("./new-file-page.tsx")),
    deletePage.shows(() => import("./delete-page.tsx")),
    uploadPage.shows(() => import("./upload-page.tsx")),
    blamePage.shows(() => import("./blame-page.tsx")),
    defaultHistoryPage.shows(() => import("./history-page.tsx")),
    historyPage.shows(() => import("./history-page.tsx")),
    commitPage.shows(() => import("./commit-page.tsx")),
    // It always leads on.
    commitNamePage.shows(() => Promise.resolve({ default: () => null })),
    compareStartPage.shows(() => import("./compare-start-page.tsx")),
    comparePage.shows(() => import("./compare-page.tsx")),
    branchesPage.shows(() => import("./branches-page.tsx")),
    tagsPage.shows(() => import("./tags-page.tsx")),
    codeSearchPage.shows(() => import("./code-search-page.tsx")),
    contributorsPage.shows(() => import("./contributors-page.tsx")),
  ],
  palette: ({ go, params: { owner, repo } }) => ({
    group: "Search",
    search: (text) =>
      Promise.resolve(
        owner === undefined || repo === undefined
          ? []
          : [
              {
                id: "search-code",
                title: `Search the code of ${repo} for “${text}”`,
                words: text,
                run: () => go(codeSearchHref({ owner, repo }, { q: text })),
              },
            ],
      ),
  }),
  entries: [
    {
      place: "repository",
      name: "code",
      label: "Code",
      icon: Code,
      order: 10,
      keys: "g c",
      href: ({ owner = "", repo = "" }) => path`/${owner}/${repo}`,
    },
  ],
};
