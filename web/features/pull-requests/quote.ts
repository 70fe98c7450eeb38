/** The id of the field at the end of the conversation. */
export const replyField = "reply";

/** Puts words as a quotation into a reply, that at the end of the conversation unless told, and the cursor behind them. */
export function quote(words: string, reply = replyField): void {
  const field = document.querySelector<HTMLTextAreaElement>(`#${reply} textarea`);
  if (!field) return;
  const quoted = words
    .trim()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
  const text = `${field.value.trim() === "" ? "" : `${field.value.trimEnd()}\n\n`}${quoted}\n\n`;
  // React keeps its own note of a field's value: it is told by the native setter and an event.
  const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set;
  setter?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  field.scrollIntoView({ block: "center" });
}
