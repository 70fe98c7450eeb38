import {
  webBranches,
  webCompare,
  webGetNewPullPage,
  webGetPullChecksPage,
  webGetPullConflictsPage,
  webGetPullFilesPage,
  webGetPullPage,
  webGetPullRevisionsPage,
  webGetPullsPage,
} from "../../../api/client.gen.ts";
import { apiQuery, type Read } from "../../app/query.ts";
import { openedRun } from "../checks/opened-run.ts";
import { diffQueryOf } from "../diff/diff-query.ts";
import { lineOf } from "../lists/usual.ts";
import type { At } from "./hrefs.ts";

export const pullsQuery = ({ owner, repo }: At, search: URLSearchParams) =>
  apiQuery((call) =>
    webGetPullsPage(call, { owner, repo, q: lineOf(search), cursor: search.get("cursor") ?? undefined }),
  );

/** What the list of pull requests shows. */
export type PullsData = Read<ReturnType<typeof pullsQuery>>;
export type PullLine = PullsData["pulls"][number];

interface AtPull extends At {
  readonly number: string;
}

export const pullQuery = ({ owner, repo, number }: AtPull, cursor?: string, suggest?: string) =>
  apiQuery((call) => webGetPullPage(call, { owner, repo, pull_number: number, cursor, suggest }));

/** What the page of a pull request shows. */
export type PullData = Read<ReturnType<typeof pullQuery>>;
export type Pull = PullData["pull"];
export type TimelineEntry = PullData["timeline"]["items"][number];
/** Whoever is named: a face and a name. */
export type Person = Pick<NonNullable<Pull["user"]>, "login" | "avatar_url">;

export const pullFilesQuery = ({ owner, repo, number }: AtPull, search: URLSearchParams) =>
  apiQuery((call) =>
    webGetPullFilesPage(call, {
      owner,
      repo,
      pull_number: number,
      ...diffQueryOf(search),
      since: search.get("since") ?? undefined,
      from: search.get("from") ?? undefined,
      to: search.get("to") ?? undefined,
    }),
  );

export type PullFilesData = Read<ReturnType<typeof pullFilesQuery>>;

export const pullRevisionsQuery = ({ owner, repo, number }: AtPull, search: URLSearchParams) =>
  apiQuery((call) =>
    webGetPullRevisionsPage(call, {
      owner,
      repo,
      pull_number: number,
      ...diffQueryOf(search),
      from: search.get("from") ?? undefined,
      to: search.get("to") ?? undefined,
    }),
  );

export type PullRevisionsData = Read<ReturnType<typeof pullRevisionsQuery>>;
export type Revision = PullRevisionsData["revisions"][number];

export const pullChecksQuery = ({ owner, repo, number }: AtPull, search: URLSearchParams) =>
  apiQuery((call) => webGetPullChecksPage(call, { owner, repo, pull_number: number, ...openedRun(search) }));

export const conflictsQuery = ({ owner, repo, number }: AtPull) =>
  apiQuery((call) => webGetPullConflictsPage(call, { owner, repo, pull_number: number }));

/** What the page of conflicts shows. */
export type ConflictsData = Read<ReturnType<typeof conflictsQuery>>;

export const newPullQuery = ({ owner, repo }: At, basehead: string, template?: string) =>
  apiQuery((call) => webGetNewPullPage(call, { owner, repo, basehead, template }));

export type NewPullData = Read<ReturnType<typeof newPullQuery>>;

export const comparisonQuery = ({ owner, repo }: At, basehead: string, search: URLSearchParams) =>
  apiQuery((call) => webCompare(call, { owner, repo, basehead, ...diffQueryOf(search) }));

export const branchesQuery = ({ owner, repo }: At) =>
  apiQuery((call) => webBranches(call, { owner, repo, per_page: 100 }));
