/** What the page says of the source branch: whether it is there, and what the reader may do with it. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { aheadBehind } from "../../../git/ancestry.ts";
import { verdictShape } from "../../issues/index.ts";
import { findRepositoryById, gitOf, type RepoWith, type Repository } from "../../repositories/index.ts";
import { branchTip, sourceTip } from "../heads.ts";
import { mayPushToSource, mayRestore } from "../policy.ts";
import type { PullRequest } from "../queries.ts";

export const sourceShape = z.object({
  repository: z.string().nullable().describe("`owner/name`; null when it is gone or may not be seen"),
  branch: z.string(),
  pushed: z.boolean().describe("Opened by a push: there is no branch, its author pushes to go on with it"),
  exists: z.boolean(),
  behind: z.int().describe("Commits of the base that it lacks"),
  can: z.object({
    update: verdictShape,
    delete: verdictShape,
    restore: verdictShape,
    allow: verdictShape.describe("Whether the reader may let maintainers of the target push to the branch"),
  }),
});

export async function sourceView(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<z.input<typeof sourceShape>> {
  const source = pull.sourceRepoId === null ? null : await findRepositoryById(ctx, pull.sourceRepoId);
  const tip = await sourceTip(ctx, repo, pull);
  const git = gitOf(ctx, repo);
  const base = pull.state === "open" ? await branchTip(git, pull.targetBranch) : null;
  const behind = base === null ? 0 : (await aheadBehind(git, base, pull.headSha)).behind;
  const restorable = mayRestore(ctx.actor, pull, source);
  const writable = restorable === true ? null : restorable;
  return {
    repository: source && `${source.owner.login}/${source.name}`,
    branch: pull.sourceBranch,
    pushed: pull.topic !== null,
    exists: tip !== null,
    behind,
    can: {
      update:
        updateProblem(ctx, repo, pull, source) ??
        (pull.state !== "open" || tip === null
          ? "Only the branch of an open pull request can be updated"
          : behind > 0 || "The branch has all of the base already"),
      delete:
        writable ??
        (tip === null
          ? "The branch is deleted already"
          : pull.state === "open"
            ? "Merge or close it first"
            : source?.defaultBranch === pull.sourceBranch
              ? "This is the default branch of its repository"
              : tip === pull.headSha || "The branch has commits that are not part of this"),
      restore: writable ?? (tip === null || "The branch is there"),
      allow:
        writable ??
        (source?.id === repo.id
          ? "The branch is in this repository"
          : pull.state !== "open"
            ? "It is not open"
            : source?.defaultBranch === pull.sourceBranch
              ? "The default branch of a fork is its people's own"
              : true),
    },
  };
}

function updateProblem(
  ctx: Context,
  repo: Repository,
  pull: PullRequest,
  source: Repository | null,
): string | null {
  const allowed = mayPushToSource(ctx.actor, repo, pull, source);
  return allowed === true ? null : allowed;
}
