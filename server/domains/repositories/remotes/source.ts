/** Repositories whose branches and tags come from elsewhere. */
import { forbidden } from "../../../kernel/errors.ts";
import type { Repository } from "../access.ts";

/** Why people cannot move branches and tags of this repository, or null when they can. */
export function sourceRefusal(repo: Pick<Repository, "contentSource" | "sourceUrl">): string | null {
  if (repo.contentSource === "import")
    return "This repository is being imported; it can be pushed to when that is done";
  if (repo.contentSource === "mirror")
    return `This repository follows ${repo.sourceUrl ?? "another one"}: push there, or end the mirror in its settings`;
  return null;
}

/** @throws Refusal 403 before anybody sends anything */
export function requireOwnContent(repo: Pick<Repository, "contentSource" | "sourceUrl">): void {
  const refusal = sourceRefusal(repo);
  if (refusal !== null) throw forbidden(refusal);
}
