import { Hash, ListTree, Shapes, SquareFunction } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import type { PageProps } from "../../app/page.tsx";
import { Button } from "../../ui/button.tsx";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";
import type { blobPage } from "./routes.ts";

type Entries = PageProps<typeof blobPage>["data"]["file"]["outline"];

/** One outline stands on a page. */
const outlineId = "outline";
const icons = { function: SquareFunction, type: Shapes, heading: Hash } as const;

/** Opens the outline where there is no room to show it beside the file. */
export function OutlineButton() {
  return (
    <span className="outline-button">
      <Button size="sm" variant="ghost" popoverTarget={outlineId} icon={<ListTree aria-hidden="true" />}>
        Outline
      </Button>
    </span>
  );
}

/**
 * What a file declares, in its order: beside it where there is room, else over it. `o` leads to its filter, arrows walk the
 * entries, Enter follows one.
 */
export function Outline({ entries }: { readonly entries: Entries }) {
  const nav = useRef<HTMLElement>(null);
  const filter = useId();
  const [sought, setSought] = useState("");
  const wanted = sought.trim().toLowerCase();
  const shown = wanted === "" ? entries : entries.filter(({ name }) => name.toLowerCase().includes(wanted));
  useShortcut({
    keys: "o",
    label: "Outline of the file",
    group: "This page",
    run: () => {
      if (nav.current?.checkVisibility() === false) nav.current.showPopover();
      document.getElementById(filter)?.focus();
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const stops = [...(nav.current?.querySelectorAll<HTMLElement>("input, a") ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLElement);
    stops[Math.min(stops.length - 1, Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)))]?.focus();
  };
  return (
    // The keys walk between links and a field, which have the focus themselves.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <nav
      ref={nav}
      id={outlineId}
      popover="auto"
      aria-label="Outline"
      className="file-outline"
      onKeyDown={onKeyDown}
    >
      <label htmlFor={filter} className="sr-only">
        Find in the outline
      </label>
      <input
        id={filter}
        type="search"
        className="control small mb-2 hidden js:block"
        placeholder="Find in the outline…"
        autoComplete="off"
        onChange={(event) => setSought(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = shown;
          if (event.key !== "Enter" || !first) return;
          location.hash = first.anchor;
          leave(nav.current);
        }}
      />
      <ul>
        {shown.map(({ kind, name, depth, anchor }, index) => {
          const Icon = icons[kind];
          return (
            <li key={`${anchor} ${index}`}>
              <a
                href={`#${anchor}`}
                className="outline-entry"
                style={{ paddingInlineStart: `${0.375 + Math.min(wanted === "" ? depth : 0, 6) * 0.75}rem` }}
                title={name}
                onClick={() => leave(nav.current)}
              >
                {kind !== "heading" && <Icon aria-label={kind} />}
                <span dir="auto" className="truncate">
                  {name}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
      {shown.length === 0 && <p className="px-1.5 text-sm text-ink-2">Nothing of this name.</p>}
    </nav>
  );
}

function leave(nav: HTMLElement | null): void {
  if (nav?.matches(":popover-open")) nav.hidePopover();
}
