import type { Level } from "../../../kernel/grants.ts";

/** GitHub's words: its `triage` and `maintain` have no level of their own here. */
const levels: Readonly<Record<string, Level>> = {
  pull: "read",
  read: "read",
  push: "write",
  write: "write",
  admin: "admin",
};

/** The level that GitHub's word stands for; undefined for a word that is none here. */
export const permissionNamed = (word: string): Level | undefined =>
  Object.hasOwn(levels, word) ? levels[word] : undefined;
