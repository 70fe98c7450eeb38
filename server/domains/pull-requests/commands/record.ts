import type { PullRequest } from "../queries.ts";

/** What every event about a pull request says of it. */
export const described = (pull: Pick<PullRequest, "id" | "number" | "title">) => ({
  pull_request_id: pull.id,
  number: pull.number,
  title: pull.title,
});

/** Whom and what an event about a pull request concerns. */
export const about = (pull: Pick<PullRequest, "id" | "repoId">) => ({
  repoId: pull.repoId,
  subjectId: pull.id,
});
