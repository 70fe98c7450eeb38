import { useSyncExternalStore } from "react";

/** The suggestions that a reader gathers, to apply them in one commit: by pull request, for this tab and this visit. */
const batches = new Map<number, readonly number[]>();
const listeners = new Set<() => void>();
const none: readonly number[] = [];

export function setBatch(number: number, ids: readonly number[]): void {
  batches.set(number, ids);
  for (const listener of listeners) listener();
}

/** Takes a comment's suggestion into the batch, or out of it. */
export function toggleBatched(number: number, id: number): void {
  const there = batches.get(number) ?? none;
  setBatch(number, there.includes(id) ? there.filter((one) => one !== id) : [...there, id]);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The comments whose suggestions are gathered. */
export const useBatch = (number: number): readonly number[] =>
  useSyncExternalStore(
    subscribe,
    () => batches.get(number) ?? none,
    () => none,
  );
