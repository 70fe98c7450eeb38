import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { renderToString } from "react-dom/server";
import type { FormState } from "../ui/form-context.ts";
import { ApiError, asApiError, createApi, type Fetch } from "./api.ts";
import { assetsFor } from "./assets.ts";
import { pagePath } from "./paths.ts";
import { htmlDocument } from "./document.ts";
import { readLook } from "./look.ts";
import { movedPage } from "./moved.ts";
import { createQueryClient, takeReads } from "./query.ts";
import { createAppRouter, type AppRouter } from "./router.tsx";
import { withSite } from "./site.ts";
import type { PageState } from "./state.ts";
import { titleOf } from "./titles.ts";

/** A request for a page. */
export interface PageRequest {
  /** Path and query as the browser sent them, such as `/alice/demo?tab=code`. */
  readonly url: string;
  readonly headers: Headers;
  /** Answers API requests in-process. It is handed the visitor's cookie. */
  readonly fetch: Fetch;
  /** Shows `/_gallery`. */
  readonly development?: boolean;
  /** Called with what broke while a page was drawn; the visitor gets an error page. */
  readonly onError?: (error: unknown) => void;
}

/** A page, or a place to go (then `html` is absent). Header names may repeat (`set-cookie`). */
export interface PageAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly html?: string;
  /** The texts of the scripts that stand in the page: its Content-Security-Policy names their digests. */
  readonly scripts?: readonly string[];
  readonly redirect?: string;
}

/** The headers that the API needs of the visitor's request. */
export function forwarded(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ["cookie", "accept-language", "user-agent", "x-request-id", "traceparent"]) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value;
  }
  return kept;
}

export const redirectTo = (
  location: string,
  status: 302 | 303,
  more: PageAnswer["headers"] = [],
): PageAnswer => ({
  status,
  headers: [["location", location], ["cache-control", "no-store"], ...more],
  redirect: location,
});

/**
 * Draws a page. `refused` shows a form again with what was typed, under the status of the refusal. Never throws for what a
 * visitor sent: errors of the API become error pages with its status, errors of ours a page with 500.
 */
export async function drawPage(
  request: PageRequest,
  refused?: { readonly form: FormState; readonly status: number; readonly headers: PageAnswer["headers"] },
): Promise<PageAnswer> {
  const url = pagePath(request.url);
  let moved: string | undefined;
  const fetch = async (inner: Request): Promise<Response> => {
    const answer = await request.fetch(inner);
    const location = answer.status === 301 ? answer.headers.get("location") : null;
    if (location !== null) moved ??= movedPage(url, new URL(inner.url).pathname, location);
    return answer;
  };
  const api = createApi(fetch, { origin: "http://localhost", headers: forwarded(request.headers) });
  const queries = createQueryClient(api);
  const state: PageState = {
    reads: [],
    now: Date.now(),
    drawing: crypto.randomUUID(),
    development: request.development ?? false,
    ...(refused ? { form: refused.form } : {}),
  };
  const mark = crypto.randomUUID();
  const router = createAppRouter({
    history: createMemoryHistory({ initialEntries: [url] }),
    api,
    queries,
    state,
    nonce: mark,
  });
  await router.load();
  const target = moved ?? redirected(router);
  if (target !== undefined) return redirectTo(target, refused ? 303 : 302);

  const failure = router.state.matches.find((match) => match.status === "error");
  const error = failure && asApiError(failure.error);
  if (failure && !(failure.error instanceof ApiError && failure.error.status < 500))
    request.onError?.(failure.error);
  const status = error ? statusOf(error) : (refused?.status ?? 200);
  const retry = error?.retryAfter;
  const drawn = draw(router, request.onError);
  const { html, scripts } = ownScripts(
    mark,
    htmlDocument({
      title: withSite(titleOf(router.state.matches)),
      body: drawn ?? brokenPage,
      state: {
        ...state,
        reads: takeReads(queries),
        ...(failure || drawn === undefined ? { failed: true } : {}),
      },
      assets: assetsFor(drawn === undefined ? [] : chunksOf(router)),
      look: readLook(request.headers.get("cookie") ?? ""),
      nonce: mark,
    }),
  );
  return {
    status: drawn === undefined ? 500 : status,
    headers: [
      ["content-type", "text/html; charset=utf-8"],
      ["cache-control", "private, no-cache"],
      ["vary", "Cookie"],
      ...(retry === undefined ? [] : [["retry-after", String(retry)] as const]),
      ...(refused?.headers ?? []),
    ],
    html,
    scripts,
  };
}

/**
 * The scripts of a page that are ours: they carry a mark that was made for this drawing, which nothing that others wrote can
 * know. The page goes out without the mark, so that it may be kept and sent again.
 */
function ownScripts(mark: string, marked: string): { html: string; scripts: string[] } {
  const attribute = ` nonce="${mark}"`;
  const scripts = marked
    .split(`<script${attribute}>`)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf("</script>")));
  return { html: marked.replaceAll(attribute, ""), scripts };
}

/** Where a loader sent the visitor. The router keeps its answer of a load on the server here. */
function redirected(router: AppRouter): string | undefined {
  const result = router._serverResult;
  return result?.type === "redirect" ? (result.redirect.options.href ?? "/") : undefined;
}

/** No answer of the API is no answer of ours either: 503. */
const statusOf = ({ status }: ApiError): number => (status >= 400 && status < 600 ? status : 503);

function draw(router: AppRouter, onError: PageRequest["onError"]): string | undefined {
  try {
    return renderToString(<RouterProvider router={router} />);
  } catch (error) {
    onError?.(error);
    return undefined;
  }
}

const chunksOf = (router: AppRouter): readonly string[] =>
  router.state.matches
    .map(
      (match) =>
        (router.routesById[match.routeId as "__root__"].options.staticData as { chunk?: string } | undefined)
          ?.chunk,
    )
    .filter((chunk) => chunk !== undefined);

/** What stands there when even the frame could not be drawn. The browser then tries again by itself. */
const brokenPage = `<main class="mx-auto max-w-narrow px-4 py-24"><h1 class="text-xl">This page could not be drawn</h1><p class="mt-2 text-ink-2">Nothing you did was lost. Reload the page; if it stays like this, tell the administrator of this server.</p></main>`;
