/** The language of a search line, read in one walk over its characters. Knows no filter by name: those are handed in. */

/** Where something stands in the line: from `start` up to, not including, `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Word extends Partial<Span> {
  readonly kind: "word";
  readonly text: string;
  /** Written in quotes: the words of `text` in a row. */
  readonly quoted: boolean;
  readonly not: boolean;
}

export interface Qualifier extends Partial<Span> {
  readonly kind: "qualifier";
  readonly name: string;
  /** Parted by commas outside of quotes: either of them. None when nothing follows the colon. */
  readonly values: readonly string[];
  readonly not: boolean;
}

/** One thing that a line says. What was read knows where it stood; what was made does not. */
export type Term = Word | Qualifier;

export const isSpace = (char: string | undefined): boolean =>
  char === " " || char === "\t" || char === "\n" || char === "\r";

/**
 * Reads a line. Whatever stands before a colon and is not in `names` (lower case) belongs to a word. Never fails: a quote that
 * is not closed ends with the line.
 */
export function read(line: string, names: ReadonlySet<string>): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < line.length) {
    if (isSpace(line[at])) {
      at += 1;
      continue;
    }
    const start = at;
    const not = line[at] === "-" && at + 1 < line.length && !isSpace(line[at + 1]);
    if (not) at += 1;
    const { pieces, end } = chunk(line, at);
    const term = termOf(pieces, not, names, { start, end });
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
function chunk(line: string, start: number): { pieces: Piece[]; end: number } {
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
  return { pieces, end: at };
}

function termOf(pieces: readonly Piece[], not: boolean, names: ReadonlySet<string>, span: Span): Term | null {
  const first = pieces[0];
  const colon = first && !first.quoted ? first.text.indexOf(":") : -1;
  const name = colon > 0 ? (first?.text.slice(0, colon) ?? "").toLowerCase() : "";
  if (first && names.has(name)) {
    const rest = [{ text: first.text.slice(colon + 1), quoted: false }, ...pieces.slice(1)];
    return { kind: "qualifier", name, values: valuesOf(rest), not, ...span };
  }
  const text = pieces
    .map((piece) => piece.text)
    .join("")
    .trim();
  if (text === "") return null;
  return { kind: "word", text, quoted: pieces.some((piece) => piece.quoted), not, ...span };
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
