/** What a check is: it reads the sources and says, for each thing that is wrong, where it is and how to mend it. */
import type { Sources } from "./sources.ts";

export interface Problem {
  /** A path relative to the checkout, with a line when there is one: `server/app.ts:12`. */
  readonly where: string;
  readonly what: string;
  readonly mend?: string;
}

export interface Outcome {
  readonly problems: readonly Problem[];
  /** What is worth knowing when all is well: `47 tables`. */
  readonly summary?: string;
  /** The output of another program, shown as it is. */
  readonly output?: string;
}

export interface Check {
  readonly name: string;
  /** The files that its outcome depends on; all of them unless told. */
  readonly inputs?: RegExp;
  readonly run: (sources: Sources, options: CheckOptions) => Promise<Outcome> | Outcome;
}

export interface CheckOptions {
  /** Believe nothing that an earlier run found out. */
  readonly fresh: boolean;
}

export const outcome = (problems: readonly Problem[], summary?: string): Outcome => ({
  problems,
  ...(summary === undefined ? {} : { summary }),
});
