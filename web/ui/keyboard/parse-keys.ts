/** One press: a key with its modifiers. */
export interface Press {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** Reads `g i` (one after the other), `mod+k` (Ctrl, or Command on a Mac), `shift+j`, `?`. */
export const parseKeys = (keys: string): readonly Press[] =>
  keys.split(" ").map((press) => {
    const parts = press === "+" ? ["+"] : press.split("+");
    const key = parts.at(-1) ?? "";
    return { key, mod: parts.includes("mod"), shift: parts.includes("shift"), alt: parts.includes("alt") };
  });

/** Whether an event is this press. Shift is only asked of keys that do not change with it (letters count as they are typed). */
export function isPress(press: Press, event: KeyboardEvent): boolean {
  const key = names[event.key] ?? event.key.toLowerCase();
  const mod = event.metaKey || event.ctrlKey;
  const letter = /^[a-z]$/.test(key);
  return (
    key === press.key &&
    mod === press.mod &&
    event.altKey === press.alt &&
    (letter || press.shift ? event.shiftKey === press.shift : true)
  );
}

const names: Readonly<Record<string, string>> = {
  Escape: "esc",
  Enter: "enter",
  " ": "space",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

/** How presses are written: `mod+k` → `["Ctrl", "K"]`, `["⌘", "K"]` on a Mac. Sequences keep their order. */
export const writeKeys = (keys: string, mac: boolean): readonly (readonly string[])[] =>
  parseKeys(keys).map((press) => [
    ...(press.mod ? [mac ? "⌘" : "Ctrl"] : []),
    ...(press.alt ? [mac ? "⌥" : "Alt"] : []),
    ...(press.shift ? ["⇧"] : []),
    written[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key),
  ]);

const written: Readonly<Record<string, string>> = {
  esc: "Esc",
  enter: "↵",
  space: "Space",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
};
