/** Browsers draw nothing of a line that is some million characters wide. */
const longest = 100_000;

/**
 * A line's HTML as far as a page shows it. Lines that long are never coloured, so they are text and cutting them breaks no element.
 */
export function shownLine(html: string): string {
  if (html.length <= longest || html.includes("<")) return html || "\n";
  const kept = html.slice(0, longest).replace(/&[^;]*$/, "");
  return `${kept}<span class="cut"> … The line goes on; Raw has all of it.</span>`;
}
