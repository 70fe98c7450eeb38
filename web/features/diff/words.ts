import type { Range } from "./mark.ts";

/** Above this many token pairs two lines are compared by their ends only. */
const mostPairs = 20_000;
/** Lines that share less than this part of their text have nothing to do with each other. */
const leastShared = 0.3;

const words = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

/** Which stretches of two versions of a line differ, by words. Undefined when the lines are unlike. */
export function changedWords(
  before: string,
  after: string,
): { readonly before: readonly Range[]; readonly after: readonly Range[] } | undefined {
  if (before === after) return { before: [], after: [] };
  const left = before.match(words) ?? [];
  const right = after.match(words) ?? [];
  let head = 0;
  while (head < left.length && head < right.length && left[head] === right[head]) head++;
  let tail = 0;
  while (
    tail < left.length - head &&
    tail < right.length - head &&
    left[left.length - 1 - tail] === right[right.length - 1 - tail]
  )
    tail++;
  const kept = common(left.slice(head, left.length - tail), right.slice(head, right.length - tail));
  const keptLeft = new Set(kept.map(([one]) => one + head));
  const keptRight = new Set(kept.map(([, other]) => other + head));
  const isKept = (tokens: readonly string[], set: ReadonlySet<number>, index: number) =>
    index < head || index >= tokens.length - tail || set.has(index);
  const shared = left
    .filter((token, index) => isKept(left, keptLeft, index) && token.trim() !== "")
    .reduce((sum, token) => sum + token.length, 0);
  const size = Math.max(before.replaceAll(/\s/g, "").length, after.replaceAll(/\s/g, "").length, 1);
  if (shared / size < leastShared) return undefined;
  return {
    before: stretches(left, (index) => isKept(left, keptLeft, index)),
    after: stretches(right, (index) => isKept(right, keptRight, index)),
  };
}

/** Pairs of indices of a longest common subsequence. */
function common(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const [rows, columns] = [left.length, right.length];
  if (rows === 0 || columns === 0 || rows * columns > mostPairs) return [];
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        left[row] === right[column]
          ? (lengths[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(lengths[(row + 1) * width + column] ?? 0, lengths[row * width + column + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (left[row] === right[column]) pairs.push([row++, column++]);
    else if ((lengths[(row + 1) * width + column] ?? 0) >= (lengths[row * width + column + 1] ?? 0)) row++;
    else column++;
  }
  return pairs;
}

/** The stretches of text whose tokens are not kept; white space between two of them belongs to both. */
function stretches(tokens: readonly string[], kept: (index: number) => boolean): readonly Range[] {
  const ranges: [number, number][] = [];
  let at = 0;
  tokens.forEach((token, index) => {
    const end = at + token.length;
    const last = ranges.at(-1);
    if (!kept(index)) {
      if (last && last[1] === at) last[1] = end;
      else ranges.push([at, end]);
    } else if (
      token.trim() === "" &&
      last &&
      last[1] === at &&
      index + 1 < tokens.length &&
      !kept(index + 1)
    ) {
      last[1] = end;
    }
    at = end;
  });
  return ranges;
}
