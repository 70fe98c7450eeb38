import { useRef, type RefObject } from "react";
import { useShortcut } from "../../ui/keyboard/shortcuts.ts";

/** A key that puts the focus into a field of this page. */
export function useFocusKey<T extends HTMLElement>(keys: string, label: string): RefObject<T | null> {
  const field = useRef<T>(null);
  useShortcut({ keys, label, group: "This page", run: () => field.current?.focus() });
  return field;
}
