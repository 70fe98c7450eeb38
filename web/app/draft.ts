import { useEffect, type RefObject } from "react";

/** What a form's `sent` event says: the API took what was written. */
export const sentEvent = "sent";

interface Kept {
  readonly text: string;
  /** What the field said before anybody typed: a draft of something that was changed since is no draft of it. */
  readonly from: string;
}

/**
 * Keeps what is typed into the text area inside an element until its form is sent, so that a reload or a closed window loses
 * nothing.
 *
 * @param key names the draft: one for each place where something is written; without one nothing is kept
 */
export function useDraft(around: RefObject<HTMLElement | null>, key: string | undefined): void {
  useEffect(() => {
    const area = around.current?.querySelector("textarea");
    if (!area || key === undefined) return undefined;
    const place = `draft:${key}`;
    const from = area.defaultValue;
    const kept = read(place);
    // What came with the page, such as a refused form, is newer than the draft.
    if (kept !== null && kept.from === from && area.value === from) typeInto(area, kept.text);
    const keep = () => {
      if (area.value === from || area.value.trim() === "") localStorage.removeItem(place);
      else localStorage.setItem(place, JSON.stringify({ text: area.value, from } satisfies Kept));
    };
    const forget = () => localStorage.removeItem(place);
    const form = area.form;
    area.addEventListener("input", keep);
    form?.addEventListener(sentEvent, forget);
    return () => {
      area.removeEventListener("input", keep);
      form?.removeEventListener(sentEvent, forget);
    };
  }, [around, key]);
}

function read(place: string): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(place) ?? "null") as Partial<Kept> | null;
    return typeof found?.text === "string" && typeof found.from === "string"
      ? { text: found.text, from: found.from }
      : null;
  } catch {
    return null;
  }
}

/** Puts text into a field as if it had been typed, so that the components around it hear of it. */
export function typeInto(field: HTMLTextAreaElement, text: string): void {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts text where the cursor is, on lines of its own when it is a block, and the cursor behind it. */
export function insertInto(field: HTMLTextAreaElement, text: string, block = false): void {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const before = value.slice(0, start);
  const after = value.slice(end);
  const gap = block && before !== "" && !before.endsWith("\n") ? "\n" : "";
  const rest = block && after !== "" && !after.startsWith("\n") ? "\n" : "";
  typeInto(field, `${before}${gap}${text}${rest}${after}`);
  field.focus();
  const at = start + gap.length + text.length;
  field.setSelectionRange(at, at);
}
