/** Which run a page's address opens: `?run=12`, with all that it says about lines `&all=1`. */
export function openedRun(search: URLSearchParams) {
  const run = search.get("run") ?? "";
  return {
    run: /^[1-9]\d{0,14}$/.test(run) ? Number(run) : undefined,
    all: search.get("all") ?? undefined,
  };
}
