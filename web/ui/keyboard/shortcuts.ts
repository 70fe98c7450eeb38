import { useEffect, useRef } from "react";
import { isPress, parseKeys, type Press } from "./parse-keys.ts";

/** A key that does something on this page. */
export interface Shortcut {
  /** `g i`, `mod+k`, `?`. */
  readonly keys: string;
  /** What it does, as the help lists it. */
  readonly label: string;
  /** The heading in the help: "Go to", "List", "This page". */
  readonly group?: string | undefined;
  readonly run: (event: KeyboardEvent) => void;
  /** Also while typing in a field. */
  readonly whileTyping?: boolean | undefined;
  /** Whether there is anything to do it to now; the help leaves out what there is not. */
  readonly when?: (() => boolean) | undefined;
}

interface Bound extends Shortcut {
  readonly presses: readonly Press[];
}

const bound: Bound[] = [];
/** How long a sequence waits for its next key, in milliseconds. */
const PATIENCE = 1200;

/** Binds keys until the returned function is called. The latest binding of the same keys wins. */
export function bindShortcut(shortcut: Shortcut): () => void {
  const entry: Bound = { ...shortcut, presses: parseKeys(shortcut.keys) };
  bound.push(entry);
  return () => {
    bound.splice(bound.indexOf(entry), 1);
  };
}

/** Every key that works now, latest first, each keys once. */
export function boundShortcuts(): readonly Shortcut[] {
  const seen = new Set<string>();
  return bound
    .toReversed()
    .filter(({ keys, when }) => when?.() !== false && !seen.has(keys) && seen.add(keys));
}

/** Binds keys while the component is mounted. `enabled: false` leaves them alone. */
export function useShortcut(shortcut: Shortcut & { readonly enabled?: boolean }): void {
  const { keys, label, group, whileTyping, enabled = true } = shortcut;
  const { when, run } = shortcut;
  const now = useRef({ when, run });
  useEffect(() => {
    now.current = { when, run };
  });
  useEffect(
    () =>
      enabled
        ? bindShortcut({
            keys,
            label,
            group,
            whileTyping,
            run: (event) => now.current.run(event),
            when: () => now.current.when?.() !== false,
          })
        : undefined,
    [keys, label, group, whileTyping, enabled],
  );
}

/** Listens to the keyboard of the whole page. Returns what stops it. */
export function listenToKeys(target: Document = document): () => void {
  let pressed: readonly KeyboardEvent[] = [];
  let since = 0;
  const onKey = (event: KeyboardEvent): void => {
    if (
      event.defaultPrevented ||
      event.isComposing ||
      ["Shift", "Control", "Alt", "Meta"].includes(event.key)
    )
      return;
    const typing = isTyping(event.target);
    const covered = target.querySelector('[role="dialog"][data-open],[role="menu"][data-open]') !== null;
    if (event.timeStamp - since > PATIENCE) pressed = [];
    since = event.timeStamp;
    pressed = [...pressed, event];
    const open = bound
      .toReversed()
      .filter((one) => one.whileTyping || (!typing && (!covered || one.presses[0]?.mod)));
    const found = open.find((one) => ends(one.presses, pressed));
    if (found) {
      pressed = [];
      event.preventDefault();
      found.run(event);
    } else if (!open.some((one) => begins(one.presses, pressed))) {
      pressed = open.some((one) => begins(one.presses, [event])) ? [event] : [];
    }
  };
  target.addEventListener("keydown", onKey);
  return () => target.removeEventListener("keydown", onKey);
}

const begins = (presses: readonly Press[], events: readonly KeyboardEvent[]): boolean =>
  events.length < presses.length && events.every((event, index) => matches(presses[index], event));

const ends = (presses: readonly Press[], events: readonly KeyboardEvent[]): boolean =>
  events.length === presses.length && events.every((event, index) => matches(presses[index], event));

const matches = (press: Press | undefined, event: KeyboardEvent): boolean =>
  press !== undefined && isPress(press, event);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement &&
      !["checkbox", "radio", "button", "submit", "reset"].includes(target.type)));
