import { webGetIssuePage, webGetIssuesPage, webGetNewIssuePage } from "../../../api/client.gen.ts";
import { path } from "../../app/paths.ts";
import { apiQuery, type Read } from "../../app/query.ts";
import { lineOf } from "../lists/usual.ts";

/** A repository, by the names in the address. */
export interface At {
  readonly owner: string;
  readonly repo: string;
}

/** The repository's part of addresses and of operations: `alice/demo`. */
export const repoPath = ({ owner, repo }: At): string => path`${owner}/${repo}`;

/** The address of a repository's list of issues. */
export const issuesPath = (at: At): string => `/${repoPath(at)}/issues`;

const perPage = 50;

export const pageOf = (search: URLSearchParams): number => {
  const page = Number(search.get("page"));
  return Number.isInteger(page) && page > 0 ? page : 1;
};

export const listQuery = (at: At, search: URLSearchParams) => {
  const page = pageOf(search);
  return apiQuery((call) =>
    webGetIssuesPage(call, {
      ...at,
      q: lineOf(search),
      per_page: perPage,
      page: page === 1 ? undefined : page,
    }),
  );
};

export const newQuery = (at: At) => apiQuery((call) => webGetNewIssuePage(call, at));

export const issueQuery = ({ number, ...at }: At & { readonly number: string }, search: URLSearchParams) =>
  apiQuery((call) =>
    webGetIssuePage(call, { ...at, issue_number: number, cursor: search.get("cursor") ?? undefined }),
  );

/** What the page of an issue reads. */
export type IssuePageData = Read<ReturnType<typeof issueQuery>>;
export type IssueData = IssuePageData["issue"];
export type TimelineEntry = IssuePageData["timeline"]["items"][number];
export type Comment = Extract<TimelineEntry, { event: "commented" }>;
export type Choices = IssuePageData["choices"];
export type Person = IssuePageData["participants"][number];

/** Why something cannot be done, for controls that say so. */
export const reasonOf = (verdict: true | string): string | undefined =>
  verdict === true ? undefined : verdict;
