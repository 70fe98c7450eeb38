import { useEffect, useRef, type ReactNode } from "react";
import { Counter } from "./badge.tsx";
import { tip } from "./tip.ts";

export interface Tab {
  readonly href: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly count?: number | undefined;
  readonly keys?: string | undefined;
  readonly current: boolean;
}

/** Tabs that are pages: links with an address each. Scrolls sideways when narrow. */
export function TabLinks({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  const nav = useRef<HTMLElement>(null);
  const current = tabs.find((tab) => tab.current)?.href;
  // Where the tabs do not fit, the one that is open is not among those out of sight.
  useEffect(() => {
    const open = nav.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (current === undefined || !nav.current || !open) return;
    const out = open.getBoundingClientRect().right - nav.current.getBoundingClientRect().right;
    if (out > 0) nav.current.scrollLeft += out + 16;
  }, [current]);
  return (
    <nav ref={nav} aria-label={label} className="tabs">
      <ul className="flex">
        {tabs.map(({ href, label: word, icon, count, keys, current }) => (
          <li key={href} className="shrink-0">
            <a
              href={href}
              aria-current={current ? "page" : undefined}
              className="tab"
              {...(keys ? tip("", keys) : {})}
            >
              {icon}
              {word}
              <Counter count={count} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
