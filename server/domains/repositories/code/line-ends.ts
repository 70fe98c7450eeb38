/**
 * Text that went through a form. There every line end is `\n` and nothing else: what stood in the file is put back, so that
 * editing one line changes one line.
 */

export type LineEnds = "lf" | "crlf" | "mixed";

const anyEnd = /\r\n|\r|\n/g;

/** Text with every line end as `\n`. */
export const plainLines = (text: string): string => text.replaceAll(anyEnd, "\n");

/** How the lines of a text end; a text of one line ends like most. */
export function lineEndsOf(text: string): LineEnds {
  const kinds = new Set(text.match(anyEnd));
  if (kinds.size === 0 || (kinds.size === 1 && kinds.has("\n"))) return "lf";
  return kinds.size === 1 && kinds.has("\r\n") ? "crlf" : "mixed";
}

/** The text with the line ends of the one it replaces: lines that are still there keep theirs, new ones take what is usual. */
export function withLineEndsOf(before: string, text: string): string {
  const found = before.match(anyEnd) ?? [];
  const plain = plainLines(text);
  const usual = mostFrequent(found);
  if (new Set(found).size <= 1) return usual === "\n" ? plain : plain.replaceAll("\n", usual);
  const old = linesOf(before);
  const lines = plain.split("\n");
  const ends = keptEnds(old, lines);
  let written = "";
  for (const [index, line] of lines.entries()) {
    const end = index === lines.length - 1 ? "" : ends[index] || usual;
    // Behind a lone return, the line feed of an empty line would be taken for the rest of its end.
    written += line + (line === "" && end === "\n" && written.endsWith("\r") ? "\r" : end);
  }
  return written;
}

interface Line {
  readonly text: string;
  readonly end: string;
}

/** The last one has no end: it is empty where a text ends with a line end. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (const { index, 0: end } of text.matchAll(anyEnd)) {
    lines.push({ text: text.slice(from, index), end });
    from = index + end.length;
  }
  lines.push({ text: text.slice(from), end: "" });
  return lines;
}

/** For each line the end of the old line that it is; empty for a new one. */
function keptEnds(old: readonly Line[], lines: readonly string[]): string[] {
  const ends = lines.map(() => "");
  const shorter = Math.min(old.length, lines.length);
  let head = 0;
  while (head < shorter && old[head]?.text === lines[head]) {
    ends[head] = old[head]?.end ?? "";
    head++;
  }
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail]?.text === lines[lines.length - 1 - tail]) {
    ends[lines.length - 1 - tail] = old[old.length - 1 - tail]?.end ?? "";
    tail++;
  }
  // Between the two, each line is looked for behind the one that was found last.
  const places = new Map<string, number[]>();
  for (let index = old.length - 1 - tail; index >= head; index--) {
    const text = old[index]?.text ?? "";
    const known = places.get(text);
    if (known) known.push(index);
    else places.set(text, [index]);
  }
  let last = head - 1;
  for (let index = head; index < lines.length - tail; index++) {
    const waiting = places.get(lines[index] ?? "");
    let place = waiting?.pop();
    while (place !== undefined && place <= last) place = waiting?.pop();
    if (place === undefined) continue;
    ends[index] = old[place]?.end ?? "";
    last = place;
  }
  return ends;
}

function mostFrequent(ends: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? "\n";
}
