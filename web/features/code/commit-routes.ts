import {
  webCommit,
  webCommitContained,
  webGetAnnotations,
  webGetCheckList,
  webHistory,
} from "../../../api/client.gen.ts";
import { goTo, pageIn, type Before } from "../../app/page.tsx";
import { apiQuery } from "../../app/query.ts";
import { commitCommentsQuery } from "../commit-comments/query.ts";
import { diffQueryOf } from "../diff/diff-query.ts";
import { repositoryLayout, repositoryQuery } from "../repositories/layout.ts";
import { commitHref, type At } from "./hrefs.ts";

const changeQuery = (params: At & { readonly sha: string }, search: URLSearchParams) =>
  apiQuery((call) => webCommit(call, { ...params, ...diffQueryOf(search) }));
const checksQuery = ({ owner, repo, sha }: At & { readonly sha: string }) =>
  apiQuery((call) => webGetCheckList(call, { owner, repo, sha }));
const annotationsQuery = ({ owner, repo, sha }: At & { readonly sha: string }) =>
  apiQuery((call) => webGetAnnotations(call, { owner, repo, basehead: sha }));
const containedQuery = (params: At & { readonly sha: string }) =>
  apiQuery((call) => webCommitContained(call, params));

// An interface would not be a record of queries.
// oxlint-disable-next-line typescript/consistent-type-definitions
type Said = {
  readonly home: ReturnType<typeof repositoryQuery>;
  readonly change: ReturnType<typeof changeQuery>;
  readonly comments: ReturnType<typeof commitCommentsQuery>;
  readonly checks: ReturnType<typeof checksQuery>;
  readonly said: ReturnType<typeof annotationsQuery>;
};

type CommitReads =
  | Said
  | (Said & {
      readonly contained: ReturnType<typeof containedQuery>;
    });

/** A commit has one address: its whole id. A branch, a tag or a few digits lead there. */
const wholeCommit =
  (nameOf: (params: At & { readonly sha?: string; readonly rest?: string }) => string) =>
  async ({ params, search, read }: Before<At & { readonly sha?: string; readonly rest?: string }>) => {
    const { owner, repo } = params;
    const rest = nameOf(params);
    if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(rest)) return;
    const { revision } = await read(apiQuery((call) => webHistory(call, { owner, repo, rest, per_page: 1 })));
    const raw = search.toString();
    throw goTo(`${commitHref(params, revision.commit)}${raw === "" ? "" : `?${raw}`}`);
  };

/** A name with slashes. */
export const commitNamePage = pageIn(repositoryLayout, {
  path: "commit/$",
  before: wholeCommit(({ rest = "" }) => rest),
  title: "Commit",
});

export const commitPage = pageIn(repositoryLayout, {
  path: "commit/$sha",
  before: wholeCommit(({ sha = "" }) => sha),
  queries: ({ params, search }): CommitReads => ({
    home: repositoryQuery(params),
    change: changeQuery(params, search),
    comments: commitCommentsQuery(params),
    checks: checksQuery(params),
    said: annotationsQuery(params),
    // Not before it is asked for: it can take a while. Where JavaScript runs it comes after the page.
    ...(search.get("contained") === "1" ? { contained: containedQuery(params) } : {}),
  }),
  title: ({ params, data }) => `${data.change.commit.subject} · ${params.owner}/${params.repo}`,
});
