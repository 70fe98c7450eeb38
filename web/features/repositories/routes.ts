import { Compass, House, Plus, Settings, Trash2 } from "lucide-react";
import {
  orgsListForAuthenticatedUser,
  protectionListRules,
  reposListCollaborators,
  reposListDeleted,
  reposGetUpkeep,
  reposListForks,
  webExplore,
  webMine,
  webRefs,
  webRepositoryTeams,
} from "../../../api/client.gen.ts";
import { ApiError } from "../../app/api.ts";
import type { Feature } from "../../app/feature.ts";
import { frameQuery, type Frame } from "../../app/frame.ts";
import { goTo, page, pageIn } from "../../app/page.tsx";
import { apiListQuery, apiQuery } from "../../app/query.ts";
import { signInHref } from "../../app/site.ts";
import { path } from "../../app/paths.ts";
import { latestQuery } from "../activity/queries.ts";
import { settingsLayout } from "../accounts/settings-routes.ts";
import { repositoryLayout, repositoryQuery, type RepositorySubject } from "./layout.ts";
import { waiting, waitingQuery } from "./waiting-queries.ts";
import { kindOf, sortOf } from "./sorts.ts";

const listQuery = (search: URLSearchParams) => ({
  q: search.get("q") ?? undefined,
  sort: sortOf(search),
  kind: kindOf(search),
  cursor: search.get("cursor") ?? undefined,
});

export const startPage = page({
  path: "/",
  title: "",
  before: async ({ read }) => {
    const { setup_needed: setUp, viewer } = await read(frameQuery);
    if (setUp) throw goTo("/setup");
    if (!viewer) return;
    await Promise.all([read(latestQuery), ...waiting.map(({ q }) => read(waitingQuery(q)))]);
  },
  queries: ({ search }) => ({
    mine: apiListQuery((call) => webMine(call, listQuery(search))),
    found: apiListQuery((call) => webExplore(call, { per_page: 10 })),
  }),
});

export const explorePage = page({
  path: "/explore",
  title: "Explore",
  queries: ({ search }) => ({ found: apiListQuery((call) => webExplore(call, listQuery(search))) }),
});

export const newRepositoryPage = page({
  path: "/new",
  title: "New repository",
  before: async ({ read }) => {
    if (!(await read(frameQuery)).viewer) throw goTo(signInHref("/new"));
  },
});

export const forkPage = pageIn(repositoryLayout, {
  path: "fork",
  before: async ({ params, read }) => {
    if (!(await read(frameQuery)).viewer) throw goTo(signInHref(path`/${params.owner}/${params.repo}/fork`));
  },
  queries: ({ params }) => ({
    home: repositoryQuery(params),
    organizations: apiListQuery((call) => orgsListForAuthenticatedUser(call, { per_page: 100 })),
  }),
  title: ({ params }) => `Fork ${params.owner}/${params.repo}`,
});

export const generatePage = pageIn(repositoryLayout, {
  path: "generate",
  before: async ({ params, read }) => {
    if (!(await read(frameQuery)).viewer)
      throw goTo(signInHref(path`/${params.owner}/${params.repo}/generate`));
  },
  queries: ({ params }) => ({
    home: repositoryQuery(params),
    organizations: apiListQuery((call) => orgsListForAuthenticatedUser(call, { per_page: 100 })),
  }),
  title: ({ params }) => `New repository from ${params.owner}/${params.repo}`,
});

export const forksPage = pageIn(repositoryLayout, {
  path: "forks",
  queries: ({ params, search }) => ({
    forks: apiListQuery((call) =>
      reposListForks(call, { ...params, cursor: search.get("cursor") ?? undefined }),
    ),
  }),
  title: ({ params }) => `Forks of ${params.owner}/${params.repo}`,
});

export const repositorySettingsPage = pageIn(repositoryLayout, {
  path: "settings",
  before: async ({ params, read }) => {
    const { can } = await read(repositoryQuery(params));
    if (can.administer === true) return;
    const { viewer } = await read(frameQuery);
    throw new ApiError(viewer ? 403 : 401, can.administer);
  },
  queries: ({ params }) => ({
    home: repositoryQuery(params),
    refs: apiQuery((call) => webRefs(call, params)),
    people: apiListQuery((call) =>
      reposListCollaborators(call, { ...params, affiliation: "direct", per_page: 100 }),
    ),
    teams: apiQuery((call) => webRepositoryTeams(call, params)),
    rules: apiQuery((call) => protectionListRules(call, params)),
    upkeep: apiQuery((call) => reposGetUpkeep(call, params)),
  }),
  title: ({ params }) => `Settings · ${params.owner}/${params.repo}`,
});

export const deletedPage = pageIn(settingsLayout, {
  path: "deleted",
  queries: ({ search }) => ({
    deleted: apiListQuery((call) => reposListDeleted(call, { cursor: search.get("cursor") ?? undefined })),
  }),
  title: "Deleted repositories",
});

export const repositories: Feature = {
  name: "repositories",
  routes: [
    startPage.shows(() => import("./start-page.tsx")),
    explorePage.shows(() => import("./explore-page.tsx")),
    newRepositoryPage.shows(() => import("./new-repository-page.tsx")),
    repositoryLayout.shows(() => import("./layout-page.tsx")),
    forkPage.shows(() => import("./fork-page.tsx")),
    generatePage.shows(() => import("./generate-page.tsx")),
    forksPage.shows(() => import("./forks-page.tsx")),
    repositorySettingsPage.shows(() => import("./settings-page.tsx")),
    deletedPage.shows(() => import("./deleted-page.tsx")),
  ],
  entries: [
    { place: "rail", name: "start", label: "Home", icon: House, order: 10, keys: "g h", href: () => "/" },
    {
      place: "rail",
      name: "explore",
      label: "Explore",
      icon: Compass,
      order: 60,
      keys: "g e",
      href: () => "/explore",
    },
    {
      place: "rail",
      name: "new",
      label: "New repository",
      icon: Plus,
      order: 70,
      href: () => "/new",
      shown: (frame) => (frame as Frame).viewer !== null,
    },
    {
      place: "repository",
      name: "settings",
      label: "Settings",
      icon: Settings,
      order: 900,
      href: ({ owner = "", repo = "" }) => path`/${owner}/${repo}/settings`,
      shown: (subject) => (subject as RepositorySubject).can.administer === true,
    },
    {
      place: "settings",
      name: "deleted",
      label: "Deleted repositories",
      icon: Trash2,
      order: 80,
      href: () => "/settings/deleted",
    },
  ],
  palette: ({ frame, go, api }) => ({
    group: "Repositories",
    items: () =>
      frame.viewer
        ? [{ id: "new-repository", title: "New repository", words: "create", run: () => go("/new") }]
        : [],
    search: async (text) => {
      const { data } = await webExplore(api.call, { q: text, per_page: 8 });
      return data.map((repo) => ({
        id: `repository-${repo.id}`,
        title: repo.full_name,
        hint: repo.private ? "private" : undefined,
        href: path`/${repo.owner.login}/${repo.name}`,
      }));
    },
  }),
};
