/** What of the checks an address shows: `?checks=500` of them (those behind `&after=`), `&run=12` opened, with all that it says about lines `&all=1`. */
export function openedRun(search: URLSearchParams) {
  const run = search.get("run") ?? "";
  return {
    checks: shownChecks(search),
    after: search.get("after") ?? undefined,
    run: /^[1-9]\d{0,14}$/.test(run) ? Number(run) : undefined,
    all: search.get("all") ?? undefined,
  };
}

/** So many more are shown at a press. */
export const checksAtOnce = 250;
/** So many a page can still draw; the others have pages of their own. */
export const mostChecks = 10_000;

function shownChecks(search: URLSearchParams): number | undefined {
  const asked = search.get("checks") ?? "";
  return /^[1-9]\d{0,5}$/.test(asked) ? Math.min(Number(asked), mostChecks) : undefined;
}
