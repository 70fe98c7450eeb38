/**
 * Shows what was found in the lines that are drawn, without touching them: the browser paints ranges of text (CSS Custom Highlight
 * API). Browsers without it show the line that was gone to, and no more.
 */

/** The words of a line that is drawn, by the id of its number. */
export const codeOf = (id: string): HTMLElement | null =>
  document.getElementById(id)?.parentElement?.querySelector("code") ?? null;

/** A stretch of an element's text, in UTF-16 units. */
function rangeIn(element: HTMLElement, from: number, to: number): Range | null {
  const range = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!begun && from < at + length) {
      range.setStart(node, from - at);
      begun = true;
    }
    if (begun && to <= at + length) {
      range.setEnd(node, to - at);
      return range;
    }
    at += length;
  }
  return null;
}

export interface Here {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** Paints all that fits the pattern in what is drawn, and apart the one that the reader is at. Null takes the paint away. */
export function paintFound(pattern: RegExp | null, here: Here | undefined): void {
  if (!("highlights" in CSS)) return;
  const all: Range[] = [];
  if (pattern)
    for (const code of document.querySelectorAll<HTMLElement>(".diff-lines code")) {
      for (const { index, 0: text } of (code.textContent ?? "").matchAll(pattern)) {
        const range = rangeIn(code, index, index + text.length);
        if (range) all.push(range);
      }
    }
  const code = here ? codeOf(here.id) : null;
  const one = here && code ? rangeIn(code, here.from, here.to) : null;
  CSS.highlights.set("found", new Highlight(...all));
  const at = new Highlight(...(one ? [one] : []));
  at.priority = 1;
  CSS.highlights.set("found-here", at);
}

/** Calls when other lines are drawn, at most once a frame. Returns what stops it. */
export function whenDrawn(act: () => void): () => void {
  let frame = 0;
  const observer = new MutationObserver(() => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      act();
    });
  });
  for (const panel of document.querySelectorAll("[data-diff-file]"))
    observer.observe(panel, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
