import { Globe } from "lucide-react";
import { adminGetSettings, mirrorsList } from "../../../api/client.gen.ts";
import { ApiError } from "../../app/api.ts";
import type { Feature } from "../../app/feature.ts";
import { frameQuery } from "../../app/frame.ts";
import { goTo, page, pageIn } from "../../app/page.tsx";
import { apiQuery } from "../../app/query.ts";
import { signInHref } from "../../app/site.ts";
import { adminLayout } from "../accounts/admin-routes.ts";
import { repositoryLayout, repositoryQuery } from "../repositories/layout.ts";

export const importPage = page({
  path: "/new/import",
  title: "Import a repository",
  before: async ({ read }) => {
    if (!(await read(frameQuery)).viewer) throw goTo(signInHref("/new/import"));
  },
});

export const mirrorsPage = pageIn(repositoryLayout, {
  path: "settings/mirrors",
  before: async ({ params, read }) => {
    const { can } = await read(repositoryQuery(params));
    if (can.administer === true) return;
    throw new ApiError((await read(frameQuery)).viewer ? 403 : 401, can.administer);
  },
  queries: ({ params }) => ({
    home: repositoryQuery(params),
    mirrors: apiQuery((call) => mirrorsList(call, params)),
  }),
  title: ({ params }) => `Mirrors · ${params.owner}/${params.repo}`,
});

export const outboundPage = pageIn(adminLayout, {
  path: "outbound",
  queries: () => ({ settings: apiQuery((call) => adminGetSettings(call)) }),
  title: "Outbound · Administration",
});

/** What comes from servers elsewhere, and goes there. */
export const remotes: Feature = {
  name: "remotes",
  routes: [
    importPage.shows(() => import("./import-page.tsx")),
    mirrorsPage.shows(() => import("./mirrors-page.tsx")),
    outboundPage.shows(() => import("./outbound-page.tsx")),
  ],
  entries: [
    {
      place: "admin",
      name: "outbound",
      label: "Outbound",
      icon: Globe,
      order: 25,
      href: () => "/admin/outbound",
    },
  ],
  palette: ({ frame, go }) => ({
    group: "Repositories",
    items: () =>
      frame.viewer
        ? [
            {
              id: "import-repository",
              title: "Import a repository",
              words: "clone mirror url",
              run: () => go("/new/import"),
            },
          ]
        : [],
  }),
};
