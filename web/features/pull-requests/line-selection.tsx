import { useEffect, useRef, type ReactNode } from "react";
import type { RangePlace } from "./places.ts";

interface Props {
  /** Called with the lines that were chosen. */
  readonly onChoose: (place: RangePlace) => void;
  readonly children: ReactNode;
}

/**
 * Lets several lines of a diff be chosen for a comment with the pointer; what that takes comes after the page. By keyboard the
 * form of a comment asks from which line it begins.
 */
export function LineSelection({ onChoose, children }: Props) {
  const around = useRef<HTMLDivElement>(null);
  const chosen = useRef(onChoose);
  useEffect(() => {
    chosen.current = onChoose;
  });
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    void import("./line-drawing.ts").then(({ drawLines }) => {
      if (!gone && around.current) stop = drawLines(around.current, (place) => chosen.current(place));
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, []);
  return <div ref={around}>{children}</div>;
}
