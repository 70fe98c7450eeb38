import "../ui/base.css";
import { createBrowserHistory, RouterProvider } from "@tanstack/react-router";
import { createRoot, hydrateRoot } from "react-dom/client";
import { ApiError, createApi } from "./api.ts";
import { rootId, stateId } from "./document.ts";
import { installNavigation } from "./navigation.ts";
import { plainPath } from "./paths.ts";
import { createQueryClient, giveReads } from "./query.ts";
import { createAppRouter } from "./router.tsx";
import type { PageState } from "./state.ts";

const root = document.getElementById(rootId);
const state = JSON.parse(document.getElementById(stateId)?.textContent ?? "null") as PageState | null;
if (root && state) void start(root, state);

async function start(root: HTMLElement, state: PageState): Promise<void> {
  if (plainPath(location.pathname) !== location.pathname) {
    history.replaceState(history.state, "", plainPath(location.pathname) + location.search + location.hash);
  }
  const api = createApi((request) => fetch(request));
  const queries = createQueryClient(api);
  giveReads(queries, state.reads);
  const router = createAppRouter({ history: createBrowserHistory(), api, queries, state });
  // The router then leaves out the boundaries that the server did not draw either.
  router.ssr = { manifest: undefined };
  installNavigation(router);
  // Loaders find what the server read; only the page's own code is fetched.
  await router.load();
  const app = <RouterProvider router={router} />;
  if (state.failed) createRoot(root, { onCaughtError }).render(app);
  else hydrateRoot(root, app, { onCaughtError, onRecoverableError });
}

/** What the API refused stands on the page already; anything else is a fault of ours. */
function onCaughtError(error: unknown): void {
  if (!(error instanceof ApiError)) reportError(error);
}

/** A difference between the server's drawing and ours is a bug: it is shown where tests look. */
function onRecoverableError(error: unknown): void {
  document.documentElement.dataset["hydration"] = error instanceof Error ? error.message : String(error);
  reportError(error);
}
