import { useShortcut } from "./shortcuts.ts";

/** Those in a part that is folded cannot take the focus. */
const rowsOf = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")].filter((row) =>
    row.checkVisibility(),
  );

const reach = (row: HTMLElement | undefined): HTMLElement | null | undefined =>
  row?.matches("a,button") ? row : row?.querySelector<HTMLElement>("[data-row-link]");

const tickOf = (row: HTMLElement) => row.querySelector<HTMLInputElement>('input[type="checkbox"]');

function step(by: 1 | -1): void {
  const rows = rowsOf();
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by));
  const target = reach(rows[next]);
  target?.focus({ preventScroll: true });
  rows[next]?.scrollIntoView({ block: "nearest" });
}

/**
 * `j` and `k` walk the rows of the page's list, `x` ticks the one at hand. Rows are marked `data-row` inside `data-rows`; the
 * link of a row that takes the focus is marked `data-row-link`, its tick is a checkbox. Enter opens, as on any link.
 */
export function useRowKeys(enabled = true): void {
  const rows = { group: "List", enabled, when: () => rowsOf().length > 0 };
  useShortcut({ ...rows, keys: "j", label: "Next row", run: () => step(1) });
  useShortcut({ ...rows, keys: "k", label: "Previous row", run: () => step(-1) });
  useShortcut({
    ...rows,
    keys: "x",
    label: "Select row",
    when: () => rowsOf().some(tickOf),
    run: () => {
      const row = rowsOf().find((one) => one.contains(document.activeElement));
      if (row) tickOf(row)?.click();
    },
  });
}
