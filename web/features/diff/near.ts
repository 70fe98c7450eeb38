/** Which parts of a long page are near the screen: one observer for all that ask about the same distance. */
import { useEffect, useRef, useState, type RefObject } from "react";

type Listener = (near: boolean) => void;

interface Watch {
  readonly observer: IntersectionObserver;
  readonly listeners: Map<Element, Listener>;
}

const watches = new Map<number, Watch>();

/** Tells whenever an element comes within `distance` pixels of the screen, or leaves that. Returns what stops it. */
function watch(element: Element, distance: number, listener: Listener): () => void {
  let known = watches.get(distance);
  if (!known) {
    const listeners = new Map<Element, Listener>();
    const tell = (entries: readonly IntersectionObserverEntry[]) => {
      for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting);
    };
    known = { observer: new IntersectionObserver(tell, { rootMargin: `${distance}px 0px` }), listeners };
    watches.set(distance, known);
  }
  const { observer, listeners } = known;
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer.unobserve(element);
  };
}

/** Whether something in it must not be lost: the focus, or words that are being written. */
const isInUse = (element: Element): boolean =>
  element.contains(document.activeElement) || element.querySelector("textarea, [data-kept]") !== null;

/** How long a part that was asked for is kept while the page scrolls to it, in milliseconds. */
const patience = 600;

export interface Near<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly near: boolean;
  /** The height it had when it was drawn last, in pixels. */
  readonly height: number | undefined;
  readonly show: () => void;
}

/**
 * Whether to draw a part: `eager` ones from the start, all while they are within `distance` pixels of the screen. What is in use
 * stays.
 */
export function useNear<E extends HTMLElement>(eager: boolean, distance: number): Near<E> {
  const ref = useRef<E>(null);
  const [near, setNear] = useState(eager);
  const [height, setHeight] = useState<number>();
  const asked = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    return watch(element, distance, (now) => {
      if (now) return setNear(true);
      if (isInUse(element) || performance.now() - asked.current < patience) return;
      const { offsetHeight } = element;
      // Nothing is measured within what is folded away.
      if (offsetHeight > 0) setHeight(offsetHeight);
      setNear(false);
    });
  }, [distance]);
  const show = () => {
    asked.current = performance.now();
    setNear(true);
  };
  return { ref, near, height, show };
}
