/** Where the reader is in a long diff, and going elsewhere in it while parts are drawn as they come near. */
import { useEffect, useState } from "react";

const panels = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-diff-file]")];

/** How far below the top of the screen the reader looks, in pixels: below what stays there when narrow, and below the end of a file. */
const eyes = (): number => (matchMedia("(width < 48rem)").matches ? 72 : 24);

/** The place of the file at the top of the screen; -1 where there are none. Panels follow each other, so it is found by halving. */
function placeAtTop(all: readonly HTMLElement[]): number {
  const line = eyes();
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.getBoundingClientRect().bottom ?? 0) > line) high = middle;
    else low = middle + 1;
  }
  return all.length === 0 ? -1 : low;
}

/** The last files cannot come to the top: where the keyboard is counts, while it is on the screen. */
function placeAtHand(all: readonly HTMLElement[]): number {
  const focused = document.activeElement?.closest<HTMLElement>("[data-diff-file]");
  if (focused) {
    const { top, bottom } = focused.getBoundingClientRect();
    if (bottom > eyes() && top < innerHeight) return all.indexOf(focused);
  }
  return placeAtTop(all);
}

/** The file that the reader looks at. */
export function fileAtHand(): HTMLElement | undefined {
  const all = panels();
  return all[placeAtHand(all)];
}

/** The file after the one that the reader looks at. */
export function fileAfter(): HTMLElement | undefined {
  const all = panels();
  return all[placeAtHand(all) + 1];
}

/** The path of the file that is read now, followed while the page scrolls. */
export function useFileAtHand(): string | undefined {
  const [path, setPath] = useState<string>();
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      setPath(fileAtHand()?.dataset["diffFile"]);
    };
    const onScroll = () => {
      frame ||= requestAnimationFrame(look);
    };
    look();
    addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", onScroll);
    };
  }, []);
  return path;
}

/** Frames that parts have to be drawn in, and for how many of them the place must not move. */
const patience = 30;
const calm = 3;

/** Scrolls to an element that may be drawn only by and by, until it stays where it is. Then calls `arrived`. */
export function scrollToDrawn(
  find: () => HTMLElement | null | undefined,
  block: "start" | "center",
  arrived?: (element: HTMLElement) => void,
): void {
  let [frames, still, last] = [patience, 0, Number.NaN];
  const step = () => {
    const element = find();
    element?.scrollIntoView({ block });
    const top = element?.getBoundingClientRect().top ?? Number.NaN;
    still = Math.abs(top - last) < 1 ? still + 1 : 0;
    last = top;
    if (element && still >= calm) arrived?.(element);
    else if (--frames > 0) requestAnimationFrame(step);
  };
  step();
}

/** Goes to a panel; its head takes the focus, so that Enter folds it. */
export function goToFile(panel: HTMLElement): void {
  scrollToDrawn(
    () => panel,
    "start",
    () => panel.querySelector<HTMLElement>("[data-diff-head]")?.focus({ preventScroll: true }),
  );
}

/** Goes to the next file, or the one before. */
export function goToNeighbour(by: 1 | -1): void {
  const all = panels();
  const place = placeAtHand(all);
  const here = all[place];
  // Within a file, back goes to its beginning first.
  const top = here?.getBoundingClientRect().top ?? 0;
  const isBefore = place === 0 && top > eyes() && !here?.contains(document.activeElement);
  const stays = by < 0 ? top < -8 : isBefore;
  const target = stays ? here : all[place + by];
  if (target) goToFile(target);
}

/** Whether the lines of a file are drawn and open. */
export const isOpened = (path: string): boolean =>
  document.querySelector<HTMLDetailsElement>(`[data-diff-file="${CSS.escape(path)}"] > details.diff-file`)
    ?.open === true;

/** Folds the file that is read, or opens it. */
export function toggleFileAtHand(): void {
  const details = fileAtHand()?.querySelector<HTMLDetailsElement>("details.diff-file");
  if (details) details.open = !details.open;
}
