import type { AnyRouter } from "@tanstack/react-router";
import { isLocalPath } from "./actions.ts";
import { plainPath } from "./paths.ts";

/** True when a page of the application answers this path. Everything else (raw files, archives) is left to the server. */
export function isOurs(router: AnyRouter, pathname: string): boolean {
  const found = router.getMatchedRoutes(plainPath(pathname))[2];
  return found !== undefined && found.fullPath !== "/$";
}

/** Goes to an address of this site: within the application where it has a page, else by loading it. */
export function visit(router: AnyRouter, href: string): void {
  const url = new URL(href, location.href);
  if (url.origin === location.origin && isOurs(router, url.pathname)) router.history.push(inside(url));
  else location.assign(url);
}

const inside = (url: URL): string => plainPath(url.pathname) + url.search + url.hash;

/**
 * Makes plain anchors and GET forms of the whole document navigate within the application, and fetches a page ahead when a
 * pointer rests on its link, a finger touches it or the focus reaches it. `data-native` leaves a link or form to the browser.
 */
export function installNavigation(router: AnyRouter): void {
  document.addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    const url = linkUrl(router, event.target);
    if (!url || (url.hash !== "" && samePage(url))) return;
    event.preventDefault();
    router.history.push(inside(url));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (
      event.defaultPrevented ||
      !(form instanceof HTMLFormElement) ||
      form.method !== "get" ||
      form.dataset["native"] !== undefined
    )
      return;
    const url = new URL(form.action);
    if (url.origin !== location.origin || !isOurs(router, url.pathname)) return;
    event.preventDefault();
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) {
      if (typeof value === "string" && value !== "") params.append(name, value);
    }
    url.search = params.toString();
    router.history.push(inside(url));
  });
  installPrefetch(router);
}

const samePage = (url: URL): boolean =>
  plainPath(url.pathname) === plainPath(location.pathname) && url.search === location.search;

function linkUrl(router: AnyRouter, target: EventTarget | null): URL | undefined {
  const anchor = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
  if (!anchor || anchor.hasAttribute("download") || anchor.dataset["native"] !== undefined) return undefined;
  if (anchor.target !== "" && anchor.target !== "_self") return undefined;
  const url = new URL(anchor.href);
  const path = url.pathname + url.search;
  return url.origin === location.origin && isLocalPath(path) && isOurs(router, url.pathname)
    ? url
    : undefined;
}

const REST = 65;

function installPrefetch(router: AnyRouter): void {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  if (connection?.saveData) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last: string | undefined;
  const near = (event: Event, delay: number): void => {
    clearTimeout(timer);
    const url = linkUrl(router, event.target);
    if (!url || samePage(url) || url.href === last) return;
    timer = setTimeout(() => {
      last = url.href;
      const search = url.search === "" ? {} : { raw: url.search.slice(1) };
      // A page that cannot be fetched ahead says why when it is visited.
      void router.preloadRoute({ to: plainPath(url.pathname), search } as never).catch(() => undefined);
    }, delay);
  };
  document.addEventListener("pointerover", (event) => near(event, REST), { passive: true });
  document.addEventListener("focusin", (event) => near(event, REST));
  document.addEventListener("touchstart", (event) => near(event, 0), { passive: true });
}
