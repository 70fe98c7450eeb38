/** A line about issues and pull requests: read, asked, and changed word by word, so that menus write what people type. */
import { filterNames, type SortWord } from "./filters.ts";
import { check, type Checked } from "./problems.ts";
import { read, type Qualifier, type Term } from "./read.ts";
import { write } from "./write.ts";

/** Reads a line about issues and pull requests. */
export const readQuery = (line: string): Checked => check(read(line, filterNames));

/** The filters of a query with one of these names. */
export const named = (terms: readonly Term[], ...names: readonly string[]): Qualifier[] =>
  terms.filter((term): term is Qualifier => term.kind === "qualifier" && names.includes(term.name));

/** The values that a query wants of a filter, in their order, those that it does not want aside. */
export const valuesOf = (terms: readonly Term[], name: string): string[] =>
  named(terms, name).flatMap((term) => (term.not ? [] : term.values));

export type State = "open" | "closed" | "merged";

const stateNames = ["open", "closed", "merged"] as const;

/** The one state that a filter demands: `is:open`, `state:closed`. Of several in one filter, none. */
export function stateOf(term: Term): State | undefined {
  if (term.kind !== "qualifier" || term.not || term.values.length !== 1) return undefined;
  if (term.name !== "is" && term.name !== "state") return undefined;
  return stateNames.find((state) => state === term.values[0]?.toLowerCase());
}

/** The state that a query demands, or undefined when any will do. */
export const queryState = (terms: readonly Term[]): State | undefined =>
  terms.map(stateOf).find((state) => state !== undefined);

export interface Order {
  readonly sort: SortWord;
  readonly direction: "asc" | "desc";
}

/** The order that a query asks for; the newest first when it asks for none. */
export function orderOf(terms: readonly Term[]): Order {
  const [word = "created", direction] = (valuesOf(terms, "sort")[0] ?? "").toLowerCase().split("-");
  const sort = word === "updated" || word === "comments" ? word : "created";
  return { sort, direction: direction === "asc" ? "asc" : "desc" };
}

export const qualifier = (name: string, ...values: readonly string[]): Qualifier => ({
  kind: "qualifier",
  name,
  values,
  not: false,
});

/** The line with another state, or with any. */
export function withState(line: string, state: State | undefined): string {
  const terms = read(line, filterNames);
  const place = terms.findIndex((term) => stateOf(term) !== undefined);
  const rest = terms.filter((term) => stateOf(term) === undefined);
  return write(state === undefined ? rest : rest.toSpliced(Math.max(place, 0), 0, qualifier("is", state)));
}

/**
 * The line with these values of a filter and no others: one filter for each value, so all of them. What it says with `-` stays.
 * `no:` and `has:` of the same thing go, as they would contradict.
 */
export function withValues(line: string, name: string, values: readonly string[]): string {
  const terms = read(line, filterNames);
  const isOld = (term: Term) =>
    term.kind === "qualifier" &&
    !term.not &&
    (term.name === name || ((term.name === "no" || term.name === "has") && term.values.join() === name));
  const place = terms.findIndex(isOld);
  const rest = terms.filter((term) => !isOld(term));
  const fresh = values.map((value) => qualifier(name, value));
  return write(rest.toSpliced(place < 0 ? placeOfNew(rest) : Math.min(place, rest.length), 0, ...fresh));
}

/** New filters stand before the words and the order. */
function placeOfNew(terms: readonly Term[]): number {
  const place = terms.findIndex(
    (term) => term.kind === "word" || (term.kind === "qualifier" && term.name === "sort"),
  );
  return place < 0 ? terms.length : place;
}

/** The line that lacks something: `no:assignee`. */
export function withNone(line: string, name: string): string {
  const terms = read(withValues(line, name, []), filterNames);
  return write(terms.toSpliced(placeOfNew(terms), 0, qualifier("no", name)));
}

/** Whether two lines ask the same, whatever the order of their words. */
export function asksSame(one: string, other: string): boolean {
  const plain = (line: string) =>
    read(line, filterNames)
      .map((term) => write([term]).toLowerCase())
      .toSorted()
      .join(" ");
  return plain(one) === plain(other);
}
