/** The finer rules of comments on commits. Nothing locks them but an archived repository. */
import { actorId, type Actor } from "../../kernel/actor.ts";
import { reaches, type Verdict } from "../../kernel/grants.ts";
import { mayOpen } from "../issues/index.ts";
import type { Repository } from "../repositories/index.ts";

interface Written {
  readonly userId: string;
}

/** Whoever may ask may comment. */
export const maySpeak = (actor: Actor, repo: Repository): Verdict => mayOpen(actor, repo);

export function mayChange(actor: Actor, repo: Repository, comment: Written): Verdict {
  const able = maySpeak(actor, repo);
  if (able !== true) return able;
  return comment.userId === actorId(actor) || "Only its author can change a comment";
}

export function mayDelete(actor: Actor, repo: Repository, comment: Written): Verdict {
  const able = maySpeak(actor, repo);
  if (able !== true) return able;
  return (
    comment.userId === actorId(actor) ||
    reaches(repo.access, "write") ||
    "Only its author and people with write access can delete a comment"
  );
}
