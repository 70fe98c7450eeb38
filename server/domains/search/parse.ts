/** The language of a search line, read in one walk over its characters. */

export interface Word {
  readonly kind: "word";
  readonly text: string;
  /** Written in quotes: the words of `text` in a row. */
  readonly quoted: boolean;
  readonly not: boolean;
}

export interface Qualifier {
  readonly kind: "qualifier";
  readonly name: string;
  /** Parted by commas outside of quotes: either of them. */
  readonly values: readonly string[];
  readonly not: boolean;
}

export type Term = Word | Qualifier;

const isSpace = (char: string | undefined) => char === " " || char === "\t" || char === "\n" || char === "\r";

/**
 * Reads a line. Whatever stands before a colon and is not in `names` (lower case) belongs to a word. Never fails: a quote that
 * is not closed ends with the line.
 */
export function parse(line: string, names: ReadonlySet<string>): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < line.length) {
    if (isSpace(line[at])) {
      at += 1;
      continue;
    }
    const not = line[at] === "-" && at + 1 < line.length && !isSpace(line[at + 1]);
    if (not) at += 1;
    const { pieces, end, quoted } = chunk(line, at);
    const term = termOf(pieces, quoted, not, names);
    if (term) terms.push(term);
    at = end;
  }
  return terms;
}

interface Piece {
  readonly text: string;
  readonly quoted: boolean;
}

/** All up to the next space that stands outside of quotes. */
function chunk(line: string, start: number): { pieces: Piece[]; end: number; quoted: boolean } {
  const pieces: Piece[] = [];
  let at = start;
  while (at < line.length && !isSpace(line[at])) {
    const inQuotes = line[at] === '"';
    const from = inQuotes ? at + 1 : at;
    let to = from;
    while (to < line.length && (inQuotes ? line[to] !== '"' : line[to] !== '"' && !isSpace(line[to])))
      to += 1;
    pieces.push({ text: line.slice(from, to), quoted: inQuotes });
    at = inQuotes ? Math.min(to + 1, line.length) : to;
  }
  return { pieces, end: at, quoted: pieces.length === 1 && pieces[0]?.quoted === true };
}

function termOf(
  pieces: readonly Piece[],
  quoted: boolean,
  not: boolean,
  names: ReadonlySet<string>,
): Term | null {
  const first = pieces[0];
  const colon = first && !first.quoted ? first.text.indexOf(":") : -1;
  const name = colon > 0 ? (first?.text.slice(0, colon) ?? "").toLowerCase() : "";
  if (first && names.has(name)) {
    const rest = [{ text: first.text.slice(colon + 1), quoted: false }, ...pieces.slice(1)];
    const values = valuesOf(rest);
    if (values.length > 0) return { kind: "qualifier", name, values, not };
  }
  const text = pieces
    .map((piece) => piece.text)
    .join("")
    .trim();
  return text === "" ? null : { kind: "word", text, quoted, not };
}

function valuesOf(pieces: readonly Piece[]): string[] {
  const values = [""];
  for (const piece of pieces) {
    const parts = piece.quoted ? [piece.text] : piece.text.split(",");
    for (const [index, part] of parts.entries()) {
      if (index > 0) values.push("");
      values.push(`${values.pop() ?? ""}${part}`);
    }
  }
  return values.map((value) => value.trim()).filter((value) => value !== "");
}

const inQuotes = (text: string) => `"${text.replaceAll('"', "")}"`;

/** A line that is read as these terms. */
export function written(terms: readonly Term[]): string {
  return terms
    .map((term) => {
      const sign = term.not ? "-" : "";
      if (term.kind === "word") return `${sign}${term.quoted ? inQuotes(term.text) : term.text}`;
      return `${sign}${term.name}:${term.values.map(inQuotes).join(",")}`;
    })
    .join(" ");
}

/** The words as `websearch_to_tsquery` reads them; undefined when there are none. */
export function wordsOf(terms: readonly Term[]): string | undefined {
  const words = terms.filter((term) => term.kind === "word");
  return words.length === 0 ? undefined : written(words);
}
