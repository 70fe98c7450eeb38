/** What a line says that cannot be meant: where it stands, in a sentence, and what becomes of it. */
import { filterNamed, type Filter } from "./filters.ts";
import type { Qualifier, Span, Term } from "./read.ts";
import { numbersIn, timesIn } from "./spans.ts";
import { termWritten } from "./write.ts";

export interface Problem extends Span {
  /** The piece of the line. */
  readonly text: string;
  readonly message: string;
  /** Looked for as a word after all; else it says nothing and is left out. */
  readonly kept: boolean;
}

export interface Checked {
  /** What can be meant. */
  readonly terms: readonly Term[];
  readonly problems: readonly Problem[];
}

/** Parts what can be meant from what cannot. Many values of a filter stay as far as they are good. */
export function check(terms: readonly Term[]): Checked {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  const good = terms.flatMap((term): Term[] => {
    const say = (message: string, kept = false) => {
      const { start = 0, end = 0 } = term;
      problems.push({ start, end, text: termWritten(term), message, kept });
    };
    if (term.kind === "word") {
      const name = unknownName(term.text);
      if (!term.quoted && name !== undefined)
        say(`There is no filter “${name}:”, so it was looked for as a word.`, true);
      return [term];
    }
    const filter = filterNamed(term.name);
    if (!filter) return [term];
    if (term.values.length === 0) {
      say(`${term.name}: needs a value, for example ${exampleOf(filter)}.`);
      return [];
    }
    const said = filter.single ? complaintOfSingle(term, seen) : undefined;
    if (said !== undefined) {
      say(said);
      return [];
    }
    const bad = term.values.find((value) => !isMeant(filter, value));
    if (bad !== undefined) say(`“${term.name}:” does not know ${quoted(bad)}; ${expected(filter)}.`);
    const values = term.values.filter((value) => isMeant(filter, value));
    return values.length === 0 ? [] : [values.length === term.values.length ? term : { ...term, values }];
  });
  return { terms: good, problems };
}

const quoted = (text: string) => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

/** `colour` of `colour:red`; nothing for `http://…`, `12:30` and `Error:`. */
const unknownName = (text: string): string | undefined => /^([a-z][a-z-]{1,30}):(?!\/\/)./i.exec(text)?.[1];

function complaintOfSingle(term: Qualifier, seen: Map<string, string>): string | undefined {
  const value = term.values.join(",");
  const before = seen.get(term.name);
  seen.set(term.name, before ?? value);
  if (term.values.length > 1 || (before !== undefined && before !== value))
    return `${term.name}: can be one thing only.`;
  return term.not ? `${term.name}: cannot be turned around.` : undefined;
}

function isMeant({ values }: Filter, value: string): boolean {
  switch (values.of) {
    case "choice":
      return values.words.some(({ word }) => word === value.toLowerCase());
    case "time":
      return timesIn(value, new Date(0)) !== null;
    case "number":
      return numbersIn(value) !== null;
    case "repository":
      return /^[^/]+\/[^/]+$/.test(value);
    default:
      return !value.includes("\0");
  }
}

function expected(filter: Filter): string {
  const { values } = filter;
  switch (values.of) {
    case "choice": {
      const offered = values.words.filter((one) => !one.silent);
      return `it is one of ${(offered.length > 0 ? offered : values.words).map((one) => one.word).join(", ")}`;
    }
    case "time":
      return "it is a day such as 2026-08-12, or an age such as <2w";
    case "number":
      return "it is a number, for example >3";
    default:
      return `it is for example ${exampleOf(filter)}`;
  }
}

function exampleOf({ name, values }: Filter): string {
  switch (values.of) {
    case "choice":
      return `${name}:${values.words[0]?.word ?? ""}`;
    case "time":
      return `${name}:<2w`;
    case "number":
      return `${name}:>3`;
    case "person":
      return `${name}:@me`;
    case "repository":
      return `${name}:owner/name`;
    case "milestone":
      return `${name}:"v1"`;
    case "branch":
      return `${name}:main`;
    case "label":
      return `${name}:bug`;
    default:
      return `${name}:name`;
  }
}
