import { activityListRepoEvents, webGetFeed, type Event } from "../../../api/client.gen.ts";
import { apiListQuery, apiQuery } from "../../app/query.ts";

export type { Event };

const pageOf = (search: URLSearchParams) => ({ per_page: 50, cursor: search.get("cursor") ?? undefined });

/** What happens in the repositories that the reader watches. For who is signed in only. */
export const feedQuery = (search: URLSearchParams) => apiQuery((call) => webGetFeed(call, pageOf(search)));

/** The latest of it, for a corner of a page. */
export const latestQuery = apiQuery((call) => webGetFeed(call, { per_page: 12 }));

export const repositoryFeedQuery = (
  params: { readonly owner: string; readonly repo: string },
  search: URLSearchParams,
) => apiListQuery((call) => activityListRepoEvents(call, { ...params, ...pageOf(search) }));
