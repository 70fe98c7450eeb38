import { Outlet, useRouterState } from "@tanstack/react-router";
import { Menu as MenuIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { ToastHost } from "../ui/toast-host.tsx";
import { TooltipHost } from "../ui/tooltip-host.tsx";
import { Commands } from "./commands.tsx";
import { Logo, Rail, railId } from "./rail.tsx";
import { withSite } from "./site.ts";
import { titleOf } from "./titles.ts";

const mainId = "main";

/** The frame around every page. */
export function Shell() {
  return (
    <>
      <a
        href={`#${mainId}`}
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <Progress />
      <div className="frame">
        <header className="sticky top-0 z-20 flex h-12 items-center gap-1 border-b border-line bg-surface px-2 md:hidden">
          <button
            type="button"
            popoverTarget={railId}
            aria-label="Open navigation"
            className="grid size-8 place-items-center rounded text-ink-2 hover:bg-hover"
          >
            <MenuIcon aria-hidden="true" />
          </button>
          <Logo />
        </header>
        <Rail />
        <main id={mainId} tabIndex={-1} className="min-w-0 grow">
          <Outlet />
        </main>
      </div>
      <Arrival />
      <Commands />
      <TooltipHost />
      <ToastHost />
    </>
  );
}

/** A hairline at the top while a page is on its way for longer than 150 ms. */
function Progress() {
  const busy = useRouterState({ select: (state) => state.status === "pending" });
  return busy ? <div className="progress" role="progressbar" aria-label="Loading page" /> : null;
}

/** On arriving at another page: its title in the window, said aloud, the focus at its beginning, the drawer closed. */
function Arrival() {
  const title = useRouterState({ select: (state) => withSite(titleOf(state.matches)) });
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(pathname);
  const said = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (before.current === pathname) return;
    const first = before.current === undefined;
    before.current = pathname;
    if (first) return;
    if (said.current) said.current.textContent = document.title;
    const rail = document.getElementById(railId);
    if (rail?.matches(":popover-open")) rail.hidePopover();
    const main = document.getElementById(mainId);
    // A page that begins with its field has the focus there already.
    const inField =
      document.activeElement?.matches("input, textarea") && main?.contains(document.activeElement);
    if (location.hash === "" && !inField) main?.focus({ preventScroll: true });
  }, [pathname]);
  return <p ref={said} aria-live="polite" className="sr-only" />;
}
