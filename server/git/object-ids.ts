/** Where a bare repository lies: an absolute folder. */
export interface Repository {
  readonly dir: string;
}

const full = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Whether a text is a whole, lower-case object id (SHA-1 or SHA-256). */
export function isObjectId(text: string): boolean {
  return full.test(text);
}

/** Whether an id is the all-zero one, with which git says "nothing here". */
export function isZeroId(id: string): boolean {
  return /^0+$/.test(id);
}

/** Throws when something other than a whole object id is about to reach git: a mistake of the caller. */
export function requireObjectIds(...ids: readonly string[]): void {
  for (const id of ids) if (!isObjectId(id)) throw new TypeError("not a whole object id");
}

/** The id of the tree without entries, in the object format of another id. */
export function emptyTreeId(like: string): string {
  return like.length === 64
    ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
    : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}
