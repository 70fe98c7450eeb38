/** Lines put in the place of others, in a text that keeps its line ends and its end. */

export interface Replacement {
  /** Both counted from 1, both included. */
  readonly first: number;
  readonly last: number;
  /** Without line ends. */
  readonly lines: readonly string[];
}

/** Lines with their ends; a last line without one is a line too. */
export const wholeLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Whether two of them speak of the same line. */
export function overlap(all: readonly Replacement[]): boolean {
  const sorted = all.toSorted((a, b) => a.first - b.first);
  return sorted.some((one, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next.first <= one.last;
  });
}

/** The text with every replacement made; they do not overlap. What replaces a line ends as that line ended. */
export function replaceLines(text: string, all: readonly Replacement[]): string {
  const lines = wholeLines(text);
  for (const { first, last, lines: wanted } of all.toSorted((a, b) => b.first - a.first)) {
    const replaced = lines.slice(first - 1, last);
    // A last line without an end says nothing of how lines end here; the first of the file does.
    const model = replaced[0]?.endsWith("\n") === true ? replaced[0] : lines[0];
    const end = model?.endsWith("\r\n") === true ? "\r\n" : "\n";
    const atEnd = last >= lines.length && replaced.at(-1)?.endsWith("\n") === false;
    const written = wanted.map((line, index) => line + (atEnd && index === wanted.length - 1 ? "" : end));
    lines.splice(first - 1, last - first + 1, ...written);
  }
  return lines.join("");
}
