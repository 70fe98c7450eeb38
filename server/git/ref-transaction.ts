/** The words in which `git update-ref --stdin -z` is told a transaction. */
import { isObjectId, isZeroId } from "./object-ids.ts";

/** Everything up to `prepare`. Throws TypeError for what is no change, and for ids that are not whole. */
export function refTransaction(
  changes: readonly { readonly ref: string; readonly old: string | null; readonly new: string | null }[],
): string {
  const width = changes
    .flatMap((change) => [change.old, change.new])
    .find((id) => id !== null && !isZeroId(id))?.length;
  if (width === undefined) throw new TypeError("a change needs an object id to come from or to go to");
  const zeros = "0".repeat(width);
  const id = (value: string | null) => {
    if (value === null || isZeroId(value)) return zeros;
    if (!isObjectId(value) || value.length !== width) throw new TypeError("not a whole object id");
    return value;
  };
  let input = "start\0";
  for (const change of changes) {
    const [from, to] = [id(change.old), id(change.new)];
    if (from === zeros && to === zeros) throw new TypeError("a change from nothing to nothing");
    input += to === zeros ? `delete ${change.ref}\0${from}\0` : `update ${change.ref}\0${to}\0${from}\0`;
  }
  return input;
}
