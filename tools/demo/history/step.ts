/** The history of the demo as a list of small steps, each of which becomes a commit. */
import type { PersonName } from "../../testing/people.ts";

export type Change =
  | { readonly path: string; readonly text: string; readonly executable?: true }
  | { readonly path: string; readonly find: string; readonly replace: string }
  | { readonly path: string; readonly append: string }
  | { readonly path: string; readonly gone: true }
  | { readonly path: string; readonly from: string };

export interface Step {
  readonly by: PersonName;
  /** First line, empty line, more. */
  readonly message: string;
  readonly changes: readonly Change[];
  /** A tag on the commit. */
  readonly tag?: string;
}

export const put = (path: string, text: string): Change => ({ path, text });
export const program = (path: string, text: string): Change => ({ path, text, executable: true });
export const edit = (path: string, find: string, replace: string): Change => ({ path, find, replace });
export const append = (path: string, text: string): Change => ({ path, append: text });
export const gone = (path: string): Change => ({ path, gone: true });
export const moved = (from: string, path: string): Change => ({ path, from });
export const by = (
  person: PersonName,
  message: string,
  changes: readonly Change[],
  more: { readonly tag?: string } = {},
): Step => ({ by: person, message, changes, ...more });
