import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext } from "@tanstack/react-router";
import type { Api } from "./api.ts";
import { frameQuery } from "./frame.ts";
import { Shell } from "./shell.tsx";
import type { PageState } from "./state.ts";

/** What every route is given. */
export interface AppContext {
  readonly api: Api;
  readonly queries: QueryClient;
  readonly state: Pick<PageState, "development">;
}

/** The frame around every page. */
export const rootRoute = createRootRouteWithContext<AppContext>()({
  loader: async ({ context }) => {
    await context.queries.ensureQueryData({ queryKey: frameQuery.queryKey as readonly unknown[] });
  },
  component: Shell,
});
