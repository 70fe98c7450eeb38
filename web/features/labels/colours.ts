/** Colours that stay apart from each other and read well as a label, as six hexadecimal digits. */
export const colours = [
  "d73a4a",
  "e5603b",
  "d98a00",
  "b8a400",
  "5f9e2f",
  "1a9c74",
  "0f8f9e",
  "0075ca",
  "5b5bd6",
  "8e4ec6",
  "c2419b",
  "8b8d98",
] as const;

/** Any of them but the one that stands. Only in answer to a press: pages are drawn the same on both sides. */
export function anotherColour(current: string): string {
  const others = colours.filter((colour) => colour !== current.toLowerCase());
  return others[Math.floor(Math.random() * others.length)] ?? colours[0];
}

/** The colour for the next label: the first that no label of the repository has. */
export function freeColour(taken: readonly string[]): string {
  const used = new Set(taken.map((colour) => colour.toLowerCase()));
  return colours.find((colour) => !used.has(colour)) ?? colours[7];
}
