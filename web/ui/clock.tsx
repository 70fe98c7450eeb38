import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from "react";

interface Clock {
  readonly start: number;
  readonly subscribe: (listener: () => void) => () => void;
}

const ClockContext = createContext<Clock>({ start: 0, subscribe: () => () => undefined });
const BEAT = 30_000;
const beatNow = (): number => Math.floor(Date.now() / BEAT) * BEAT;

/** One clock for every relative time. It stands at `start` while the server draws and the browser hydrates. */
export function ClockProvider({ start, children }: { readonly start: number; readonly children: ReactNode }) {
  const clock = useMemo(() => createClock(start), [start]);
  return <ClockContext value={clock}>{children}</ClockContext>;
}

function createClock(start: number): Clock {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    start,
    subscribe: (listener) => {
      listeners.add(listener);
      timer ??= setInterval(() => {
        for (const one of listeners) one();
      }, BEAT);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}

/** Now in milliseconds, to half a minute; and whether it is the browser's own clock yet. */
export function useClock(): { readonly now: number; readonly live: boolean } {
  const { start, subscribe } = useContext(ClockContext);
  const beat = useSyncExternalStore(subscribe, beatNow, () => -1);
  return beat < 0 ? { now: start, live: false } : { now: Math.max(beat, start), live: true };
}
