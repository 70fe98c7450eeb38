/** Where the reader is in a long diff, and going elsewhere in it while parts are drawn as they come near. */
import { useEffect, useState } from "react";

const panels = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-diff-file]")];

/** How far below the top of the screen the reader looks, in pixels. */
const eyes = 96;

/** The place of the file at the top of the screen; -1 where there are none. Panels follow each other, so it is found by halving. */
function placeAtHand(all: readonly HTMLElement[]): number {
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.getBoundingClientRect().bottom ?? 0) > eyes) high = middle;
    else low = middle + 1;
  }
  return all.length === 0 ? -1 : low;
}

/** The file that the reader looks at. */
export const fileAtHand = (): HTMLElement | undefined => {
  const all = panels();
  return all[placeAtHand(all)];
};

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
function goToPanel(panel: HTMLElement): void {
  scrollToDrawn(
    () => panel,
    "start",
    () => panel.querySelector<HTMLElement>("[data-diff-head]")?.focus({ preventScroll: true }),
  );
}

/** Goes to the next file, or the one before. False when there is none. */
export function goToNeighbour(by: 1 | -1): boolean {
  const all = panels();
  const place = placeAtHand(all);
  const here = all[place];
  // Within a file, back goes to its beginning first.
  const inside = here !== undefined && here.getBoundingClientRect().top < -8;
  const next = all[place + (by < 0 && inside ? 0 : by)];
  const first = place === 0 && here !== undefined && here.getBoundingClientRect().top > eyes;
  const target = first && by > 0 ? here : next;
  if (!target) return false;
  goToPanel(target);
  return true;
}

/** Folds the file that is read, or opens it. */
export function toggleFileAtHand(): void {
  const details = fileAtHand()?.querySelector<HTMLDetailsElement>("details.diff-file");
  if (details) details.open = !details.open;
}
