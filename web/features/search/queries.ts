import { searchIssuesAndPullRequests, searchRepos, searchUsers } from "../../../api/client.gen.ts";
import { triedQuery, type Read, type Tried } from "../../app/query.ts";

/** What can be searched, the usual one first. */
export const kinds = ["repositories", "issues", "users"] as const;
export type Kind = (typeof kinds)[number];

export const kindOf = (search: URLSearchParams): Kind =>
  kinds.find((kind) => kind === search.get("type")) ?? kinds[0];

/** How many results stand on a page. */
export const perPage = 30;

export const pageOf = (search: URLSearchParams): number => {
  const page = Number(search.get("page") ?? 1);
  return Number.isInteger(page) && page >= 1 ? page : 1;
};

const asked = (search: URLSearchParams) => ({
  q: search.get("q")?.trim() ?? "",
  per_page: perPage,
  page: pageOf(search),
});

export const repositoriesFound = (search: URLSearchParams) =>
  triedQuery((call) => searchRepos(call, asked(search)));
export const issuesFound = (search: URLSearchParams) =>
  triedQuery((call) => searchIssuesAndPullRequests(call, asked(search)));
export const usersFound = (search: URLSearchParams) => triedQuery((call) => searchUsers(call, asked(search)));

type Found<Q> = Q extends (...args: never) => infer R ? (Read<R> extends Tried<infer T> ? T : never) : never;

export type FoundIssues = Found<typeof issuesFound>;
export type FoundUsers = Found<typeof usersFound>;
