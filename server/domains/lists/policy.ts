/** Who may keep which queries. */
import { actorId, hasScope, type Actor } from "../../kernel/actor.ts";
import { reaches, type Verdict } from "../../kernel/grants.ts";
import type { Repository } from "../repositories/index.ts";
import type { View } from "./queries.ts";

const speaks = (actor: Actor): Verdict => {
  if (actor.kind === "anonymous") return "Sign in first";
  return hasScope(actor, "repo:write") || "This token lacks the scope repo:write";
};

/** Queries for oneself: whoever may read. For everybody: who may write, as they are part of the repository's face. */
export function maySave(actor: Actor, repo: Repository, shared: boolean): Verdict {
  const able = speaks(actor);
  if (able !== true || !shared) return able;
  if (repo.archivedAt) return "This repository is archived and read-only";
  return reaches(repo.access, "write") || "Sharing a query needs write access to the repository";
}

export function mayChange(actor: Actor, repo: Repository, view: View): Verdict {
  if (view.isShared) return maySave(actor, repo, true);
  const able = speaks(actor);
  if (able !== true) return able;
  return view.creatorId === actorId(actor) || "Only who saved a query can change it";
}
