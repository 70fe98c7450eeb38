import { useRouterState } from "@tanstack/react-router";
import { Book, Building2, CircleQuestionMark, LogIn, PanelLeft, Search, type LucideIcon } from "lucide-react";
import { Avatar } from "../ui/avatar.tsx";
import { Counter } from "../ui/badge.tsx";
import { buttonClass } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Keys } from "../ui/keyboard/keys.tsx";
import { tip } from "../ui/tip.ts";
import { openHelp, openPalette } from "./commands-store.ts";
import { useEntries } from "./feature.ts";
import { useFrame } from "./frame.ts";
import { currentLook, setLook } from "./look.ts";
import { PersonMenu } from "./person-menu.tsx";
import { signInPath, signUpPath, siteName } from "./site.ts";
import { ThemeMenu } from "./theme-menu.tsx";

export const railId = "rail";

/** Narrows or widens the rail, and remembers it. */
export const toggleRail = (): void => setLook("rail", currentLook().rail === "narrow" ? undefined : "narrow");

/** The way through the product: a column at the left, a drawer on small screens. Works before JavaScript does. */
export function Rail() {
  const frame = useFrame();
  const entries = useEntries("rail", frame);
  const here = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav id={railId} popover="auto" aria-label="Main" className="rail gap-3">
      <div className="rail-stack flex items-center gap-1">
        <span className="rail-wide grow">
          <Logo />
        </span>
        <IconButton
          label="Collapse or expand navigation"
          keys="["
          icon={<PanelLeft />}
          onClick={toggleRail}
          className="js-only max-md:hidden"
        />
      </div>
      {/* Leads to the page for searching where no JavaScript opens the palette. */}
      <a
        href="/search"
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          openPalette();
        }}
        className="rail-item border border-line bg-surface text-left"
        {...tip("Search and commands", "mod+k")}
      >
        <Search aria-hidden="true" />
        <span className="rail-word grow">Search</span>
        <span className="rail-wide js-only">
          <Keys keys="mod+k" />
        </span>
      </a>
      {entries.length > 0 && (
        <ul className="flex flex-col gap-px">
          {entries.map(({ name, label, icon, href, keys, count }) => (
            <li key={name}>
              <RailLink
                href={href({})}
                label={label}
                icon={icon}
                keys={keys}
                count={frame.counts?.[name] ?? count?.(frame)}
                here={here}
              />
            </li>
          ))}
        </ul>
      )}
      {frame.favourites && frame.favourites.length > 0 && (
        <Section title="Favourites">
          {frame.favourites.map(({ full_name: name }) => (
            <RailLink key={name} href={`/${name}`} label={name} icon={Book} here={here} deep />
          ))}
        </Section>
      )}
      {frame.organizations.length > 0 && (
        <Section title="Organizations">
          {frame.organizations.map(({ login, name, avatar_url: src }) => (
            <RailLink
              key={login}
              href={`/${login}`}
              label={name ?? login}
              icon={Building2}
              face={<Avatar name={login} src={src} size={16} kind="organization" />}
              here={here}
              deep
            />
          ))}
        </Section>
      )}
      <div className="grow" />
      <div className="rail-stack flex items-center gap-0.5">
        <ThemeMenu />
        <IconButton
          label="Keyboard shortcuts"
          keys="?"
          icon={<CircleQuestionMark />}
          onClick={openHelp}
          className="js-only"
        />
      </div>
      {frame.viewer && <PersonMenu viewer={frame.viewer} />}
      {!frame.viewer && !frame.setup_needed && (
        <>
          <div className="rail-wide">
            <div className="flex flex-col gap-1.5">
              <a href={signInPath} className={buttonClass({ variant: "primary" })}>
                Sign in
              </a>
              {frame.sign_up === "open" && (
                <a href={signUpPath} className={buttonClass({ variant: "ghost" })}>
                  Create an account
                </a>
              )}
            </div>
          </div>
          <a href={signInPath} aria-label="Sign in" className="rail-item rail-slim" {...tip("Sign in")}>
            <LogIn aria-hidden="true" />
          </a>
        </>
      )}
    </nav>
  );
}

/** The product's mark and name, leading home. */
export function Logo() {
  return (
    <a
      href="/"
      className="inline-flex h-7 items-center gap-2 rounded px-2 text-base font-semibold tracking-[-0.01em]"
    >
      <svg viewBox="0 0 32 32" width="18" height="18" aria-hidden="true">
        <path
          d="M3 8l7 18 6-14 6 14 7-18"
          fill="none"
          stroke="var(--accent-ink)"
          strokeWidth="4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {siteName}
    </a>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="rail-word mb-0.5 px-2 text-xs font-medium text-ink-3">{title}</h2>
      <div className="flex flex-col gap-px">{children}</div>
    </section>
  );
}

interface RailLinkProps {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly face?: React.ReactNode;
  readonly keys?: string | undefined;
  readonly count?: number | undefined;
  readonly here: string;
  /** Also current on the pages below its address. */
  readonly deep?: boolean;
}

function RailLink({ href, label, icon: Icon, face, keys, count, here, deep }: RailLinkProps) {
  const current = here === href || (deep === true && here.startsWith(`${href}/`));
  return (
    <a href={href} aria-current={current ? "page" : undefined} className="rail-item" {...tip(label, keys)}>
      {face ?? <Icon aria-hidden="true" />}
      <span className="rail-word min-w-0 grow truncate">{label}</span>
      <span className="rail-wide">
        <Counter count={count} most={99} />
      </span>
    </a>
  );
}
