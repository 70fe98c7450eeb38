import { useMemo, useState, type MouseEvent } from "react";
import { withParams } from "../diff/diff-query.ts";

/**
 * Which part of the page is open for editing: said by the address (`?edit=title`), so that a link opens it also without
 * JavaScript; with it, nothing is loaded and the page stays where it is. `acts` stay the same whatever is open.
 */
export function useOpened(search: URLSearchParams, name = "edit") {
  const [opened, setOpened] = useState(search.get(name) ?? undefined);
  const acts = useMemo(() => openingActs(search, name, setOpened), [search, name]);
  return useMemo(() => ({ ...acts, opened, acts }), [opened, acts]);
}

/** The acts of something that `set` opens and closes, with the addresses that do the same. */
export function openingActs(search: URLSearchParams, name: string, set: (value: string | undefined) => void) {
  const leads = (value: string | undefined) => ({
    href: withParams(search, { [name]: value }),
    onClick: (event: MouseEvent) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      set(value);
    },
  });
  return {
    open: set as (value: string) => void,
    close: () => set(undefined),
    /** Attributes of the link that opens `value`. */
    opens: (value: string) => leads(value),
    /** Attributes of the link that closes it. */
    closes: leads(undefined),
  };
}

export type Opened = ReturnType<typeof useOpened>;
