import { path } from "../../app/paths.ts";

/** The checks of a commit; the name of a branch or a tag leads to those of its commit too. */
export const checksHref = (at: { readonly owner: string; readonly repo: string }, sha: string): string =>
  path`/${at.owner}/${at.repo}/checks/${sha}`;

/** Where each run of a commit is opened. */
export const runsOf =
  (at: { readonly owner: string; readonly repo: string }, sha: string) =>
  (run: number): string =>
    `${checksHref(at, sha)}?run=${run}`;
