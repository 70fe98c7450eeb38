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

/**
 * Characters that nobody sees and that let code read otherwise than it runs (CVE-2021-42574): they turn the direction of what
 * follows, or take no width. Joiners stay: scripts and pictures need them.
 */
const unseen = /([\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069])/;

/**
 * Text of code as HTML: text and unnested `<span class=…>`, one for each character that nobody sees, which it holds together with
 * what to show in its place (`data-unseen`).
 */
export function codeText(text: string, ink = ""): string {
  if (!unseen.test(text)) return inked(text, ink);
  return text
    .split(unseen)
    .map((part, index) => (index % 2 === 0 ? inked(part, ink) : marked(part)))
    .join("");
}

const inked = (text: string, ink: string): string =>
  ink && text ? `<span class=${ink}>${escapeText(text)}</span>` : escapeText(text);

const marked = (letter: string): string =>
  `<span class=unseen data-unseen=U+${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>${letter}</span>`;

/** One coloured line as HTML; see `codeText`. */
export function lineHtml(line: Run[]): string {
  return line.map(({ ink, text }) => codeText(text, ink)).join("");
}
