/** How a diff's address says it is drawn: `?diff=split&w=1&file=src/a.ts`. Small, for the routes that ask for diffs. */
export type DiffMode = "unified" | "split";

export const diffModeOf = (search: URLSearchParams): DiffMode =>
  search.get("diff") === "split" ? "split" : "unified";

/** What to ask the API for. */
export const diffQueryOf = (search: URLSearchParams) => ({
  whitespace: search.get("w") === "1" ? ("ignore" as const) : undefined,
  file: search.get("file") ?? undefined,
  order: search.get("order") === "reading" ? ("reading" as const) : undefined,
  skip: /^[1-9]\d{0,4}$/.test(search.get("skip") ?? "") ? Number(search.get("skip")) : undefined,
});

/** The same address with some parameters changed; `undefined` takes one out. */
export function withParams(
  search: URLSearchParams,
  changes: { readonly [name: string]: string | undefined },
): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) next.delete(name);
    else next.set(name, value);
  }
  return `?${next}`;
}

/**
 * Notes a parameter in the page's address, where a reload and whoever is sent it find it. The router is not told: nothing else of
 * the page depends on it, and it would draw all of it again.
 */
export function keepInAddress(name: string, value: string): void {
  const url = new URL(location.href);
  if ((url.searchParams.get(name) ?? "") === value) return;
  if (value === "") url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  History.prototype.replaceState.call(history, history.state, "", url);
}
