/** What domains above know of commits: what their checks come to. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import type { RepoWith } from "../access.ts";

export const commitVerdictShape = z
  .enum(["failure", "pending", "success"])
  .nullable()
  .describe("What all checks of the commit come to; null where nothing was reported");

export type CommitVerdict = NonNullable<z.input<typeof commitVerdictShape>>;

/** Of some commits of a repository, by their ids; those of which nothing was reported are absent. */
export type CommitVerdictReader = (
  ctx: Context,
  repo: RepoWith<"read">,
  commits: readonly string[],
) => Promise<ReadonlyMap<string, CommitVerdict>>;

let reader: CommitVerdictReader = async () => new Map();

/** To be called once, when the domain of checks is loaded. */
export function answerCommitVerdicts(answer: CommitVerdictReader): void {
  reader = answer;
}

export const commitVerdicts: CommitVerdictReader = (ctx, repo, commits) => reader(ctx, repo, commits);
