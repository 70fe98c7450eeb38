/**
 * How well a text is found by what was typed: 0 not at all, higher is better. Every word typed must be found, in any order; a
 * word's start counts most, then any place, then its letters in order.
 */
export function matchScore(typed: string, title: string, words = ""): number {
  const needles = fold(typed).split(/\s+/).filter(Boolean);
  if (needles.length === 0) return 1;
  const hay = fold(title);
  const more = fold(words);
  let score = 0;
  for (const needle of needles) {
    const found = Math.max(scoreWord(needle, hay), scoreWord(needle, more) / 2);
    if (found === 0) return 0;
    score += found;
  }
  return score + (hay.startsWith(needles[0] ?? "") ? 4 : 0) + 1 / (1 + hay.length);
}

const fold = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

function scoreWord(needle: string, hay: string): number {
  const at = hay.indexOf(needle);
  if (at >= 0) return isStart(hay, at) ? 8 : hasStart(hay, needle) ? 8 : 4;
  return needle.length >= 2 && isSubsequence(needle, hay) ? 1 : 0;
}

const isStart = (hay: string, at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(hay[at - 1] ?? "");

function hasStart(hay: string, needle: string): boolean {
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + 1))
    if (isStart(hay, at)) return true;
  return false;
}

function isSubsequence(needle: string, hay: string): boolean {
  let at = 0;
  for (const letter of hay) if (letter === needle[at]) at++;
  return at === needle.length;
}
