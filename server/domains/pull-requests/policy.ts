/** The finer rules of pull requests; what they share with issues is said there. */
import { actorId, type Actor } from "../../kernel/actor.ts";
import { reaches, type Verdict } from "../../kernel/grants.ts";
import { mayOpen } from "../issues/index.ts";
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
