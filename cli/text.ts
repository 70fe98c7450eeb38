/** Text of other people on somebody's terminal. */

/** All that a terminal obeys instead of showing: C0 without tab and newline, DEL, C1, and what turns the direction of writing. */
// oxlint-disable-next-line no-control-regex -- these are what it is about
const commands = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text without what a terminal would obey: nobody's title may move the cursor or rewrite the screen. */
export const printable = (text: string): string => text.replaceAll("\r\n", "\n").replace(commands, "");

/** The same in one line. */
export const oneLine = (text: string): string =>
  printable(text)
    .replaceAll(/[\t\n]+/g, " ")
    .trim();

/** JSON in which the same characters stand escaped, so that what is read back is what was sent. */
export function jsonText(value: unknown, indent: number): string {
  return JSON.stringify(value, null, indent).replace(commands, (one) =>
    one === "\n" || one === "\t" ? one : `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** How wide a text stands in a terminal: East Asian wide characters and emoji take two columns, marks none. */
export function columns(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text))
    width +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        segment,
      )
        ? 2
        : 1;
  return width;
}

/** Rows with their columns below each other; the last column is as long as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of clean)
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, columns(cell));
  const lines = clean.map((row) =>
    row
      .map((cell, index) => cell + " ".repeat((widths[index] ?? 0) - columns(cell)))
      .join("  ")
      .trimEnd(),
  );
  return lines.join("\n");
}

/** "1 issue", "2 issues". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
