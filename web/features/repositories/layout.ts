import { webRepository } from "../../../api/client.gen.ts";
import { page } from "../../app/page.tsx";
import { apiQuery, type Read } from "../../app/query.ts";

interface At {
  readonly owner: string;
  readonly repo: string;
}

/** What every page of a repository reads. */
export const repositoryQuery = ({ owner, repo }: At) =>
  apiQuery((call) => webRepository(call, { owner, repo }));

/** What the entries of the place "repository" decide by. */
export type RepositorySubject = Read<ReturnType<typeof repositoryQuery>>;

/** The frame of a repository's pages: its head and its tabs. Pages within it read `repositoryQuery` at no cost. */
export const repositoryLayout = page({
  path: "/$owner/$repo",
  queries: ({ params }) => ({ home: repositoryQuery(params) }),
  title: ({ params }) => `${params.owner}/${params.repo}`,
});
