/**
 * The path and query of a page's address in the one spelling that the router reads alike everywhere: percent-encoded, one
 * slash at its start, and no `$`, which the router would take for a name in one of its own templates.
 */
export function pagePath(url: string): string {
  const parsed = new URL(url.replace(/^[/\\]*/, "/"), "http://localhost");
  return plainPath(parsed.pathname) + parsed.search;
}

/** The same for a path alone. */
export const plainPath = (pathname: string): string => pathname.replace(/^\/+/, "/").replaceAll("$", "%24");
