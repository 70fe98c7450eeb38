import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, type AnyRoute, type RouterHistory } from "@tanstack/react-router";
import { LucideProvider } from "lucide-react";
import type { ReactNode } from "react";
import { ClockProvider } from "../ui/clock.tsx";
import { ApiContext } from "./api-context.ts";
import { ApiError, plainly, type Api } from "./api.ts";
import { ErrorPage } from "./error-page.tsx";
import { FeaturesContext } from "./feature.ts";
import { features } from "./features.ts";
import { PageContext } from "./page-context.ts";
import type { AppRoute } from "./page.tsx";
import { rootRoute } from "./root.tsx";
import type { PageState } from "./state.ts";

/** Any address that no feature owns. The browser leaves links to these to the server, which may know them (raw files). */
const nowhere = createRoute({
  getParentRoute: () => rootRoute,
  path: "/$",
  loader: () => {
    throw new ApiError(404, plainly(404));
  },
});

const routeTree = plant(features.flatMap((feature) => feature.routes));

/** Hangs every route below its parent. */
function plant(routes: readonly AppRoute[]): typeof rootRoute {
  const children = Map.groupBy(routes, ({ parent }) => parent as unknown);
  const grow = (route: AnyRoute): void => {
    const below = (children.get(route) ?? []).map((child) => child.route);
    for (const child of below) grow(child);
    if (route === (rootRoute as unknown)) below.push(nowhere);
    if (below.length > 0) route.addChildren(below);
  };
  grow(rootRoute as unknown as AnyRoute);
  return rootRoute;
}

/** The application for one request, or for one page load in the browser. */
export function createAppRouter(parts: {
  readonly history: RouterHistory;
  readonly api: Api;
  readonly queries: QueryClient;
  readonly state: PageState;
  readonly nonce?: string;
}) {
  const { api, queries, state } = parts;
  return createRouter({
    routeTree,
    history: parts.history,
    context: { api, queries, state },
    isServer: typeof document === "undefined",
    // The query stays as it was typed: our pages read it themselves, and no address is rewritten.
    parseSearch: (raw) => (raw === "" || raw === "?" ? {} : { raw: raw.replace(/^\?/, "") }),
    stringifySearch: (search) => (typeof search["raw"] === "string" ? `?${search["raw"]}` : ""),
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorPage,
    scrollRestoration: true,
    ...(parts.nonce === undefined ? {} : { ssr: { nonce: parts.nonce } }),
    Wrap: ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queries}>
        <ApiContext value={api}>
          <PageContext value={state}>
            <FeaturesContext value={features}>
              <ClockProvider start={state.now}>
                <LucideProvider size={16} strokeWidth={1.75}>
                  {children}
                </LucideProvider>
              </ClockProvider>
            </FeaturesContext>
          </PageContext>
        </ApiContext>
      </QueryClientProvider>
    ),
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;
