/** A stretch of a line's text, in UTF-16 units. */
export type Range = readonly [from: number, to: number];

const piece = /<[^>]*>|&[^;]+;|[^<&]/g;

/** Wraps stretches of the text of highlighted HTML in `<mark>`; spans that a stretch crosses stay well formed. */
export function markRanges(html: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return html;
  let out = "";
  let at = 0;
  let index = 0;
  let open = false;
  for (const [part] of html.matchAll(piece)) {
    if (part.startsWith("<")) {
      // A mark never crosses a tag: it is closed before and opened after.
      if (open) out += "</mark>";
      open = false;
      out += part;
      continue;
    }
    while (index < ranges.length && at >= (ranges[index]?.[1] ?? 0)) index++;
    const range = ranges[index];
    const inside = range !== undefined && at >= range[0] && at < range[1];
    if (inside !== open) out += inside ? "<mark>" : "</mark>";
    open = inside;
    out += part;
    at += 1;
  }
  return open ? `${out}</mark>` : out;
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&#39;": "'",
};

/** The text of highlighted HTML; each entity is one character, as `markRanges` counts. */
export const textOf = (html: string): string =>
  html.replaceAll(/<[^>]*>/g, "").replaceAll(/&[^;]+;/g, (entity) => entities[entity] ?? "?");
