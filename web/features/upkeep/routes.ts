import { HardDrive } from "lucide-react";
import { adminListRepositories } from "../../../api/client.gen.ts";
import type { Feature } from "../../app/feature.ts";
import { pageIn } from "../../app/page.tsx";
import { apiListQuery } from "../../app/query.ts";
import { adminLayout } from "../accounts/admin-routes.ts";

const words = ["ok", "damaged", "failed", "unchecked"] as const;

export const adminRepositoriesPage = pageIn(adminLayout, {
  path: "repositories",
  queries: ({ search }) => ({
    repositories: apiListQuery((call) =>
      adminListRepositories(call, {
        q: search.get("q") ?? undefined,
        state: words.find((word) => word === search.get("state")),
        cursor: search.get("cursor") ?? undefined,
      }),
    ),
  }),
  title: "Repositories · Administration",
});

export const upkeep: Feature = {
  name: "upkeep",
  routes: [adminRepositoriesPage.shows(() => import("./repositories-page.tsx"))],
  entries: [
    {
      place: "admin",
      name: "repositories",
      label: "Repositories",
      icon: HardDrive,
      order: 15,
      href: () => "/admin/repositories",
    },
  ],
};
