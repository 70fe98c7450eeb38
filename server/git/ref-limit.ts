/** How many references a repository may have: every poll, push and page looks at all of them. */
import { isInternalRef } from "./names.ts";
import { isZeroId } from "./object-ids.ts";
import type { RefSnapshot } from "./ref-snapshot.ts";

/** Branches, tags and others of people; what the product keeps for itself does not count. */
export const maxRefs = 100_000;

/** Those of some changes that would make one reference too many. Two at the same time may pass the limit by a few. */
export function refsBeyondLimit(
  snapshot: RefSnapshot,
  changes: readonly { readonly ref: string; readonly old: string | null; readonly new: string | null }[],
): ReadonlySet<string> {
  const none = (id: string | null) => id === null || isZeroId(id);
  const created = changes.filter(
    (change) => none(change.old) && !none(change.new) && !isInternalRef(change.ref),
  );
  if (created.length === 0 || snapshot.sorted.length + created.length <= maxRefs) return new Set();
  const now = snapshot.sorted.filter(({ name }) => !isInternalRef(name)).length;
  const deleted = changes.filter(
    (change) => none(change.new) && !none(change.old) && !isInternalRef(change.ref),
  );
  const room = Math.max(0, maxRefs - now + deleted.length);
  return new Set(created.slice(room).map(({ ref }) => ref));
}
