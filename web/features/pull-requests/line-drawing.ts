import type { LinePlace } from "../diff/lines.ts";
import type { RangePlace } from "./places.ts";

/**
 * Lets several lines below an element be chosen: by drawing along the numbers, or by a press with the shift key, which reaches
 * from the line pressed before. Answers how to stop it.
 */
export function drawLines(around: HTMLElement, onChoose: (place: RangePlace) => void): () => void {
  let from: LinePlace | undefined;
  let drawn: LinePlace | undefined;
  const listening = new AbortController();
  const on = <K extends keyof HTMLElementEventMap>(
    name: K,
    act: (event: HTMLElementEventMap[K]) => void,
    capture = false,
  ) => around.addEventListener(name, act, { capture, signal: listening.signal });

  const choose = (to: LinePlace) => {
    if (!from || from.path !== to.path || from.side !== to.side || from.line === to.line) return false;
    const [first, last] = [from.line, to.line].toSorted((a, b) => a - b);
    onChoose({ ...to, startLine: first ?? to.line, line: last ?? to.line });
    return true;
  };
  const end = () => {
    drawn = undefined;
    for (const line of around.querySelectorAll(".dnum.chosen")) line.classList.remove("chosen");
  };
  // Numbers are links, which a browser would carry off.
  on("dragstart", (event) => {
    if (from && placeUnder(event.target)) event.preventDefault();
  });
  on("pointerdown", (event) => {
    const place = event.button === 0 && !event.shiftKey ? placeUnder(event.target) : undefined;
    if (place) from = drawn = place;
  });
  on("pointermove", (event) => {
    if (drawn === undefined || from === undefined) return;
    if ((event.buttons & 1) === 0) return end();
    const to = placeUnder(document.elementFromPoint(event.clientX, event.clientY));
    if (!to || to.path !== from.path || to.side !== from.side) return;
    drawn = to;
    // Words would be selected on the way.
    getSelection()?.removeAllRanges();
    mark(around, from, to);
  });
  on("pointerup", () => {
    const to = drawn;
    end();
    if (to) choose(to);
  });
  const onClick = (event: MouseEvent) => {
    const to = event.shiftKey ? placeUnder(event.target) : undefined;
    if (!to || !choose(to)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  on("click", onClick, true);
  return () => listening.abort();
}

/** The line whose number, or whose button for a comment, an element is part of. */
function placeUnder(target: EventTarget | null): LinePlace | undefined {
  const near = target instanceof Element ? target.closest<HTMLElement>(".dnum, .dc") : null;
  const path = near?.closest("section[aria-label]")?.getAttribute("aria-label");
  if (!near || path === null || path === undefined) return undefined;
  const number = near.matches(".dnum")
    ? near
    : (near.parentElement?.querySelector<HTMLElement>(".dnum") ?? null);
  return number ? placeOfNumber(number, path) : undefined;
}

function placeOfNumber(number: HTMLElement, path: string): LinePlace | undefined {
  const [, side, line] = /([LR])(\d+)$/.exec(number.getAttribute("href") ?? "") ?? [];
  return side === undefined ? undefined : { path, side: side === "L" ? "old" : "new", line: Number(line) };
}

function mark(around: HTMLElement, from: LinePlace, to: LinePlace): void {
  const [first = 0, last = 0] = [from.line, to.line].toSorted((a, b) => a - b);
  const section = [...around.querySelectorAll("section[aria-label]")].find(
    (one) => one.getAttribute("aria-label") === from.path,
  );
  for (const number of section?.querySelectorAll<HTMLElement>(".dnum") ?? []) {
    const place = placeOfNumber(number, from.path);
    const within = place?.side === from.side && place.line >= first && place.line <= last;
    number.classList.toggle("chosen", within);
  }
}
