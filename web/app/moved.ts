/** What an address of the API is about: `alice/demo` of a repository, `alice` of a person or an organization. */
const named = (path: string): string | undefined =>
  /\/(?:repos\/([^/]+\/[^/]+)|(?:users|orgs|owners)\/([^/]+))/.exec(path)?.slice(1).find(Boolean);

/**
 * Where a page went whose repository or owner has another name now: the API sent a read from `asked` on to `location`. Nothing
 * for pages that do not begin with the name.
 */
export function movedPage(page: string, asked: string, location: string): string | undefined {
  const [old, now] = [named(asked), named(location)];
  if (old === undefined || now === undefined || old === now) return undefined;
  const rest = page.slice(old.length + 1);
  return page.startsWith(`/${old}`) && /^(?:[/?]|$)/.test(rest) ? `/${now}${rest}` : undefined;
}
