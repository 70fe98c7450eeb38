import { typeInto } from "./draft.ts";

/** The field of the page's reply. */
export const replyField = (): HTMLTextAreaElement | null =>
  document.querySelector<HTMLTextAreaElement>("[data-reply] textarea");

/** Puts a text, or the part of it that is selected, as a quotation into the reply and goes there. */
export function quote(card: Element | null, body: string): void {
  const field = replyField();
  if (!field) return;
  const selection = document.getSelection();
  const chosen =
    selection && card && selection.containsNode(card, true) && card.contains(selection.anchorNode)
      ? selection.toString()
      : "";
  const quoted = (chosen.trim() === "" ? body : chosen)
    .trim()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
  const before = field.value.trim() === "" ? "" : `${field.value.trimEnd()}\n\n`;
  typeInto(field, `${before}${quoted}\n\n`);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.scrollIntoView({ block: "center" });
}
