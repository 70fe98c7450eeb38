/** The finer rules of pull requests; what they share with issues is said there. */
import { actorId, type Actor } from "../../kernel/actor.ts";
import { reaches, type Verdict } from "../../kernel/grants.ts";
import { mayComment, mayOpen, mayTriage, type Written } from "../issues/index.ts";
import type { Repository } from "../repositories/index.ts";
import type { PullRequest } from "./queries.ts";

/** Opening asks to merge what one could have pushed oneself: the source must be one's own to write, or one's own to read here. */
export function mayOpenFrom(actor: Actor, target: Repository, source: Repository): Verdict {
  const able = mayOpen(actor, target);
  if (able !== true) return able;
  return (
    reaches(source.access, "write") ||
    reaches(target.access, "write") ||
    `Only people who can push to ${source.owner.login}/${source.name} can open pull requests from it`
  );
}

/** Approving or asking for changes is for others than the author. */
export function mayJudge(actor: Actor, pull: Pick<PullRequest, "authorId">): Verdict {
  return (
    pull.authorId !== actorId(actor) || "Authors cannot approve or request changes on their own pull request"
  );
}

/** A thread is settled by whoever began it, by the author of the change, and by writers. */
export function mayResolve(actor: Actor, repo: Repository, pull: PullRequest, root: Written): Verdict {
  const able = mayComment(actor, repo, pull);
  if (able !== true) return able;
  const me = actorId(actor);
  return (
    reaches(repo.access, "write") ||
    pull.authorId === me ||
    root.userId === me ||
    "Only the author, who began the thread and people with write access can resolve it"
  );
}

/** Taking back what a reviewer decided. */
export function mayDismiss(
  actor: Actor,
  repo: Repository,
  review: { readonly state: string; readonly dismissedAt: Date | null },
): Verdict {
  const able = mayTriage(actor, repo);
  if (able !== true) return able;
  return (
    (review.dismissedAt === null && ["approved", "changes_requested"].includes(review.state)) ||
    "Only an approval or a request for changes can be dismissed"
  );
}

/** Making the source branch again: for those who can push to its repository. */
export function mayRestore(
  actor: Actor,
  pull: Pick<PullRequest, "topic">,
  source: Pick<Repository, "access" | "archivedAt"> | null,
): Verdict {
  if (pull.topic !== null) return "This was opened by a push and has no branch";
  if (!source) return "The repository of the branch is gone or hidden";
  if (actor.kind === "anonymous") return "Sign in first";
  if (!reaches(source.access, "write")) return "This needs write access to the repository of the branch";
  return source.archivedAt === null || "The repository of the branch is archived and read-only";
}

/**
 * Writing to the source branch: for those who can push to its repository, and for maintainers of the target where somebody who
 * can push there allowed it (`maintainer_can_modify`), never to its default branch.
 */
export function mayPushToSource(
  actor: Actor,
  target: Repository,
  pull: Pick<PullRequest, "maintainerCanModify" | "sourceBranch" | "topic">,
  source: Pick<Repository, "access" | "archivedAt" | "defaultBranch"> | null,
): Verdict {
  if (actor.kind === "anonymous") return "Sign in first";
  if (target.archivedAt !== null) return "This repository is archived and read-only";
  if (source?.archivedAt) return "The repository of the branch is archived and read-only";
  if (pull.topic !== null) return "This was opened by a push: its author pushes again to change it";
  if (source && reaches(source.access, "write")) return true;
  const needed = "This needs write access to the repository of the branch";
  if (!pull.maintainerCanModify || mayTriage(actor, target) !== true) return needed;
  // What everybody who clones the fork gets is for its own people alone.
  return source?.defaultBranch === pull.sourceBranch
    ? "Only people of the fork push to its default branch"
    : true;
}
