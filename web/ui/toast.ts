/** A short message at the edge of the screen. */
export interface ToastOptions {
  readonly title: string;
  readonly description?: string | undefined;
  readonly tone?: "plain" | "danger" | undefined;
  /** Takes the act back. The toast then stays for ten seconds. */
  readonly undo?: (() => void | Promise<void>) | undefined;
}

type Sink = (options: ToastOptions) => void;

let sink: Sink | undefined;
const waiting: ToastOptions[] = [];
const listeners = new Set<() => void>();

/** Says something in passing, from anywhere in the browser. Errors are announced at once, the rest politely. */
export function toast(options: ToastOptions): void {
  if (sink) return sink(options);
  waiting.push(options);
  for (const listener of listeners) listener();
}

/** For the host: whether anything was ever said. */
export const toastsWanted = {
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): boolean => waiting.length > 0 || sink !== undefined,
};

/** For the host: takes what is waiting, and what comes from now on. */
export function takeToasts(next: Sink): void {
  sink = next;
  for (const options of waiting.splice(0)) next(options);
}
