/**
 * The files in which git keeps references: `packed-refs` and one small file per loose reference.
 * Format: git-pack-refs(1) and refs/packed-backend.c. Reading them needs no process.
 */
import { isObjectId } from "./object-ids.ts";

/** One reference as stored. `peeled` is the object behind an annotated tag, null when there is none, undefined when unknown. */
export interface StoredRef {
  readonly oid: string;
  readonly peeled?: string | null;
}

/** What a loose file says: an object, another reference, or null when it is broken (as after a full disk). */
export type LooseRef = { readonly oid: string } | { readonly target: string } | null;

/** Reads the content of a loose reference or of HEAD. */
export function parseLooseRef(content: string): LooseRef {
  const text = content.trimEnd();
  if (text.startsWith("ref:")) {
    const target = text.slice("ref:".length).trim();
    return target === "" ? null : { target };
  }
  const oid = text.split(/\s/, 1)[0] ?? "";
  return isObjectId(oid) ? { oid } : null;
}

/** Reads a whole `packed-refs` file; lines that are not understood are left out, as git warns and goes on. */
export function parsePackedRefs(content: string): Map<string, StoredRef> {
  const refs = new Map<string, StoredRef>();
  let fullyPeeled = false;
  let tagsPeeled = false;
  let start = 0;
  let previous: { name: string; oid: string } | null = null;
  while (start < content.length) {
    let end = content.indexOf("\n", start);
    if (end === -1) end = content.length;
    const line = content.slice(start, end);
    start = end + 1;
    if (line.startsWith("#")) {
      const traits = line.slice(line.indexOf(":") + 1).split(" ");
      fullyPeeled = traits.includes("fully-peeled");
      tagsPeeled = fullyPeeled || traits.includes("peeled");
    } else if (line.startsWith("^")) {
      const peeled = line.slice(1);
      if (previous && isObjectId(peeled)) refs.set(previous.name, { oid: previous.oid, peeled });
    } else {
      const space = line.indexOf(" ");
      const oid = line.slice(0, space);
      const name = line.slice(space + 1);
      previous = null;
      if (space === -1 || !isObjectId(oid) || name === "") continue;
      previous = { name, oid };
      const known = fullyPeeled || (tagsPeeled && name.startsWith("refs/tags/"));
      refs.set(name, known ? { oid, peeled: null } : { oid });
    }
  }
  return refs;
}

/** Writes the content of a `packed-refs` file. The references must be sorted by `compareNames` and all peeled. */
export function formatPackedRefs(
  refs: Iterable<{ readonly name: string; readonly oid: string; readonly peeled: string | null }>,
): string {
  let content = "# pack-refs with: peeled fully-peeled sorted \n";
  for (const { name, oid, peeled } of refs)
    content += `${oid} ${name}\n${peeled === null ? "" : `^${peeled}\n`}`;
  return content;
}
