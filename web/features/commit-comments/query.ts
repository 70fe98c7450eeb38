import { webGetCommitComments } from "../../../api/client.gen.ts";
import { apiQuery, type Read } from "../../app/query.ts";

/** A repository's commit, by its whole id. */
interface AtCommit {
  readonly owner: string;
  readonly repo: string;
  readonly sha: string;
}

export const commitCommentsQuery = ({ owner, repo, sha }: AtCommit) =>
  apiQuery((call) => webGetCommitComments(call, { owner, repo, commit_sha: sha }));

/** What was said on a commit, and whether its reader may say something. */
export type CommitCommentsData = Read<ReturnType<typeof commitCommentsQuery>>;
