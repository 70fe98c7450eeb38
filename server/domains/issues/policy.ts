/** The finer rules of issues. Pull requests follow the same for what they share. */
import { actorId, hasScope, type Actor } from "../../kernel/actor.ts";
import { reaches, type Verdict } from "../../kernel/grants.ts";
import type { Repository } from "../repositories/index.ts";

/** What the rules ask of an issue or a pull request. */
export interface Discussed {
  readonly authorId: string;
  readonly lockedAt: Date | null;
}

const speaks = (actor: Actor, repo: Repository): Verdict => {
  if (actor.kind === "anonymous") return "Sign in first";
  if (!hasScope(actor, "repo:write")) return "This token lacks the scope repo:write";
  return repo.archivedAt ? "This repository is archived and read-only" : true;
};

const isWriter = (repo: Repository) => reaches(repo.access, "write");

/** Whoever may read may ask. */
export const mayOpen = (actor: Actor, repo: Repository): Verdict => speaks(actor, repo);

export function mayComment(actor: Actor, repo: Repository, issue: Discussed): Verdict {
  const able = speaks(actor, repo);
  if (able !== true) return able;
  return (
    issue.lockedAt === null ||
    isWriter(repo) ||
    "This conversation is locked; only people with write access can comment"
  );
}

/** Labels, assignee, milestone, lock. */
export function mayTriage(actor: Actor, repo: Repository): Verdict {
  const able = speaks(actor, repo);
  if (able !== true) return able;
  return isWriter(repo) || "This needs write access to the repository";
}

/** Title and text, closing and reopening. */
export function mayEdit(actor: Actor, repo: Repository, issue: Discussed): Verdict {
  const able = speaks(actor, repo);
  if (able !== true || isWriter(repo)) return able;
  if (issue.authorId !== actorId(actor))
    return "Only the author and people with write access can change this";
  return (
    issue.lockedAt === null || "This conversation is locked; only people with write access can change it"
  );
}

export interface Written {
  readonly userId: string;
}

/** Nobody puts words into another's mouth: writers remove what others wrote, they do not rewrite it. */
export function mayEditComment(actor: Actor, repo: Repository, issue: Discussed, comment: Written): Verdict {
  const able = mayComment(actor, repo, issue);
  if (able !== true) return able;
  return comment.userId === actorId(actor) || "Only its author can change a comment";
}

export function mayDeleteComment(
  actor: Actor,
  repo: Repository,
  issue: Discussed,
  comment: Written,
): Verdict {
  const able = mayComment(actor, repo, issue);
  if (able !== true) return able;
  return (
    comment.userId === actorId(actor) ||
    isWriter(repo) ||
    "Only its author and people with write access can delete a comment"
  );
}
