/** Why a reference did not move. */

export type RefFailureKind =
  /** It is not at `old` any more, or is gone. */
  | "stale"
  /** It should have been created but exists. */
  | "exists"
  /** Another process holds its lock. */
  | "locked"
  /** `a` and `a/b` cannot both exist. */
  | "name-conflict"
  | "invalid-name"
  | "missing-object"
  /** The repository has as many as it may. */
  | "too-many"
  /** A branch can only name a commit. */
  | "not-a-commit"
  /** Nothing wrong with it: another change of the same atomic transaction failed. */
  | "aborted"
  /** Anything else, such as a full disk. */
  | "failed";

export interface RefFailure {
  readonly kind: RefFailureKind;
  /** A sentence for people. */
  readonly message: string;
  /** What git said, for the log alone. */
  readonly detail?: string;
}

const sentences: Readonly<Record<RefFailureKind, string>> = {
  stale: "it moved meanwhile, fetch first",
  exists: "it already exists",
  locked: "it is being changed by someone else, try again",
  "name-conflict": "its name is in the way of another reference",
  "invalid-name": "this is not a valid name",
  "missing-object": "its object is not in the repository",
  "not-a-commit": "a branch must point to a commit",
  "too-many": "the repository has too many references already",
  aborted: "another part of the same push failed",
  failed: "it could not be written",
};

/** A failure of a kind, with its sentence. */
export function refFailure(kind: RefFailureKind, detail?: string): RefFailure {
  return { kind, message: sentences[kind], ...(detail === undefined ? {} : { detail }) };
}

// The sentences of refs.c and refs/files-backend.c, in the C locale.
const patterns: readonly (readonly [RegExp, RefFailureKind])[] = [
  [/is at [0-9a-f]+ but expected|unable to resolve reference|reference is missing/, "stale"],
  [/reference already exists/, "exists"],
  [/\.lock': File exists/, "locked"],
  [/; cannot create|at the same time|Not a directory|Is a directory|non-empty directory/, "name-conflict"],
  [/nonexistent object/, "missing-object"],
  [/trying to write non-commit object/, "not-a-commit"],
  [/invalid ref format|refusing to update ref with bad name|File name too long/, "invalid-name"],
];

/**
 * Who is to blame when `update-ref` refused a transaction: the references it names, or all of them when it names none
 * (the lock of packed-refs, a full disk).
 */
export function readCulprits<Change extends { readonly ref: string }>(
  changes: readonly Change[],
  complaint: string,
): Map<string, RefFailure> {
  const kind = patterns.find(([pattern]) => pattern.test(complaint))?.[1] ?? "failed";
  const failure = refFailure(kind, complaint);
  const named = /cannot (?:lock|update) ref '(.+?)': /.exec(complaint)?.[1];
  const blamed = changes.filter(({ ref }) => ref === named);
  return new Map((blamed.length > 0 ? blamed : changes).map(({ ref }) => [ref, failure]));
}
