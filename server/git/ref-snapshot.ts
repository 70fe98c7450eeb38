/** All references of a repository at one moment. */
import { compareNames } from "./names.ts";
import type { LooseRef, StoredRef } from "./ref-files.ts";

export interface CachedRef extends StoredRef {
  readonly name: string;
}

/** The references at one moment; never changed, so answers can be kept beside it. */
export interface RefSnapshot {
  /** Every reference below `refs/` that names an object, by full name. */
  readonly refs: ReadonlyMap<string, CachedRef>;
  /** The same, sorted as git sorts. */
  readonly sorted: readonly CachedRef[];
  /** What HEAD says; null when it is missing or broken. */
  readonly head: LooseRef;
}

/** A file below `refs/`. */
export interface LooseFile {
  readonly name: string;
  readonly value: LooseRef;
}

/** What HEAD, the loose files and the packed ones say together; loose ones win. */
export function combine(
  head: LooseRef,
  loose: readonly LooseFile[],
  packed: ReadonlyMap<string, StoredRef>,
): RefSnapshot {
  const refs = new Map<string, CachedRef>();
  for (const [name, stored] of packed) refs.set(name, { name, ...stored });
  const links: { name: string; target: string }[] = [];
  for (const { name, value } of loose) {
    refs.delete(name);
    if (value && "oid" in value) {
      const known = packed.get(name);
      refs.set(name, known?.oid === value.oid ? { name, ...known } : { name, oid: value.oid });
    } else if (value) links.push({ name, target: value.target });
  }
  // A reference to a reference is answered as what it points to; one level, which is all that git itself writes.
  for (const { name, target } of links) {
    const found = refs.get(target);
    if (found) refs.set(name, { ...found, name });
  }
  return {
    refs,
    sorted: [...refs.values()].toSorted((a, b) => compareNames(a.name, b.name)),
    head,
  };
}

/** Whether two readings found the same. */
export function alike(one: RefSnapshot, other: RefSnapshot): boolean {
  return (
    JSON.stringify(one.head) === JSON.stringify(other.head) &&
    one.sorted.length === other.sorted.length &&
    one.sorted.every((ref, index) => {
      const its = other.sorted[index];
      return ref.name === its?.name && ref.oid === its.oid && ref.peeled === its.peeled;
    })
  );
}
