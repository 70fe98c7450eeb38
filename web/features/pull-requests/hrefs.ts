import { deep, path } from "../../app/paths.ts";

/** A repository by its names. */
export interface At {
  readonly owner: string;
  readonly repo: string;
}

/** The page of a pull request, or one of its tabs. */
export const pullHref = (
  { owner, repo }: At,
  number: number,
  tab?: "commits" | "checks" | "files" | "revisions" | "conflicts",
): string => path`/${owner}/${repo}/pull/${number}` + (tab === undefined ? "" : `/${tab}`);

/** What changed from one revision to another. */
export const revisionsHref = (at: At, number: number, from: number, to: number): string =>
  `${pullHref(at, number, "revisions")}?from=${from}&to=${to}`;

export const pullsHref = ({ owner, repo }: At): string => path`/${owner}/${repo}/pulls`;

/** The form that opens one, for `base...head`; without it, the page that chooses the two. */
export const newPullHref = ({ owner, repo }: At, basehead?: string): string =>
  path`/${owner}/${repo}/pulls/new` + (basehead === undefined ? "" : path`/${deep(basehead)}`);

/** Where the API has a repository, relative to `/api/v3`. */
export const apiOf = ({ owner, repo }: At): string => path`/repos/${owner}/${repo}`;
