import type { Feature } from "../../app/feature.ts";
import { page } from "../../app/page.tsx";
import { issuesFound, kindOf, repositoriesFound, usersFound } from "./queries.ts";

/** Only what is asked for is read; with no words, nothing is. */
type Reads =
  | { readonly repositories: ReturnType<typeof repositoriesFound> }
  | { readonly issues: ReturnType<typeof issuesFound> }
  | { readonly users: ReturnType<typeof usersFound> }
  | Record<never, never>;

export const searchPage = page({
  path: "/search",
  queries: ({ search }): Reads => {
    if (!search.get("q")?.trim()) return {};
    const kind = kindOf(search);
    if (kind === "issues") return { issues: issuesFound(search) };
    return kind === "users" ? { users: usersFound(search) } : { repositories: repositoriesFound(search) };
  },
  title: ({ search }) => (search.get("q") ? `${search.get("q")} · Search` : "Search"),
});

/** The search page for some words. */
export const searchHref = (words: string): string => `/search?${new URLSearchParams({ q: words })}`;

export const search: Feature = {
  name: "search",
  routes: [searchPage.shows(() => import("./search-page.tsx"))],
  palette: ({ go }) => ({
    group: "Search",
    search: (text) =>
      Promise.resolve([
        {
          id: "search-everything",
          title: `Search for “${text}”`,
          words: text,
          run: () => go(searchHref(text)),
        },
      ]),
  }),
};
