import { useRef, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import type { LinePlace } from "../diff/lines.ts";
import type { RangePlace } from "./places.ts";

interface Props {
  /** Called with the lines that were chosen. */
  readonly onChoose: (place: RangePlace) => void;
  readonly children: ReactNode;
}

/**
 * Lets several lines of a diff be chosen for a comment: by drawing along the numbers, or by a press with the shift key, which
 * reaches from the line pressed before. By keyboard the form of a comment asks from which line it begins.
 */
export function LineSelection({ onChoose, children }: Props) {
  const from = useRef<LinePlace>(undefined);
  const drawn = useRef<LinePlace>(undefined);

  const choose = (to: LinePlace) => {
    const start = from.current;
    if (!start || start.path !== to.path || start.side !== to.side || start.line === to.line) return false;
    const [first, last] = [start.line, to.line].toSorted((a, b) => a - b);
    onChoose({ ...to, startLine: first ?? to.line, line: last ?? to.line });
    return true;
  };
  const onPointerDown = (event: PointerEvent) => {
    const place = event.button === 0 && !event.shiftKey ? placeUnder(event.target) : undefined;
    if (!place) return;
    from.current = place;
    drawn.current = place;
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drawn.current === undefined || from.current === undefined) return;
    if ((event.buttons & 1) === 0) return end(event.currentTarget);
    const to = placeUnder(document.elementFromPoint(event.clientX, event.clientY));
    if (!to || to.path !== from.current.path || to.side !== from.current.side) return;
    drawn.current = to;
    // Words would be selected on the way.
    getSelection()?.removeAllRanges();
    mark(event.currentTarget, from.current, to);
  };
  const end = (around: HTMLElement) => {
    drawn.current = undefined;
    for (const line of around.querySelectorAll(".dnum.chosen")) line.classList.remove("chosen");
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const to = drawn.current;
    end(event.currentTarget);
    if (to) choose(to);
  };
  const onClick = (event: MouseEvent) => {
    if (!event.shiftKey) return;
    const to = placeUnder(event.target);
    if (!to || !choose(to)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Beside the pointer there are the fields of the form.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <div
      // Numbers are links, which a browser would carry off.
      onDragStart={(event) => from.current && placeUnder(event.target) && event.preventDefault()}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onClickCapture={onClick}
    >
      {children}
    </div>
  );
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
