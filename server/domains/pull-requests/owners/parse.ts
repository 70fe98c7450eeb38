/**
 * A CODEOWNERS file: on each line a pattern and who owns what it covers. The last line that covers a file decides, also when it
 * names nobody. A line that cannot be understood is left out and reported.
 */
import { clueOf, covers, readPattern, type Pattern } from "./patterns.ts";

/** Larger files are not read. */
export const mostBytes = 3 * 1024 * 1024;

/** Of one line. */
const mostOwners = 100;

export interface OwnerRule {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** As written: `@user`, `@organization/team`, an e-mail address. */
  readonly owners: readonly string[];
  readonly pattern: Pattern;
}

export interface OwnersError {
  readonly line: number;
  readonly column: number;
  readonly kind: "Invalid pattern" | "Invalid owner" | "Unknown owner" | "Too large";
  /** The line. */
  readonly source: string;
  readonly suggestion: string | null;
  readonly message: string;
}

const person = /^@[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$/;
const team = /^@[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}$/;
const address = /^[^\s@]{1,64}@[^\s@]{1,190}$/;

interface Word {
  readonly text: string;
  readonly column: number;
}

/** Words are parted by blanks that no backslash precedes; a word that begins with # begins a remark. */
function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  for (const match of line.matchAll(/(?:\\.|[^\s\\]|\\$)+/g)) {
    if (match[0].startsWith("#")) break;
    words.push({ text: match[0], column: match.index + 1 });
  }
  return words;
}

/** Reads a file, without asking who the owners are. */
export function parseOwners(text: string): {
  readonly rules: readonly OwnerRule[];
  readonly errors: readonly OwnersError[];
} {
  const rules: OwnerRule[] = [];
  const errors: OwnersError[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    const source = raw.replace(/\r$/, "");
    const [first, ...owners] = wordsOf(source);
    if (!first) continue;
    const line = index + 1;
    const pattern = readPattern(first.text);
    if ("why" in pattern) {
      const { why, suggestion } = pattern;
      const message = `${why}: ${first.text}`;
      errors.push({ line, column: first.column, kind: "Invalid pattern", source, suggestion, message });
      continue;
    }
    const wrong = owners.find(({ text: name }) => ![person, team, address].some((form) => form.test(name)));
    if (wrong) {
      const message = `An owner is @user, @organization/team or an e-mail address: ${wrong.text}`;
      const suggestion = person.test(`@${wrong.text}`) ? `@${wrong.text}` : null;
      errors.push({ line, column: wrong.column, kind: "Invalid owner", source, suggestion, message });
      continue;
    }
    if (owners.length > mostOwners) {
      const column = owners[mostOwners]?.column ?? 1;
      const message = `A line names at most ${mostOwners} owners: make them a team`;
      errors.push({ line, column, kind: "Invalid owner", source, suggestion: null, message });
      continue;
    }
    rules.push({ line, text: source, owners: owners.map((one) => one.text), pattern });
  }
  return { rules, errors };
}

/** Where an owner stands on its line, from 1. */
export const columnOf = (rule: OwnerRule, owner: string): number =>
  wordsOf(rule.text).find((word) => word.text === owner)?.column ?? 1;

/** There are so many patterns without anything to look them up by, and so many files, that it would take too long. */
export class TooMuchToMatch extends Error {
  override readonly name = "TooMuchToMatch";
}

const mostComparisons = 300_000;

/** Finds the rule of each file. @throws TooMuchToMatch */
export function matcherOf(rules: readonly OwnerRule[]): (path: string) => OwnerRule | null {
  const byClue = new Map<string | null, number[]>();
  for (const [index, { pattern }] of rules.entries()) {
    const clue = clueOf(pattern);
    const known = byClue.get(clue);
    if (known) known.push(index);
    else byClue.set(clue, [index]);
  }
  let left = mostComparisons;
  return (path) => {
    const parts = path.split("/");
    let best = -1;
    for (const clue of cluesIn(parts)) {
      const indices = byClue.get(clue) ?? [];
      for (let at = indices.length - 1; at >= 0 && (indices[at] ?? 0) > best; at -= 1) {
        left -= 1;
        if (left < 0) throw new TooMuchToMatch("a CODEOWNERS file takes too long for so many changes");
        const index = indices[at] ?? 0;
        const rule = rules[index];
        if (rule && covers(rule.pattern, parts)) best = index;
      }
    }
    return rules[best] ?? null;
  };
}

function cluesIn(parts: readonly string[]): Set<string | null> {
  const clues = new Set<string | null>([null]);
  let begins = "";
  for (const part of parts) {
    begins += `/${part}`;
    clues.add(begins).add(part);
    const ending = /\.[^.]+$/.exec(part)?.[0];
    if (ending) clues.add(ending);
  }
  return clues;
}
