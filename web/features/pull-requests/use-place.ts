import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { keepInAddress } from "../diff/diff-query.ts";
import { placeAsked, placeNamed, type CommentPlace } from "./places.ts";
import { openingActs, type Opened } from "./use-opened.ts";

/** Where the address may say the same in fields of their own. */
const inFields = ["on", "line"] as const;

/** Where a comment is being written (`?comment=`): told only to what shows that place, since the page around it is long. */
export interface WrittenPlace {
  readonly acts: Opened["acts"];
  readonly read: () => CommentPlace | undefined;
  /** Returns what ends it. */
  readonly subscribe: (changed: () => void) => () => void;
}

/** The place that the address asks for, until another is opened. None where the reader may not comment. */
export function useWrittenPlace(search: URLSearchParams, can: boolean): WrittenPlace {
  const [place] = useState(() => placeKept(placeAsked(search)));
  const asked = useRef(search);
  // The page stays when its address changes.
  useEffect(() => {
    if (asked.current === search) return;
    asked.current = search;
    const next = placeAsked(search);
    if (next) place.set(next);
  }, [search, place]);
  return useMemo(() => {
    const others = new URLSearchParams(search);
    for (const name of inFields) others.delete(name);
    return {
      acts: openingActs(others, "comment", (name) => {
        place.set(placeNamed(name));
        // A reload then shows it again, with what was typed.
        keepInAddress("comment", name ?? "");
        for (const other of inFields) keepInAddress(other, "");
      }),
      read: () => (can ? place.read() : undefined),
      subscribe: place.subscribe,
    };
  }, [place, search, can]);
}

/** The place, where it is one of those asked about. */
export function useWritten(
  { subscribe, read }: WrittenPlace,
  isHere: (path: string) => boolean,
): CommentPlace | undefined {
  const here = () => {
    const place = read();
    return place && isHere(place.path) ? place : undefined;
  };
  return useSyncExternalStore(subscribe, here, here);
}

function placeKept(first: CommentPlace | undefined) {
  const told = new Set<() => void>();
  let place = first;
  return {
    read: () => place,
    set: (next: CommentPlace | undefined) => {
      place = next;
      for (const tell of told) tell();
    },
    subscribe: (changed: () => void) => {
      told.add(changed);
      return () => void told.delete(changed);
    },
  };
}
