/** What makes an element show a tooltip: one host listens for the whole page, so a tip costs two attributes. */
export interface Tip {
  readonly "data-tip": string;
  readonly "data-tip-keys"?: string;
}

/** Attributes of a tooltip: its words and the shortcut that does the same (`g i`, `mod+k`). */
export const tip = (text: string, keys?: string): Tip =>
  keys === undefined ? { "data-tip": text } : { "data-tip": text, "data-tip-keys": keys };
