import { useEffect, useRef, type RefObject } from "react";

/**
 * Keeps what is typed into a form until it is sent, so that a reload or a closed window loses nothing. Put the reference on an
 * element around the fields; call `forget` when the form was sent.
 *
 * @param key names the draft: one for each place where something is written
 */
export function useDraft(key: string): {
  readonly around: RefObject<HTMLDivElement | null>;
  readonly forget: () => void;
} {
  const around = useRef<HTMLDivElement>(null);
  const place = `draft:${key}`;
  useEffect(() => {
    const element = around.current;
    if (!element) return undefined;
    restore(element, localStorage.getItem(place));
    const keep = () => {
      const texts = fieldsOf(element).map((field) => [field.name, field.value] as const);
      if (texts.every(([, text]) => text.trim() === "")) localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify(Object.fromEntries(texts)));
    };
    element.addEventListener("input", keep);
    return () => element.removeEventListener("input", keep);
  }, [place]);
  return { around, forget: () => localStorage.removeItem(place) };
}

type Typed = HTMLInputElement | HTMLTextAreaElement;

const fieldsOf = (element: HTMLElement): Typed[] => [
  ...element.querySelectorAll<Typed>("textarea[name], input[type=text][name]"),
];

function restore(element: HTMLElement, kept: string | null): void {
  if (kept === null) return;
  const texts = JSON.parse(kept) as Record<string, unknown>;
  for (const field of fieldsOf(element)) {
    const text = texts[field.name];
    // What came with the page, such as a refused form, is newer than the draft.
    if (typeof text === "string" && field.value === "") typeInto(field, text);
  }
}

/** Puts text into a field as if it had been typed, so that the components around it hear of it. */
export function typeInto(field: Typed, text: string): void {
  const owner = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(owner.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
