/** How lists of issues and pull requests are narrowed on the command line. */
import { viewsListForRepo } from "../api/client.gen.ts";
import type { Call } from "../api/call.ts";
import { Refused } from "./failures.ts";

/** `--search` and `--view` of the lists. */
export const narrowing = {
  search: {
    type: "string",
    short: "S",
    value: "query",
    about: "Words and filters: is:closed author:@me label:bug updated:<2w",
  },
  view: { type: "string", short: "V", value: "name", about: "As the saved query of this name" },
} as const;

/**
 * The query that is asked for: that of a saved one, and what was typed besides. Undefined when neither was said.
 *
 * @throws Refused when no saved query of this kind has the name
 */
export async function queryFor(
  call: Call,
  place: { readonly owner: string; readonly repo: string },
  kind: "issue" | "pr",
  { search, view }: { readonly search?: string | undefined; readonly view?: string | undefined },
): Promise<string | undefined> {
  if (view === undefined) return search;
  const { data } = await viewsListForRepo(call, { ...place, kind });
  const found = data.find((one) => one.name.toLowerCase() === view.toLowerCase());
  if (!found) throw new Refused(`No saved query of ${place.owner}/${place.repo} is called ${view}`);
  return search === undefined ? found.query : `${found.query} ${search}`;
}
