import { useMemo, useState, type MouseEvent } from "react";
import { withParams } from "../diff/diff-query.ts";

/** Other parameters that open the same, by its name: what closes it takes them out too. */
const otherNames: Readonly<Record<string, Readonly<Record<string, undefined>>>> = {
  comment: { on: undefined, line: undefined },
};

/**
 * Which part of the page is open for editing: said by the address (`?edit=title`), so that a link opens it also without
 * JavaScript; with it, nothing is loaded and the page stays where it is. `acts` stay the same whatever is open.
 * `asked` is what the address says in another way.
 */
export function useOpened(search: URLSearchParams, name = "edit", asked = search.get(name) ?? undefined) {
  const [opened, setOpened] = useState(asked);
  const acts = useMemo(() => {
    const leads = (value: string | undefined) => ({
      href: withParams(search, { ...otherNames[name], [name]: value }),
      onClick: (event: MouseEvent) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        setOpened(value);
      },
    });
    return {
      open: setOpened as (value: string) => void,
      close: () => setOpened(undefined),
      /** Attributes of the link that opens `value`. */
      opens: (value: string) => leads(value),
      /** Attributes of the link that closes it. */
      closes: leads(undefined),
    };
  }, [search, name]);
  return useMemo(() => ({ ...acts, opened, acts }), [opened, acts]);
}

export type Opened = ReturnType<typeof useOpened>;
