/** A line as git sends it, its length before it (gitprotocol-common(5)); text of one byte a character. */
export const packet = (text: string) => (text.length + 4).toString(16).padStart(4, "0") + text;
