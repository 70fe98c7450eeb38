/** Remembers which checks passed on which files, so that what cannot have changed is not checked again. */
import { createHash, hash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Sources } from "./sources.ts";

/** Raised when what a check says changes without its files. */
const edition = 1;

export class Passed {
  readonly #file: string;
  readonly #known: Record<string, Mark>;

  /** @param fresh nothing is remembered yet */
  constructor(root: string, fresh: boolean, name: string) {
    this.#file = join(root, ".cache", `${name}-passed.json`);
    this.#known = !fresh && existsSync(this.#file) ? read(this.#file) : {};
  }

  /** What was said when it passed in this state; undefined when it did not. */
  find(what: string, state: string): string | undefined {
    const mark = this.#known[what];
    return mark?.state === state ? (mark.said ?? "") : undefined;
  }

  remember(what: string, state: string | undefined, said?: string): void {
    if (state === undefined) delete this.#known[what];
    else this.#known[what] = said === undefined ? { state } : { state, said };
  }

  save(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, JSON.stringify(this.#known));
  }
}

interface Mark {
  readonly state: string;
  readonly said?: string;
}

function read(file: string): Record<string, Mark> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, Mark>;
  } catch {
    // Cut off while it was written: what it said is found out again.
    return {};
  }
}

/** One word for the contents of all files that match, and for the versions of the programs that look at them. */
export function fingerprint(sources: Sources, inputs: RegExp, always: RegExp = machinery): string {
  const all = createHash("sha256").update(`${edition} ${process.version} `);
  for (const file of sources.files) {
    if (inputs.test(file) || always.test(file)) all.update(`${file}\0${contentHash(sources, file)}\0`);
  }
  return all.digest("hex");
}

const machinery = /^(?:package-lock\.json|package\.json|tsconfig\.json|tools\/checks\/.*)$/;

const hashes = new WeakMap<Sources, Map<string, string>>();

export function contentHash(sources: Sources, file: string): string {
  let known = hashes.get(sources);
  if (!known) hashes.set(sources, (known = new Map()));
  let found = known.get(file);
  if (found === undefined) known.set(file, (found = hash("sha1", sources.read(file))));
  return found;
}
