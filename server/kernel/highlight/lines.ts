import type { Run } from "./tokenize.ts";

/** The lines of a text without their ends (`\n` or `\r\n`); a last line that is empty is no line. */
export function splitLines(source: string): string[] {
  const lines = source.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text as HTML for between tags; it is not safe inside an attribute. */
export function escapeText(text: string): string {
  // Most lines have none of them, and a large change has many lines.
  if (!/[&<>]/.test(text)) return text;
  return text.replace(/[&<>]/g, (letter) => entities[letter] ?? letter);
}

/** One coloured line as HTML: text and unnested `<span class=…>`. */
export function lineHtml(line: Run[]): string {
  return line
    .map(({ ink, text }) => (ink ? `<span class=${ink}>${escapeText(text)}</span>` : escapeText(text)))
    .join("");
}
