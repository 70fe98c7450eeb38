/** The finer rules of locks. */
import { reaches, type Level, type Verdict } from "../../kernel/grants.ts";
import type { Lock } from "./queries.ts";

/** One's own lock ends when one says so; another's only by force, which administrators of the repository have. */
export function mayUnlock(
  lock: Pick<Lock, "ownerId" | "login" | "path">,
  me: { readonly id: string; readonly access: Level; readonly force: boolean },
): Verdict {
  if (lock.ownerId === me.id) return true;
  if (!me.force) return `${lock.login} holds the lock on ${lock.path}`;
  if (reaches(me.access, "admin")) return true;
  return `${lock.login} holds the lock on ${lock.path}: only administrators of the repository may force it open`;
}
