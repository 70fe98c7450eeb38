/** The lines that an address chooses: `#L5` or `#L5-L12`. `anchor` is the one that was chosen first. */
export function chosenLines(
  hash: string,
): { readonly from: number; readonly to: number; readonly anchor: number } | undefined {
  const [, first, last] = /^#L([1-9]\d{0,6})(?:-L?([1-9]\d{0,6}))?$/.exec(hash) ?? [];
  if (first === undefined) return undefined;
  const ends = [Number(first), Number(last ?? first)].toSorted((a, b) => a - b);
  return { from: ends[0] ?? 1, to: Math.min(ends[1] ?? 1, (ends[0] ?? 1) + 20_000), anchor: Number(first) };
}

export const linesHash = (from: number, to: number): string =>
  from === to ? `#L${from}` : `#L${from}-L${to}`;
