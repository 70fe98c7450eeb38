import { useShortcut } from "./shortcuts.ts";

const rowsOf = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")];

const reach = (row: HTMLElement | undefined): HTMLElement | null | undefined =>
  row?.matches("a,button") ? row : row?.querySelector<HTMLElement>("[data-row-link]");

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
  useShortcut({ keys: "j", label: "Next row", group: "List", run: () => step(1), enabled });
  useShortcut({ keys: "k", label: "Previous row", group: "List", run: () => step(-1), enabled });
  useShortcut({
    keys: "x",
    label: "Select row",
    group: "List",
    enabled,
    run: () => {
      const row = rowsOf().find((one) => one.contains(document.activeElement));
      row?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click();
    },
  });
}
