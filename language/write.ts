/** Terms as a line that reads back as the same terms. */
import type { Term } from "./read.ts";

const inQuotes = (text: string) => `"${text.replaceAll('"', "")}"`;

/** A value as it stands in a line: in quotes only where it must. */
export const valueWritten = (value: string): string => (/[\s",]/.test(value) ? inQuotes(value) : value);

export function termWritten(term: Term): string {
  const sign = term.not ? "-" : "";
  if (term.kind === "word") return `${sign}${term.quoted ? inQuotes(term.text) : term.text}`;
  return `${sign}${term.name}:${term.values.map(valueWritten).join(",")}`;
}

export const write = (terms: readonly Term[]): string => terms.map(termWritten).join(" ");

/** The words as `websearch_to_tsquery` of PostgreSQL reads them; undefined when there are none. */
export function wordsOf(terms: readonly Term[]): string | undefined {
  const words = terms.filter((term) => term.kind === "word");
  return words.length === 0 ? undefined : write(words);
}
